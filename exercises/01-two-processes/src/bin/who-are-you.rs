//! who-are-you
fn main() {}
