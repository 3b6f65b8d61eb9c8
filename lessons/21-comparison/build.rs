//! Compiles `proto/lab.proto`: protox reads it (no `protoc` on the machine), tonic writes the Rust.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let described = protox::compile(["proto/lab.proto"], ["proto"])?;
    // `bytes` fields become `Bytes`: the payload is then a part of what was received, not a copy of it.
    tonic_prost_build::configure().bytes(".").compile_fds(described)?;
    Ok(())
}
