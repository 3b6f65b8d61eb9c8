//! resolve
fn main() {}
