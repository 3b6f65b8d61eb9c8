//! greet
fn main() {}
