//! `cargo course dev sync`: writes the exercises from the solutions, or says which are stale.

mod write;

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow, bail};

use crate::exercise::{Finding, Generated, STUBS, make, task_of};

use crate::arguments::{Exit, SyncOptions as Options};
use crate::checkout::{Course, Numbered};
use crate::screen::Screen;
use crate::text::{error, sync as text};

/// Runs `dev sync`.
///
/// # Errors
/// When the course cannot be read or written, or `options.number` has no solution.
pub fn run(course: &Course, options: Options, screen: &Screen) -> Result<Exit> {
    let mut folders = course.numbered("solutions")?;
    if let Some(number) = options.number {
        folders.retain(|folder| folder.number == number);
        if folders.is_empty() {
            bail!(text::no_solution(format!("{number:02}")));
        }
    }
    let mut findings = Vec::new();
    let mut written = 0;
    for folder in &folders {
        let made = make(course, folder)?;
        if options.check {
            compare(course, folder, &made.files, &mut findings)?;
        } else {
            let done = write::exercise(course, folder, &made.files, options.force)?;
            for line in &done.lines {
                screen.line(line)?;
            }
            written += done.written;
            findings.extend(done.findings);
        }
        findings.extend(made.problems);
    }
    if options.number.is_none() {
        orphans(course, &folders, &mut findings)?;
    }
    for Finding { path, what } in &findings {
        screen.error(&format!("{path}: {what}"));
    }
    if !findings.is_empty() {
        screen.error(&if options.check { text::stale(findings.len()) } else { text::left(findings.len()) });
        return Ok(Exit::Failed);
    }
    screen.line(&if options.check { text::in_step(folders.len()) } else { text::written(written) })?;
    Ok(Exit::Passed)
}

/// Names the files that a `dev sync` would change.
fn compare(course: &Course, folder: &Numbered, files: &[Generated], findings: &mut Vec<Finding>) -> Result<()> {
    let target = course.root().join("exercises").join(&folder.name);
    for file in files {
        let path = target.join(&file.path);
        match read(&path)? {
            None => findings.push(Finding { path: course.relative(&path), what: text::missing() }),
            Some(there) if there != file.content => {
                findings.push(Finding { path: course.relative(&path), what: text::differs() });
            }
            Some(_) => {}
        }
    }
    for path in strangers(course, &folder.name)? {
        findings.push(Finding { path: course.relative(&target.join(&path)), what: text::no_source() });
    }
    Ok(())
}

/// Programs in exercise `name` that no solution stands behind.
fn strangers(course: &Course, name: &str) -> Result<Vec<String>> {
    let part = |part: &str| course.root().join(part).join(name);
    let (solution, folder) = (part("solutions"), part("exercises").join("src/bin"));
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|e| anyhow!(error::cannot_read(folder.display(), e)))? {
        let path = format!("src/bin/{}", entry?.file_name().to_string_lossy());
        if task_of(&path).is_some() && !solution.join(&path).is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Names the exercises that no solution stands behind.
fn orphans(course: &Course, solutions: &[Numbered], findings: &mut Vec<Finding>) -> Result<()> {
    for folder in course.numbered("exercises")? {
        if !solutions.contains(&folder) {
            findings.push(Finding { path: format!("exercises/{}", folder.name), what: text::no_source() });
        }
    }
    Ok(())
}

/// A file with line ends folded to LF; `None` when there is none.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(anyhow!(error::cannot_read(path.display(), error))),
    }
}

/// The hash that `stubs.txt` records for a task.
fn recorded(stubs: Option<&str>, task: &str) -> Option<u64> {
    checks::recorded_hash(stubs?, task)
}

/// What `stubs.txt` of an exercise says now.
fn recorded_list(target: &Path) -> Result<Option<String>> {
    read(&target.join(STUBS))
}
