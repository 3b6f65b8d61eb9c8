//! Writes one exercise, and never over what a learner wrote.

use std::fs;
use std::path::Path;

use anyhow::{Result, anyhow};

use super::{read, recorded, recorded_list, strangers};
use crate::backup;
use crate::checkout::{Course, Numbered};
use crate::exercise::{Finding, Generated};
use crate::text::{error, sync as text};

/// What came of writing one exercise.
#[derive(Default)]
pub struct Written {
    /// One line for each file that changed.
    pub lines: Vec<String>,
    /// How many files changed.
    pub written: usize,
    /// What was left as it is, and why.
    pub findings: Vec<Finding>,
}

/// Brings exercise `folder` in step with its solution. A stub is replaced when it is untouched;
/// one that somebody has edited only with `force`, and then a copy is kept.
pub fn exercise(course: &Course, folder: &Numbered, files: &[Generated], force: bool) -> Result<Written> {
    let target = course.root().join("exercises").join(&folder.name);
    let stubs = recorded_list(&target)?;
    let mut done = Written::default();
    for file in files {
        let path = target.join(&file.path);
        let there = read(&path)?;
        if there.as_deref() == Some(&file.content) {
            continue;
        }
        if let (Some(task), Some(there)) = (&file.task, &there)
            && recorded(stubs.as_deref(), task) != Some(checks::stub_hash(there))
        {
            if !force {
                let what = text::edited(format!("{:02} {task}", folder.number));
                done.findings.push(Finding { path: course.relative(&path), what });
                continue;
            }
            let copy = backup::copy(course, folder.number, task, &path)?;
            done.lines.push(text::kept(course.relative(&path), course.relative(&copy)));
        }
        write(&path, &file.content)?;
        done.lines.push(course.relative(&path));
        done.written += 1;
    }
    for path in strangers(course, &folder.name)? {
        remove_stranger(course, &target.join(path), stubs.as_deref(), &mut done)?;
    }
    Ok(done)
}

/// Removes a stub whose solution is gone, unless somebody has written in it.
fn remove_stranger(course: &Course, path: &Path, stubs: Option<&str>, done: &mut Written) -> Result<()> {
    let task = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let there = read(path)?.unwrap_or_default();
    if recorded(stubs, &task) == Some(checks::stub_hash(&there)) {
        fs::remove_file(path).map_err(|e| anyhow!(error::cannot_write(path.display(), e)))?;
        done.lines.push(text::removed(course.relative(path)));
        done.written += 1;
    } else {
        done.findings.push(Finding { path: course.relative(path), what: text::no_source() });
    }
    Ok(())
}

fn write(path: &Path, content: &str) -> Result<()> {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    parent.and_then(|()| fs::write(path, content)).map_err(|e| anyhow!(error::cannot_write(path.display(), e)))
}
