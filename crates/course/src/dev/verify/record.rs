//! The record of what was verified twenty times: a task's fingerprint, in `solutions/verified.txt`.
//!
//! A verdict depends on the program, on the checks of its task and on the toolkit. A task whose fingerprint stands
//! in the record has been proven with just these sources, so one run of each program is enough to see that this
//! machine agrees. Any other task was touched, and is judged as often as a new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use checks::{Task, stub_hash};

use crate::catalog::Exercise;
use crate::checkout::Course;
use crate::patch;

/// How often every program must have been judged rightly before its task is recorded.
pub const PROOF: u32 = 20;

const FILE: &str = "solutions/verified.txt";
const HEADER: &str = "# Written by `cargo course dev verify --repeat 20 --record`: the tasks whose programs were all judged \
                      rightly,\n# twenty times out of twenty, with the sources of this fingerprint.\n";

/// The fingerprints of the record, by the task's number and name.
pub struct Record(BTreeMap<(u8, String), String>);

impl Record {
    /// Reads the record; an empty one when there is none.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn read(course: &Course) -> Result<Record> {
        let path = course.root().join(FILE);
        if !path.exists() {
            return Ok(Record(BTreeMap::new()));
        }
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let entries = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
            let mut words = line.split_whitespace();
            let (number, name, fingerprint) = (words.next()?.parse().ok()?, words.next()?, words.next()?);
            Some(((number, name.to_owned()), fingerprint.to_owned()))
        });
        Ok(Record(entries.collect()))
    }

    /// Whether `task` was proven with the sources of `fingerprint`.
    pub fn holds(&self, task: &Task, fingerprint: &str) -> bool {
        self.0.get(&(task.number, task.name.to_owned())).is_some_and(|recorded| recorded == fingerprint)
    }

    /// Notes that `task` was proven with the sources of `fingerprint`.
    pub fn add(&mut self, task: &Task, fingerprint: String) {
        self.0.insert((task.number, task.name.to_owned()), fingerprint);
    }

    /// Writes the record.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, course: &Course) -> Result<()> {
        let rows = self.0.iter().map(|((number, name), fingerprint)| format!("{number:02} {name} {fingerprint}\n"));
        let path = course.root().join(FILE);
        fs::write(&path, rows.fold(HEADER.to_owned(), |text, row| text + &row))
            .with_context(|| path.display().to_string())
    }
}

/// The fingerprint of everything in the checkout that a verdict on this task depends on: the solution, its patches,
/// its manifest, the checks of its exercise, and the toolkit.
///
/// # Errors
/// When a source cannot be read.
pub fn fingerprint(course: &Course, exercise: &Exercise) -> Result<String> {
    let (task, solution) = (exercise.task, course.root().join("solutions").join(&exercise.folder.name));
    let mut files = vec![solution.join("Cargo.toml"), solution.join("src/bin").join(format!("{}.rs", task.name))];
    for kind in ["right", "wrong"] {
        files.extend(patch::files(&solution.join(kind))?);
    }
    let checks = course.root().join("crates/checks/src");
    let tasks = checks.join("tasks");
    let own = tasks.join(format!("ex{:02}", task.number));
    let is_others = |path: &Path| path.starts_with(&tasks) && !path.starts_with(&own) && path.parent() != Some(&tasks);
    let mut found = Vec::new();
    rust_files(&checks, &mut found)?;
    files.extend(found.into_iter().filter(|path| !is_others(path)));
    let mut all = String::new();
    for path in files {
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        all.push_str(&format!("{}\n{text}\n", course.relative(&path).replace('\\', "/")));
    }
    Ok(format!("{:016x}", stub_hash(&all)))
}

/// The Rust files below `folder`, in an order that does not depend on the file system.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(()); // a checkout without the checks' sources: a test's
    }
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
