//! Exercise 03, stream sockets.

pub(super) mod echo;
