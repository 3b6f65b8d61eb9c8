//! Exercise 02, addresses.

pub(super) mod connect_any;
pub(super) mod first_free;
