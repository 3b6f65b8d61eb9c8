//! Exercise 16: messages instead of bytes, and a room full of them.

pub mod echo;
pub mod room;
