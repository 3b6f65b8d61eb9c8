//! Lesson 08 · Datagram · Datagram
fn main() {}
