//! `cargo course next`: turns to the next open task.

use anyhow::Result;

use super::status;
use crate::arguments::Exit;
use crate::catalog::Catalog;
use crate::checkout::Course;
use crate::progress;
use crate::screen::Screen;
use crate::text::task as text;

/// `next`: turns to the next open task and shows where that is.
///
/// # Errors
/// When the course or progress cannot be read or written.
pub fn run(course: &Course, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let known = progress::load(course)?;
    let here = catalog.at(&known).or(catalog.tasks().next());
    let Some(target) = catalog.open_after(here, &known) else {
        let left = here.filter(|exercise| !exercise.status(&known).is_done());
        screen.prose(&left.map_or_else(text::all_done, |exercise| text::only_this(exercise.words())))?;
        return Ok(Exit::Passed);
    };
    if let Some(here) = here.filter(|exercise| !exercise.status(&known).is_done()) {
        screen.prose(&text::leaving(here.words()))?;
    }
    progress::update(course, |progress| progress.at = Some(target.id()))?;
    status::run(course, screen)
}
