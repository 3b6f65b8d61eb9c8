//! What an exercise must look like, made from its solution.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use narrate::Lang;
use toml::{Table, Value};

use crate::amount::{self, Amount};
use crate::checkout::{Course, Numbered};
use crate::marked::{Form, Marked};
use crate::text::{error, sync as text};

/// A file of an exercise, as its solution says it must be.
pub struct Generated {
    /// Below the exercise's folder, with `/` between its parts.
    pub path: String,
    /// What it must hold as it is committed. Line ends are LF.
    pub content: String,
    /// For a file that a learner writes in, what it is besides.
    pub stub: Option<Stub>,
}

/// A file that a learner writes in.
pub struct Stub {
    /// The name of its task.
    pub task: String,
    vi: String,
    en: String,
}

impl Generated {
    /// The file in one language or both; anything but a stub has one form only.
    pub fn in_form(&self, form: Form) -> &str {
        match (&self.stub, form) {
            (Some(stub), Form::In(Lang::Vi)) => &stub.vi,
            (Some(stub), Form::In(Lang::En)) => &stub.en,
            _ => &self.content,
        }
    }
}

/// Something that is not as it should be, as a line to print.
pub struct Finding {
    /// Relative to the top of the course.
    pub path: String,
    /// What is wrong there, and what to do.
    pub what: String,
}

/// The folders of a solution that say nothing about the exercise.
const ONLY_OF_THE_SOLUTION: [&str; 4] = ["wrong", "right", "tests-data", "target"];
/// The one file below `tests/` that an exercise has too.
const JUDGED: &str = "tests/judged.rs";
/// Ends a line of the solution's manifest that only its own tests need.
const ONLY_FOR_TESTS: &str = "#~ tests";
/// What a stub may leave behind: its `todo!()` uses nothing of what it is given, and nothing calls
/// what is only called by the answer.
const ALLOWED: [&str; 5] = ["dead_code", "unreachable_code", "unused_imports", "unused_mut", "unused_variables"];

/// The list of hashes by which an untouched stub is known: one line `<task> <hash> <form>` for the
/// committed form, for each language, and for each former stub.
pub const STUBS: &str = "stubs.txt";

/// What the solutions of one exercise make.
pub struct GeneratedExercise {
    /// All its files, `stubs.txt` included, ordered by path.
    pub files: Vec<Generated>,
    /// The solutions from which no stub can be made, and headers that do not tell the truth.
    pub problems: Vec<Finding>,
}

/// Makes exercise `folder` from its solution.
///
/// # Errors
/// When a file cannot be read.
pub fn make(course: &Course, folder: &Numbered) -> Result<GeneratedExercise> {
    let solution = course.root().join("solutions").join(&folder.name);
    let (ours, theirs) = (format!("sol{:02}", folder.number), format!("ex{:02}", folder.number));
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in files_below(&solution)? {
        let file = solution.join(&path);
        let source = fs::read_to_string(&file)
            .with_context(|| text::cannot_copy(course.relative(&file)))?
            .replace("\r\n", "\n")
            .replace(&ours, &theirs);
        let (content, stub) = match task_of(&path) {
            None if path == "Cargo.toml" => (manifest(course, &source)?, None),
            None => (source, None),
            Some(task) => match Marked::parse(&source) {
                Ok(marked) => {
                    let content = marked.stub(Form::Bilingual);
                    let counted = Amount::of(&marked, &content);
                    if let Err(what) = amount::check_header(&content, &counted) {
                        problems.push(Finding { path: course.relative(&file), what });
                    }
                    let (vi, en) = (marked.stub(Form::In(Lang::Vi)), marked.stub(Form::In(Lang::En)));
                    (content, Some(Stub { task, vi, en }))
                }
                Err(problem) => {
                    let path = format!("{}:{}", course.relative(&file), problem.line);
                    problems.push(Finding { path, what: text::mistake(&problem.mistake) });
                    continue;
                }
            },
        };
        files.push(Generated { path, content, stub });
    }
    let known = known_hashes(course, folder, &files);
    files.push(Generated { path: STUBS.to_owned(), content: known, stub: None });
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(GeneratedExercise { files, problems })
}

/// The content of `stubs.txt`: the hash of each stub in each form, then those of former stubs.
fn known_hashes(course: &Course, folder: &Numbered, files: &[Generated]) -> String {
    let former = former_list(course, folder);
    let mut list = String::new();
    for (file, stub) in files.iter().filter_map(|file| Some((file, file.stub.as_ref()?))) {
        let task = &stub.task;
        let now = [(&file.content, "vi+en"), (&stub.vi, "vi"), (&stub.en, "en")];
        let now = now.map(|(content, form)| (checks::stub_hash(content), form));
        let before: Vec<u64> =
            checks::recorded_hashes(&former, task).filter(|hash| now.iter().all(|(there, _)| there != hash)).collect();
        let lines = now.into_iter().chain(before.into_iter().map(|hash| (hash, "former")));
        list.extend(lines.map(|(hash, form)| format!("{task} {hash:016x} {form}\n")));
    }
    list
}

