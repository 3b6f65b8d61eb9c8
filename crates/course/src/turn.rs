//! The commands that turn to a task or away from it: `next`, `reset`, `solution`.

use std::fs;

use anyhow::{Result, anyhow, bail};
use checks::Lang;

use crate::cli::Which;
use crate::exit::Exit;
use crate::map::Map;
use crate::marked::Marked;
use crate::place::Course;
use crate::screen::Screen;
use crate::text::{error, turn as text};
use crate::{home, keep, progress, sync};

/// `next`: turns to the next open task and shows where that is.
///
/// # Errors
/// When the course or progress cannot be read or written.
pub fn next(course: &Course, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let known = progress::load(course)?;
    let here = map.at(&known).or(map.tasks().next());
    let Some(target) = map.open_after(here, &known) else {
        let left = here.filter(|place| !place.status(&known).is_done());
        screen.say(&left.map_or_else(text::all_done, |place| text::only_this(place.words())))?;
        return Ok(Exit::Passed);
    };
    if let Some(here) = here.filter(|place| !place.status(&known).is_done()) {
        screen.say(&text::leaving(here.words()))?;
    }
    progress::update(course, |progress| progress.at = Some(target.id()))?;
    home::run(course, screen)
}

/// `reset`: puts the stub back and keeps a copy of what stood there.
///
/// # Errors
/// When `which` names nothing that there is, or a file cannot be read or written. The learner's
/// file is only replaced after its copy is complete.
pub fn reset(course: &Course, which: &Which, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let place = map.one(which, &progress::load(course)?)?;
    let file = course.relative(&place.file);
    if place.is_untouched() {
        screen.say(&text::already_a_stub(file))?;
        return Ok(Exit::Passed);
    }
    let stub = sync::stub_of(course, &place.folder, place.task.name)?;
    if place.file.try_exists()? {
        let copy = keep::copy(course, place.task.number, place.task.name, &place.file)?;
        screen.say(&text::kept(course.relative(&copy)))?;
    }
    fs::write(&place.file, stub).map_err(|why| anyhow!(error::cannot_write(&file, why)))?;
    progress::update(course, |progress| progress.forget(place.task))?;
    screen.say(&text::stub_again(file))?;
    Ok(Exit::Passed)
}

/// `solution`: shows ours, once the learner's own has passed or with `anyway`. Only the program
/// goes to standard output, so that it can be sent to a file.
///
/// # Errors
/// When `which` names nothing that there is, or our solution cannot be read.
pub fn solution(course: &Course, which: &Which, anyway: bool, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let known = progress::load(course)?;
    // Without a name: the task that passed last, which is what one wants to compare.
    let at = map.at(&known).filter(|_| which.number.is_none());
    let place = at.map_or_else(|| map.one(which, &known), Ok)?;
    if !anyway && !known.ever_passed(place.task) {
        screen.error(&text::not_passed_yet(place.words()));
        return Ok(Exit::Failed);
    }
    let solution = course.root().join("solutions").join(&place.folder.name);
    let path = solution.join("src").join("bin").join(format!("{}.rs", place.task.name));
    let name = course.relative(&path);
    let source = fs::read_to_string(&path).map_err(|why| anyhow!(error::cannot_read(&name, why)))?;
    let marked = match Marked::parse(&source) {
        Ok(marked) => marked,
        Err(problem) => bail!("{name}:{}: {}", problem.line, crate::text::sync::mistake(&problem.mistake)),
    };
    screen.text(&marked.shown(Lang::current()))?;
    if screen.is_terminal() {
        let yours = course.relative(&place.file);
        screen.error(&format!("\n{}", screen.faint(&text::compare(name, yours))));
    }
    Ok(Exit::Passed)
}
