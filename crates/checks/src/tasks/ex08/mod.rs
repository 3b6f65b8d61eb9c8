//! Exercise 08, datagrams.

pub(super) mod echo;
pub(super) mod resolve;
