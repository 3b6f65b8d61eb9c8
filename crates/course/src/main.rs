//! `cargo course`: check, watch, hint, book, and the upkeep of the exercises.

use std::process::ExitCode;

fn main() -> ExitCode {
    course::run(std::env::args_os().skip(1))
}
