//! Exercise 21, comparison.

pub(super) mod transport;
