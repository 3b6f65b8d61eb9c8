//! first-free
fn main() {}
