//! Lesson 21 · The comparison, measured · So sánh, đo thật
//!
//! The same frames over every transport of the course, each frame acknowledged by a server that has read every byte of it.
//!
//!     cargo run --release -p lesson21 -- measure            every transport, in two minutes, and a report
//!     cargo run --release -p lesson21 -- measure --peers    with FastAPI, grpcio, websockets, a Python socket beside them
//!     cargo run --release -p lesson21 -- measure --explain  one change at a time: what each choice costs
//!     cargo run --release -p lesson21 -- measure --help     everything else
//!
//! You should see which transport carries most frames, by how much, and which differences are noise.
//! Then, with 25 ms of work a frame, nearly all of the differences are gone.
//!
//! How a transport carries a frame stands in `transport/`, one small file each: read `tcp.rs` first.

mod choices;
mod claims;
mod drive;
mod frame;
mod memory;
mod serve;
mod subject;
mod text;
mod transport;

use std::process::ExitCode;

fn main() -> ExitCode {
    lab::run(&subject::program(), std::env::args_os().skip(1).collect())
}
