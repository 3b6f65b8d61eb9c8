//! connect-any
fn main() {}
