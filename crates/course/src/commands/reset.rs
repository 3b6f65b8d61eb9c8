//! `cargo course reset`: puts the stub back.

use std::fs;

use anyhow::{Result, anyhow};

use crate::arguments::{Exit, Which};
use crate::catalog::Catalog;
use crate::checkout::Course;
use crate::screen::Screen;
use crate::text::{error, task as text};
use crate::{backup, exercise, progress};

/// `reset`: puts the stub back and keeps a copy of what stood there.
///
/// # Errors
/// When `which` names nothing that there is, or a file cannot be read or written. The learner's
/// file is only replaced after its copy is complete.
pub fn run(course: &Course, which: &Which, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let exercise = catalog.one(which, &progress::load(course)?)?;
    let file = course.relative(&exercise.file);
    if exercise.is_untouched() {
        screen.prose(&text::already_a_stub(file))?;
        return Ok(Exit::Passed);
    }
    let stub = exercise::stub_of(course, &exercise.folder, exercise.task.name, course.stub_form())?;
    if exercise.file.try_exists()? {
        let copy = backup::copy(course, exercise.task.number, exercise.task.name, &exercise.file)?;
        screen.prose(&text::kept(course.relative(&copy)))?;
    }
    fs::write(&exercise.file, stub).map_err(|why| anyhow!(error::cannot_write(&file, why)))?;
    let had_passed = progress::update(course, |progress| {
        let had_passed = progress.ever_passed(exercise.task);
        progress.forget(exercise.task);
        had_passed
    })?;
    screen.prose(&text::stub_again(file))?;
    if had_passed {
        screen.prose(&text::not_started_again())?;
    }
    Ok(Exit::Passed)
}
