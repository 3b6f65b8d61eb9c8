//! `cargo course book`: passed on to package `book`, so that this tool compiles no mdBook.

use std::ffi::OsString;
use std::process::Command;

use anyhow::{Result, anyhow, bail};
use narrate::Lang;

use crate::arguments::Exit;
use crate::build::{self, cargo};
use crate::checkout::Course;
use crate::screen::Screen;
use crate::text::check as text;

/// Builds the book where that is still to be done, and says so: the first time takes a while.
fn build(course: &Course, screen: &Screen) -> Result<()> {
    let mut told = false;
    let built = build::build(course.root(), &["--package", "book"], screen.style().colour, |busy| {
        if busy.starts_with("Compiling") && !told {
            screen.error(&text::building_the_book());
            told = true;
        }
        screen.status_line(&text::building(busy));
    })?;
    screen.status_line("");
    if !built.success {
        bail!(text::book_does_not_compile(format!("{}{}", built.errors(), built.complaint).trim_end()));
    }
    Ok(())
}

/// Runs the book with `arguments`, in the language that `--lang` named before `book`, if any.
///
/// # Errors
/// When cargo cannot be started, or the book not be built.
pub fn run(course: &Course, arguments: Vec<OsString>, lang: Option<Lang>, screen: &Screen) -> Result<Exit> {
    build(course, screen)?;
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
        Some(code) => Ok(u8::try_from(code).map_or(Exit::InternalError, Exit::Other)),
        // Ended by a signal, and not by Ctrl-C, which would have ended us as well: nothing was shown.
        None => Ok(Exit::InternalError),
    }
}
