//! Exercise 14: asynchronous tasks.

pub(super) mod chat;
pub(super) mod drain;
