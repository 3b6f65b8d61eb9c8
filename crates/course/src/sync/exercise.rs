//! What an exercise must look like, made from its solution.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};

use super::Finding;
use crate::lints;
use crate::marked::Marked;
use crate::place::{Course, Numbered};
use crate::text::sync as text;

/// A file of an exercise, as its solution says it must be.
pub struct Wanted {
    /// Below the exercise's folder, with `/` between its parts.
    pub path: String,
    /// What it must hold. Line ends are LF.
    pub content: String,
    /// For a stub, the name of its task: a file that a learner writes in.
    pub task: Option<String>,
}

/// The folders of a solution that say nothing about the exercise.
const ONLY_OF_THE_SOLUTION: [&str; 3] = ["wrong", "right", "target"];

/// The list of hashes by which an untouched stub is known.
pub const STUBS: &str = "stubs.txt";

/// What the solutions of one exercise make.
pub struct Made {
    /// All its files, `stubs.txt` included, ordered by path.
    pub files: Vec<Wanted>,
    /// The solutions from which no stub can be made.
    pub problems: Vec<Finding>,
}

/// Makes exercise `folder` from its solution.
pub fn make(course: &Course, folder: &Numbered) -> Result<Made> {
    let solution = course.root().join("solutions").join(&folder.name);
    let (ours, theirs) = (format!("sol{:02}", folder.number), format!("ex{:02}", folder.number));
    let lints = lints::written_out(&lints::of_exercises(course.root())?);
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in files_below(&solution)? {
        let file = solution.join(&path);
        let source =
            fs::read_to_string(&file).with_context(|| text::cannot_copy(course.relative(&file)))?.replace("\r\n", "\n");
        let task = task_of(&path);
        let content = match task {
            None if path == "Cargo.toml" => source.replace(lints::INHERITED, &lints),
            None => source,
            Some(_) => match Marked::parse(&source) {
                Ok(marked) => marked.stub(),
                Err(problem) => {
                    let path = format!("{}:{}", course.relative(&file), problem.line);
                    problems.push(Finding { path, what: text::mistake(&problem.mistake) });
                    continue;
                }
            },
        };
        files.push(Wanted { path, content: content.replace(&ours, &theirs), task });
    }
    let hashes: String = files
        .iter()
        .filter_map(|file| Some((file.task.as_ref()?, checks::stub_hash(&file.content))))
        .map(|(task, hash)| format!("{task} {hash:016x}\n"))
        .collect();
    files.push(Wanted { path: STUBS.to_owned(), content: hashes, task: None });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Made { files, problems })
}

/// The stub of one task as its solution makes it today.
pub fn stub_of(course: &Course, folder: &Numbered, task: &str) -> Result<String> {
    make(course, folder)?
        .files
        .into_iter()
        .find(|file| file.task.as_deref() == Some(task))
        .map(|file| file.content)
        .ok_or_else(|| anyhow!(text::no_solution(format!("{:02} {task}", folder.number))))
}

/// The task whose program `path` is.
pub fn task_of(path: &str) -> Option<String> {
    let name = path.strip_prefix("src/bin/")?.strip_suffix(".rs")?;
    (!name.contains('/')).then(|| name.to_owned())
}

fn files_below(solution: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let folder = solution.join(&below);
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry?;
            let name = entry.file_name();
            let hidden = name.to_string_lossy().starts_with('.');
            let ours = below.as_os_str().is_empty() && ONLY_OF_THE_SOLUTION.iter().any(|folder| name == *folder);
            if hidden || ours {
                continue;
            }
            let path = below.join(&name);
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                found.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    Ok(found)
}
