//! Exercise 21, comparison.

pub(super) mod predict;
pub(super) mod transport;
