//! What is still to be written in a lesson.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::curriculum_row;
use crate::checkout::{Course, Numbered};
use crate::dev::verify::{CHECKS, RIGHT, WRONG};
use crate::text::new as text;
use crate::{exercise, patch};

/// What is still to be written carries this word.
const OPEN: &str = "TODO";

/// Everything that is still to be written, one line each.
pub fn still_open(course: &Course, folder: &Numbered) -> Result<Vec<String>> {
    let name = &folder.name;
    let number = format!("{:02}", folder.number);
    let mut open = Vec::new();
    let folders = [
        format!("lessons/{name}"),
        format!("solutions/{name}"),
        format!("crates/checks/src/tasks/ex{number}"),
        format!("book/vi/{name}.md"),
        format!("book/en/{name}.md"),
    ];
    for path in folders.iter().map(|path| course.root().join(path)) {
        for file in files(&path)? {
            let count = fs::read_to_string(&file).unwrap_or_default().matches(OPEN).count();
            if count > 0 {
                open.push(text::marked(course.relative(&file), OPEN, count));
            }
        }
    }
    let row = curriculum_row(course, folder)?.map(|row| row.to_string().matches(OPEN).count()).unwrap_or_default();
    if row > 0 {
        open.push(text::marked("book/lessons.toml", OPEN, row));
    }
    let there = |path: String| course.root().join(path).exists();
    if !there(format!("lessons/{name}/transcript.vi.txt")) || !there(format!("lessons/{name}/transcript.en.txt")) {
        open.push(text::no_transcripts(format!("COURSE_BLESS=1 cargo test -p lesson{number}")));
    }
    let solution = course.root().join("solutions").join(name);
    let tasks = if solution.is_dir() { exercise::tasks(&solution)? } else { Vec::new() };
    for task in &tasks {
        let variants = |kind| -> Result<usize> {
            let of_task = |path: &PathBuf| {
                let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                patch::owner(&stem, tasks.iter().map(String::as_str)).is_some_and(|(owner, _)| owner == task)
            };
            Ok(patch::files(&solution.join(kind))?.iter().filter(|path| of_task(path)).count())
        };
        let (checks, wrong, right) = (checks_of(course, folder.number, task), variants("wrong")?, variants("right")?);
        if checks < CHECKS || wrong < WRONG || right < RIGHT {
            let least = text::counts(CHECKS, WRONG, RIGHT);
            let verify = format!("cargo course dev verify {number} {task}");
            open.push(text::too_few(task, text::counts(checks, wrong, right), least, verify));
        }
        let directive = format!("{{{{#mistakes {number} {task}}}}}");
        for lang in ["vi", "en"] {
            let page = format!("book/{lang}/{name}.md");
            let source = fs::read_to_string(course.root().join(&page)).unwrap_or_default();
            if !source.is_empty() && !source.contains(&directive) {
                open.push(text::not_on_the_page(page, directive.clone()));
            }
        }
    }
    let stepped = |lang| {
        let page = course.root().join("book").join(lang).join(format!("{name}.md"));
        fs::read_to_string(page).unwrap_or_default().starts_with("<!-- in-step-with: ")
    };
    if !stepped("vi") || !stepped("en") {
        open.push(text::not_in_step(format!("cargo course book --bless {name}.md")));
    }
    for readme in ["README.md", "README.vi.md"] {
        let map = fs::read_to_string(course.root().join(readme)).unwrap_or_default();
        if !map.contains(&format!("lessons/{name}/")) {
            open.push(text::not_on_the_map(readme));
        }
    }
    Ok(open)
}

/// How many checks a task has. One that this tool was not built with was just laid out: its table is counted.
fn checks_of(course: &Course, number: u8, task: &str) -> usize {
    if let Some(task) = checks::task(number, task) {
        return task.checks.len();
    }
    let table = format!("crates/checks/src/tasks/ex{number:02}/{}/mod.rs", task.replace('-', "_"));
    let source = fs::read_to_string(course.root().join(table)).unwrap_or_default();
    let rows = source.lines().skip_while(|line| !line.starts_with("checks! {"));
    rows.filter(|line| line.starts_with("    ") && !line.starts_with("     ") && line.ends_with(") {")).count()
}

/// `path`, or the files below it.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(Vec::from_iter(path.is_file().then(|| path.to_owned())));
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| path.display().to_string())? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}
