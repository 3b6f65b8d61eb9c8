//! The real path between two network namespaces.

fn main() {}
