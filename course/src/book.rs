//! `cargo course book`: passed on to package `book`, so that this tool compiles no mdBook.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, anyhow};
use narrate::Lang;

use crate::build::cargo;
use crate::exit::Exit;
use crate::place::Course;
use crate::text::check as text;

/// Runs the book with `arguments`, in the language that `--lang` named before `book`, if any.
///
/// # Errors
/// When cargo cannot be started.
pub fn run(course: &Course, arguments: Vec<OsString>, lang: Option<Lang>) -> Result<Exit> {
    let mut command = Command::new(cargo());
    command.args(["run", "--quiet", "--package", "book"]);
    command.arg("--manifest-path").arg(course.root().join("Cargo.toml"));
    command.arg("--").args(arguments);
    if let Some(lang) = lang {
        command.env("COURSE_LANG", lang.code());
    }
    let status = command.status().map_err(|why| anyhow!(text::no_cargo(why)))?;
    match status.code() {
        Some(0) => Ok(Exit::Passed),
        Some(code) => Ok(u8::try_from(code).map_or(Exit::Trouble, Exit::Other)),
        // Ended by a signal: Ctrl-C is how one leaves the book.
        None => Ok(Exit::Passed),
    }
}
