//! `cargo course` and `cargo course list`: where you are, what is next, how far.

use std::fmt::Write as _;

use anyhow::Result;

use super::check;
use crate::arguments::Exit;
use crate::catalog::{Catalog, Exercise, Status};
use crate::checkout::Course;
use crate::progress::{self, Progress};
use crate::screen::Screen;
use crate::text::status as text;

/// The home screen.
///
/// # Errors
/// When the course or the progress file cannot be read.
pub fn run(course: &Course, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let progress = progress::load(course)?;
    let here = catalog.current(&progress)?;
    let mut page = String::new();
    let _ = writeln!(page, "{}", check::heading(here, catalog.title_of(here), screen));
    for (what, how) in steps(course, here, &progress) {
        let _ = writeln!(page, "  {what:<26}{how}");
    }
    let _ = write!(page, "\n{}", bar(&catalog, &progress, screen));
    let again: Vec<String> = catalog
        .tasks()
        .filter(|exercise| exercise.status(&progress) == Status::CheckAgain)
        .map(Exercise::words)
        .collect();
    if !again.is_empty() {
        let _ = writeln!(page, "{}", screen.yellow(&text::check_again(again.join(", "))));
    }
    let _ = writeln!(page, "\n{}", screen.faint(&text::more()));
    screen.text(&page)?;
    Ok(Exit::Passed)
}

/// What to do with the task at `here`, in this order.
fn steps(course: &Course, here: &Exercise, progress: &Progress) -> Vec<(String, String)> {
    let number = format!("{:02}", here.task.number);
    let file = course.relative(&here.file);
    let read = (text::read(), format!("cargo course book {number}"));
    let run = (text::run(), format!("cargo run -p lesson{number}"));
    let write = (text::write(), file);
    let watch = (text::watch(), "cargo course watch".to_owned());
    let check = (text::check(), "cargo course check".to_owned());
    let hint = (text::hint(), "cargo course hint".to_owned());
    match here.status(progress) {
        Status::NotStarted => vec![read, run, write, watch],
        Status::Started => vec![write, check, watch, hint],
        Status::Failing { passed, of } => {
            vec![(text::status(), status(Status::Failing { passed, of })), write, check, watch, hint]
        }
        Status::CheckAgain => vec![(text::status(), text::changed()), check],
        Status::Passed => vec![(text::status(), text::all_done()), read],
    }
}

/// `■■■■□□□□  3 / 8`
fn bar(catalog: &Catalog, progress: &Progress, screen: &Screen) -> String {
    let marks: String = catalog
        .lessons
        .iter()
        .map(|lesson| {
            let marks = lesson.tasks.iter().map(|exercise| match exercise.status(progress) {
                Status::Passed => screen.green("■"),
                Status::NotStarted => screen.faint("□"),
                Status::Started | Status::Failing { .. } | Status::CheckAgain => screen.yellow("◧"),
            });
            format!("{} ", marks.collect::<String>())
        })
        .collect();
    let done = catalog.tasks().filter(|exercise| exercise.status(progress).is_done()).count();
    format!("{marks} {}\n", how_far(done, catalog.tasks().count()))
}

/// `cargo course list`: every lesson and task, and how it stands.
///
/// # Errors
/// As [`run`].
pub fn list(course: &Course, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let progress = progress::load(course)?;
    let here = catalog.current(&progress)?;
    let names = catalog.tasks().map(|exercise| exercise.task.name.len()).max().unwrap_or_default();
    let mut page = String::new();
    for lesson in &catalog.lessons {
        let title = screen.bold(&format!("{:02}  {}", lesson.folder.number, lesson.title()));
        let _ = writeln!(page, "\n{title}");
        for exercise in &lesson.tasks {
            let mark = if exercise.is(here) { "▸" } else { " " };
            let name = format!("{:<names$}", exercise.task.name);
            let status = exercise.status(&progress);
            let told = match status {
                Status::Passed => screen.green(&format!("✓ {}", self::status(status))),
                Status::NotStarted => screen.faint(&format!("· {}", self::status(status))),
                Status::Failing { .. } => screen.red(&format!("✗ {}", self::status(status))),
                Status::Started | Status::CheckAgain => screen.yellow(&format!("○ {}", self::status(status))),
            };
            let _ =
                writeln!(page, "  {mark} {name}   {told}\n      {}", screen.faint(&exercise.task.title.to_string()));
        }
    }
    let _ = write!(page, "\n{}", bar(&catalog, &progress, screen));
    screen.text(&page)?;
    Ok(Exit::Passed)
}

/// So many tasks of so many.
pub fn how_far(done: usize, all: usize) -> String {
    text::how_far(done, all)
}

/// How a task stands, in words.
pub fn status(status: Status) -> String {
    match status {
        Status::NotStarted => text::not_started(),
        Status::Started => text::started(),
        Status::Failing { passed, of } => text::failing(passed, of),
        Status::Passed => text::passed(),
        Status::CheckAgain => text::again(),
    }
}
