//! Exercise 01, two processes.

pub(super) mod greet;
pub(super) mod who_are_you;
