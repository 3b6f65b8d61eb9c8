//! `cargo course dev sync`: writes the exercises from the solutions, or says which are stale.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use narrate::Lang;

use crate::arguments::{Exit, SyncOptions as Options};
use crate::backup;
use crate::checkout::{Course, Numbered};
use crate::exercise::{Finding, Generated, STUBS, make, task_of};
use crate::marked::Form;
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
    let (mut written, mut translated) = (0, 0);
    for folder in &folders {
        let made = make(course, folder)?;
        if options.check {
            translated += compare(course, folder, &made.files, &mut findings)?;
        } else {
            let done = write(course, folder, &made.files, options.force)?;
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
    if translated > 0 {
        screen.prose(&text::in_one_language(translated))?;
    }
    screen.line(&if options.check { text::in_step(folders.len()) } else { text::written(written) })?;
    Ok(Exit::Passed)
}

/// Names the files that a `dev sync` would change. Returns how many stubs stand in the one language
/// that this checkout has chosen: these are in step, though not as they are committed.
fn compare(course: &Course, folder: &Numbered, files: &[Generated], findings: &mut Vec<Finding>) -> Result<usize> {
    let target = course.root().join("exercises").join(&folder.name);
    let form = course.stub_form();
    let mut translated = 0;
    for file in files {
        let path = target.join(&file.path);
        let there = read(&path)?;
        let is = |form| there.as_deref() == Some(file.in_form(form));
        let what = match &there {
            Some(_) if is(Form::Bilingual) => continue,
            Some(_) if is(form) => {
                translated += 1;
                continue;
            }
            None => text::missing(),
            Some(_) if Lang::ALL.into_iter().any(|lang| is(Form::In(lang))) => text::other_form(),
            Some(_) => text::differs(),
        };
        findings.push(Finding { path: course.relative(&path), what });
    }
    for path in unknown_programs(course, &folder.name)? {
        findings.push(Finding { path: course.relative(&target.join(&path)), what: text::no_source() });
    }
    Ok(translated)
}

/// Programs in exercise `name` that no solution stands behind.
fn unknown_programs(course: &Course, name: &str) -> Result<Vec<String>> {
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

/// What came of writing one exercise.
#[derive(Default)]
struct Written {
    /// One line for each file that changed.
    lines: Vec<String>,
    /// How many files changed.
    written: usize,
    /// What was left as it is, and why.
    findings: Vec<Finding>,
}

/// Brings exercise `folder` in step with its solution. A stub is replaced when it is untouched, and
/// stands then in the form that this checkout has chosen; one that was edited only with `force`,
/// and then a copy is kept.
fn write(course: &Course, folder: &Numbered, files: &[Generated], force: bool) -> Result<Written> {
    let target = course.root().join("exercises").join(&folder.name);
    let stubs = read(&target.join(STUBS))?.unwrap_or_default();
    let mut done = Written::default();
    for file in files {
        let path = target.join(&file.path);
        let there = read(&path)?;
        let wanted = file.in_form(course.stub_form());
        if there.as_deref() == Some(wanted) {
            continue;
        }
        if let (Some(stub), Some(there)) = (&file.stub, &there)
            && !is_recorded(&stubs, &stub.task, there)
        {
            if !force {
                let what = text::edited(format!("{:02} {}", folder.number, stub.task));
                done.findings.push(Finding { path: course.relative(&path), what });
                continue;
            }
            let copy = backup::copy(course, folder.number, &stub.task, &path)?;
            done.lines.push(text::kept(course.relative(&path), course.relative(&copy)));
        }
        put(&path, wanted)?;
        done.lines.push(course.relative(&path));
        done.written += 1;
    }
    for path in unknown_programs(course, &folder.name)? {
        remove_unknown(course, &target.join(path), &stubs, &mut done)?;
    }
    Ok(done)
}

/// Brings the untouched stubs of all exercises into `form`; returns how many have changed.
///
/// # Errors
/// When a file cannot be read or written.
pub fn translate(course: &Course, form: Form) -> Result<usize> {
    let mut count = 0;
    for folder in course.numbered("solutions")? {
        let target = course.root().join("exercises").join(&folder.name);
        let stubs = read(&target.join(STUBS))?.unwrap_or_default();
        for file in make(course, &folder)?.files {
            let Some(stub) = &file.stub else { continue };
            let path = target.join(&file.path);
            let (there, wanted) = (read(&path)?.unwrap_or_default(), file.in_form(form));
            // What the list does not know would count as edited: it is of another version of the course.
            let known = is_recorded(&stubs, &stub.task, &there) && is_recorded(&stubs, &stub.task, wanted);
            if known && there != wanted {
                put(&path, wanted)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Is `content` a stub of `task` that the list `stubs` knows?
fn is_recorded(stubs: &str, task: &str, content: &str) -> bool {
    checks::recorded_hashes(stubs, task).any(|hash| hash == checks::stub_hash(content))
}

/// Removes a stub whose solution is gone, unless somebody has written in it.
fn remove_unknown(course: &Course, path: &Path, stubs: &str, done: &mut Written) -> Result<()> {
    let task = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let there = read(path)?.unwrap_or_default();
    if is_recorded(stubs, &task, &there) {
        fs::remove_file(path).map_err(|e| anyhow!(error::cannot_write(path.display(), e)))?;
        done.lines.push(text::removed(course.relative(path)));
        done.written += 1;
    } else {
        done.findings.push(Finding { path: course.relative(path), what: text::no_source() });
    }
    Ok(())
}

fn put(path: &Path, content: &str) -> Result<()> {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    parent.and_then(|()| fs::write(path, content)).map_err(|e| anyhow!(error::cannot_write(path.display(), e)))
}
