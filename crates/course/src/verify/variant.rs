//! The variants of one task's program, and what the checks must say to each.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use checks::Task;

use super::patch::Patch;
use crate::marked::Marked;
use crate::text::verify as text;

/// What the checks must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Not started: nothing passes.
    NotStarted,
    /// Everything passes.
    Passed,
    /// The named check fails, with the named hint if there is one.
    Refused { by: String, hint: Option<String> },
}

/// One program to be judged.
#[derive(Debug)]
pub struct Variant {
    /// The task that it claims to solve.
    pub task: &'static Task,
    /// What kind it is, as the table shows it.
    pub kind: Kind,
    /// The name of its patch without the task; empty for stub and reference.
    pub name: String,
    /// What must come of it.
    pub expect: Expect,
    /// Its text, or why there is none.
    pub source: Result<String>,
}

/// The kinds of variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the learner starts from.
    Stub,
    /// Our solution.
    Reference,
    /// Another right one.
    Right,
    /// A deliberate mistake.
    Wrong,
}

impl Kind {
    /// As the folders and the table name it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Stub => "stub",
            Kind::Reference => "reference",
            Kind::Right => "right",
            Kind::Wrong => "wrong",
        }
    }
}

impl Variant {
    /// The name of its program in the scratch workspace, whose exercises share one target folder:
    /// the number keeps the `echo` of one exercise from being taken for that of another.
    pub fn program(&self) -> String {
        let number = format!("{:02}", self.task.number);
        let parts = [self.kind.word(), &number, self.task.name, &self.name];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }

    /// As a message names it: `03 echo · wrong reset-panics`.
    pub fn label(&self) -> String {
        let task = format!("{:02} {}", self.task.number, self.task.name);
        format!("{task} · {} {}", self.kind.word(), self.name).trim_end().to_owned()
    }
}

/// All variants of `task`, whose solution crate stands in `solution`.
///
/// # Errors
/// When the solution or the folders of patches cannot be read. A patch that is wrong in itself
/// becomes a variant without a source.
pub fn variants(task: &'static Task, solution: &Path) -> Result<Vec<Variant>> {
    let file = solution.join("src").join("bin").join(format!("{}.rs", task.name));
    let reference = fs::read_to_string(&file).with_context(|| file.display().to_string())?.replace("\r\n", "\n");
    let stub = Marked::parse(&reference).map(|marked| marked.stub()).map_err(|problem| {
        anyhow!("{}:{}: {}", file.display(), problem.line, crate::text::sync::mistake(&problem.mistake))
    });
    let plain = |kind, expect, source| Variant { task, kind, name: String::new(), expect, source };
    let mut found = vec![
        plain(Kind::Stub, Expect::NotStarted, stub),
        plain(Kind::Reference, Expect::Passed, Ok(reference.clone())),
    ];
    for kind in [Kind::Right, Kind::Wrong] {
        for path in patches(&solution.join(kind.word()))? {
            found.extend(patched(task, kind, &path, &reference)?);
        }
    }
    Ok(found)
}

/// The patches in `folder`, in order. A task without any has no such folder.
fn patches(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "patch") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The variant that the patch at `path` makes; `None` when it is about another task of the same
/// exercise.
fn patched(task: &'static Task, kind: Kind, path: &Path, reference: &str) -> Result<Option<Variant>> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let own_name = stem.strip_prefix(task.name).and_then(|rest| rest.strip_prefix('-'));
    let patch = match Patch::parse(&with_file_names(&text, own_name.map(|_| task.name))) {
        Ok(patch) if patch.task != task.name => return Ok(None),
        Ok(patch) => patch,
        // Whose it is can only be told from its name.
        Err(_) if own_name.is_none() => return Ok(None),
        Err(error) => {
            let name = own_name.unwrap_or_default().to_owned();
            return Ok(Some(Variant { task, kind, name, expect: Expect::Passed, source: Err(error) }));
        }
    };
    let variant = |expect, source| {
        let name = own_name.unwrap_or(&stem).to_owned();
        Ok(Some(Variant { task, kind, name, expect, source }))
    };
    match expect(task, kind, &patch, own_name) {
        Ok(expect) => variant(expect, patch.apply(reference)),
        Err(error) => variant(Expect::Passed, Err(error)),
    }
}

/// Writes the two lines that name the file in front of a diff that leaves them out.
fn with_file_names(patch: &str, task: Option<&str>) -> String {
    match (task, patch.find("\n@@ ")) {
        (Some(task), Some(start)) if !patch[..start].contains("\n--- ") => {
            format!("{}\n--- a/src/bin/{task}.rs\n+++ b/src/bin/{task}.rs{}", &patch[..start], &patch[start..])
        }
        _ => patch.to_owned(),
    }
}

fn expect(task: &Task, kind: Kind, patch: &Patch, own_name: Option<&str>) -> Result<Expect> {
    if own_name.is_none() {
        bail!(text::patch_name(task.name));
    }
    match (kind, &patch.refused_by) {
        (Kind::Wrong, Some(by)) if task.checks.iter().any(|check| check.id == by) => {
            Ok(Expect::Refused { by: by.clone(), hint: patch.hint.clone() })
        }
        (Kind::Wrong, Some(by)) => bail!(text::unknown_check(by)),
        (Kind::Wrong, None) => bail!(text::no_refused_by()),
        (_, Some(_)) => bail!(text::right_is_refused()),
        (_, None) => Ok(Expect::Passed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_of_one_name_in_two_exercises_become_two_programs() {
        let program = |number| {
            let task = checks::task(number, "echo").unwrap();
            let source = Ok(String::new());
            Variant { task, kind: Kind::Reference, name: String::new(), expect: Expect::Passed, source }.program()
        };
        assert_ne!(program(3), program(8));
    }
}
