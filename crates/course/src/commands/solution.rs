//! `cargo course solution`: shows the course's own solution.

use std::fs;

use anyhow::{Result, anyhow, bail};
use checks::Lang;

use crate::arguments::{Exit, Which};
use crate::catalog::Catalog;
use crate::checkout::Course;
use crate::marked::Marked;
use crate::progress;
use crate::screen::Screen;
use crate::text::{error, task as text};

/// `solution`: shows ours, once the learner's own has passed or with `anyway`. Only the program
/// goes to standard output, so that it can be sent to a file.
///
/// # Errors
/// When `which` names nothing that there is, or our solution cannot be read.
pub fn run(course: &Course, which: &Which, anyway: bool, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let known = progress::load(course)?;
    // Without a name: the task that passed last, which is what one wants to compare.
    let at = catalog.at(&known).filter(|_| which.number.is_none());
    let exercise = at.map_or_else(|| catalog.one(which, &known), Ok)?;
    if !anyway && !known.ever_passed(exercise.task) {
        screen.error(&text::not_passed_yet(exercise.words()));
        return Ok(Exit::Failed);
    }
    let solution = course.root().join("solutions").join(&exercise.folder.name);
    let path = solution.join("src").join("bin").join(format!("{}.rs", exercise.task.name));
    let name = course.relative(&path);
    let source = fs::read_to_string(&path).map_err(|why| anyhow!(error::cannot_read(&name, why)))?;
    let marked = match Marked::parse(&source) {
        Ok(marked) => marked,
        Err(problem) => bail!("{name}:{}: {}", problem.line, crate::text::sync::mistake(&problem.mistake)),
    };
    screen.text(&marked.shown(Lang::current()))?;
    if screen.is_terminal() {
        let yours = course.relative(&exercise.file);
        screen.error(&format!("\n{}", screen.faint(&text::compare(name, yours))));
    }
    Ok(Exit::Passed)
}