/// The list of hashes that was committed last: a stub that was never committed was never a learner's.
/// Without git, the list as it stands.
fn former_list(course: &Course, folder: &Numbered) -> String {
    let path = format!("exercises/{}/{STUBS}", folder.name);
    let mut git = Command::new("git");
    git.arg("-C").arg(course.root()).args(["show", &format!("HEAD:./{path}")]);
    match git.output() {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
        _ => fs::read_to_string(course.root().join(path)).unwrap_or_default(),
    }
}

/// The exercise's manifest: without what only the solution's tests need, and with lints that let a
/// stub be. A package cannot take the workspace's lints and change one, so they are written out.
fn manifest(course: &Course, source: &str) -> Result<String> {
    const INHERITED: &str = "[lints]\nworkspace = true\n";
    let source: String =
        source.lines().filter(|line| !line.ends_with(ONLY_FOR_TESTS)).flat_map(|line| [line, "\n"]).collect();
    if !source.contains(INHERITED) {
        return Ok(source);
    }
    let path = course.root().join("Cargo.toml");
    let root = fs::read_to_string(&path).map_err(|why| anyhow!(error::cannot_read(path.display(), why)))?;
    let root: Table = root.parse().with_context(|| path.display().to_string())?;
    let mut own = String::from("# As the workspace has them; and a stub may leave unused what only the answer uses.\n");
    for (tool, lints) in &lints(&root) {
        own += &format!("[lints.{tool}]\n");
        for (name, level) in lints.as_table().into_iter().flatten() {
            own += &format!("{name} = {level}\n");
        }
        own.push('\n');
    }
    Ok(source.replace(INHERITED, &format!("{}\n", own.trim_end())))
}

/// The lints of an exercise: those of the workspace whose manifest is `root`, and what stubs need.
pub fn lints(root: &Table) -> Table {
    let inherited = root.get("workspace").and_then(|workspace| workspace.get("lints")).and_then(Value::as_table);
    let mut lints = inherited.cloned().unwrap_or_default();
    let rust = lints.entry("rust").or_insert_with(|| Table::new().into());
    if let Some(rust) = rust.as_table_mut() {
        rust.extend(ALLOWED.map(|name| (name.to_owned(), Value::from("allow"))));
    }
    lints
}

/// The stub of one task in `form`, as its solution makes it today.
///
/// # Errors
/// When there is no such solution, or a file cannot be read.
pub fn stub_of(course: &Course, folder: &Numbered, task: &str, form: Form) -> Result<String> {
    make(course, folder)?
        .files
        .into_iter()
        .find(|file| file.stub.as_ref().is_some_and(|stub| stub.task == task))
        .map(|file| file.in_form(form).to_owned())
        .ok_or_else(|| anyhow!(text::no_solution(format!("{:02} {task}", folder.number))))
}

/// The task whose program `path` is.
pub fn task_of(path: &str) -> Option<String> {
    let name = path.strip_prefix("src/bin/")?.strip_suffix(".rs")?;
    (!name.contains('/')).then(|| name.to_owned())
}

/// The tasks that the solution crate at `solution` solves, in order.
///
/// # Errors
/// When its folder cannot be read.
pub fn tasks(solution: &Path) -> Result<Vec<String>> {
    Ok(files_below(solution)?.iter().filter_map(|path| task_of(path)).collect())
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
    found.retain(|path| !path.starts_with("tests/") || path == JUDGED);
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stub_of_the_course_in_one_language_is_known_and_speaks_no_other() {
        let course = Course::above(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        for folder in course.numbered("solutions").unwrap() {
            let made = make(&course, &folder).unwrap().files;
            let list = made.iter().find(|file| file.path == STUBS).unwrap().content.clone();
            for file in &made {
                let Some(stub) = &file.stub else { continue };
                for form in [Form::Bilingual, Form::In(Lang::Vi), Form::In(Lang::En)] {
                    let hash = checks::stub_hash(file.in_form(form));
                    assert!(checks::recorded_hashes(&list, &stub.task).any(|known| known == hash), "{}", file.path);
                }
                // String literals may name a Vietnamese, `"Nguyễn Thị Ánh"`; comments may in quotes.
                let mut comments = stub.en.lines().filter(|line| line.trim_start().starts_with("//"));
                let foreign = comments.find(|line| crate::marked::is_vietnamese(line));
                assert_eq!(foreign, None, "exercises/{}/{} in English", folder.name, file.path);
            }
        }
    }
}
