//! Exercise 11: Unix sockets.

pub(super) mod echo;
pub(super) mod journal;
