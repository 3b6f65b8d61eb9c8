//! length-prefix
fn main() {}
