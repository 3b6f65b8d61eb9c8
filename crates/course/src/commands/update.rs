//! `cargo course update`: `git pull`, with which stubs in one language would be in conflict.

use std::process::Command;

use anyhow::{Result, anyhow};

use crate::arguments::Exit;
use crate::checkout::Course;
use crate::dev::sync;
use crate::marked::Form;
use crate::screen::Screen;
use crate::text::task as text;

/// Puts untouched stubs back as they are committed, pulls, and lets them speak again as before.
///
/// # Errors
/// When git cannot be started, or a file not be read or written. When the pull fails, git has said
/// why; the stubs speak as before then, too.
pub fn run(course: &Course, screen: &Screen) -> Result<Exit> {
    let form = course.stub_form();
    sync::translate(course, Form::Bilingual)?;
    let pulled = Command::new("git").arg("-C").arg(course.root()).arg("pull").status();
    let translated = sync::translate(course, form);
    let pulled = pulled.map_err(|why| anyhow!(text::no_git(why)))?;
    translated?;
    if !pulled.success() {
        screen.error(&text::not_pulled());
        return Ok(Exit::InternalError);
    }
    screen.prose(&text::updated())?;
    Ok(Exit::Passed)
}
