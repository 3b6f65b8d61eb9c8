//! Exercise 02, addresses.

pub(super) mod first_free;
