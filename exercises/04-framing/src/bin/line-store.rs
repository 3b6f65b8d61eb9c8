//! line-store
fn main() {}
