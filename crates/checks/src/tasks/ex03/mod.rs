//! Exercise 03, stream sockets.

pub(super) mod echo;
pub(super) mod tally;
