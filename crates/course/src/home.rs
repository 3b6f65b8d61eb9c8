//! `cargo course` and `cargo course list`: where you are, what is next, how far.

use std::fmt::Write as _;

use anyhow::Result;

use crate::check;
use crate::exit::Exit;
use crate::map::{Map, Place, Status};
use crate::place::Course;
use crate::progress::{self, Progress};
use crate::screen::Screen;
use crate::text::home as text;

/// The home screen.
///
/// # Errors
/// When the course or the progress file cannot be read.
pub fn run(course: &Course, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let progress = progress::load(course)?;
    let here = map.current(&progress)?;
    let mut page = String::new();
    let _ = writeln!(page, "{}", check::heading(here, map.title_of(here), screen));
    for (what, how) in steps(course, here, &progress) {
        let _ = writeln!(page, "  {what:<26}{how}");
    }
    let _ = write!(page, "\n{}", bar(&map, &progress, screen));
    let again: Vec<String> =
        map.tasks().filter(|place| place.status(&progress) == Status::CheckAgain).map(Place::words).collect();
    if !again.is_empty() {
        let _ = writeln!(page, "{}", screen.open(&text::check_again(again.join(", "))));
    }
    let _ = writeln!(page, "\n{}", screen.faint(&text::more()));
    screen.text(&page)?;
    Ok(Exit::Passed)
}

/// What to do with the task at `here`, in this order.
fn steps(course: &Course, here: &Place, progress: &Progress) -> Vec<(String, String)> {
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
fn bar(map: &Map, progress: &Progress, screen: &Screen) -> String {
    let marks: String = map
        .lessons
        .iter()
        .map(|lesson| {
            let marks = lesson.tasks.iter().map(|place| match place.status(progress) {
                Status::Passed => screen.good("■"),
                Status::NotStarted => screen.faint("□"),
                Status::Started | Status::Failing { .. } | Status::CheckAgain => screen.open("◧"),
            });
            format!("{} ", marks.collect::<String>())
        })
        .collect();
    let done = map.tasks().filter(|place| place.status(progress).is_done()).count();
    format!("{marks} {}\n", how_far(done, map.tasks().count()))
}

/// `cargo course list`: every lesson and task, and how it stands.
///
/// # Errors
/// As [`run`].
pub fn list(course: &Course, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let progress = progress::load(course)?;
    let here = map.current(&progress)?;
    let names = map.tasks().map(|place| place.task.name.len()).max().unwrap_or_default();
    let mut page = String::new();
    for lesson in &map.lessons {
        let title = screen.bold(&format!("{:02}  {}", lesson.folder.number, lesson.title()));
        let _ = writeln!(page, "\n{title}");
        for place in &lesson.tasks {
            let mark = if place.is(here) { "▸" } else { " " };
            let name = format!("{:<names$}", place.task.name);
            let status = place.status(&progress);
            let told = match status {
                Status::Passed => screen.good(&format!("✓ {}", self::status(status))),
                Status::NotStarted => screen.faint(&format!("· {}", self::status(status))),
                Status::Failing { .. } => screen.bad(&format!("✗ {}", self::status(status))),
                Status::Started | Status::CheckAgain => screen.open(&format!("○ {}", self::status(status))),
            };
            let _ = writeln!(page, "  {mark} {name}   {told}\n      {}", screen.faint(&place.task.title.to_string()));
        }
    }
    let _ = write!(page, "\n{}", bar(&map, &progress, screen));
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
