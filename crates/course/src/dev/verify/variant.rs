//! The variants of one task's program, and what the checks must say to each.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use checks::Task;
use narrate::Lang;

use crate::marked::{Form, Marked};
use crate::patch::{self, Patch};
use crate::text::verify as text;

/// What the checks must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It compiles; nothing is judged.
    Built,
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
    pub kind: VariantKind,
    /// The name of its patch without the task; empty for stub and reference.
    pub name: String,
    /// What must come of it.
    pub expect: Expect,
    /// Its text, or why there is none.
    pub source: Result<String>,
}

/// The kinds of variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantKind {
    /// What the learner starts from.
    Stub,
    /// Our solution.
    Reference,
    /// Another right one.
    Right,
    /// A deliberate mistake.
    Wrong,
}

impl VariantKind {
    /// As the folders and the table name it.
    pub fn word(self) -> &'static str {
        match self {
            VariantKind::Stub => "stub",
            VariantKind::Reference => "reference",
            VariantKind::Right => "right",
            VariantKind::Wrong => "wrong",
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
    let stub = |form| {
        Marked::parse(&reference).map(|marked| marked.stub(form)).map_err(|problem| {
            anyhow!("{}:{}: {}", file.display(), problem.line, crate::text::sync::mistake(&problem.mistake))
        })
    };
    let plain = |kind, expect, source| Variant { task, kind, name: String::new(), expect, source };
    let mut found = vec![
        plain(VariantKind::Stub, Expect::NotStarted, stub(Form::Bilingual)),
        plain(VariantKind::Reference, Expect::Passed, Ok(reference.clone())),
    ];
    // In one language a stub is the same program; that it compiles is still to be seen.
    for lang in Lang::ALL {
        let (kind, name) = (VariantKind::Stub, lang.code().to_owned());
        found.push(Variant { task, kind, name, expect: Expect::Built, source: stub(Form::In(lang)) });
    }
    for kind in [VariantKind::Right, VariantKind::Wrong] {
        for path in patch::files(&solution.join(kind.word()))? {
            found.extend(patched(task, kind, &path, &reference)?);
        }
    }
    Ok(found)
}

/// The variant that the patch at `path` makes; `None` when it is about another task of the same
/// exercise. One whose name fits no task is reported with the first.
fn patched(task: &'static Task, kind: VariantKind, path: &Path, reference: &str) -> Result<Option<Variant>> {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let tasks: Vec<&str> =
        checks::tasks().iter().filter(|other| other.number == task.number).map(|other| other.name).collect();
    let variant = |name: &str, expect, source| Variant { task, kind, name: name.to_owned(), expect, source };
    let name = match patch::owner(&stem, tasks.iter().copied()) {
        Some((owner, name)) if owner == task.name => name,
        None if tasks.first() == Some(&task.name) => {
            let why = anyhow!(text::patch_name(tasks.join(", ")));
            return Ok(Some(variant(&stem, Expect::Passed, Err(why))));
        }
        _ => return Ok(None),
    };
    let source = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let made =
        Patch::parse(&source, task.name).and_then(|patch| Ok((expect(task, kind, &patch)?, patch.apply(reference)?)));
    Ok(Some(match made {
        Ok((expect, source)) => variant(name, expect, Ok(source)),
        Err(error) => variant(name, Expect::Passed, Err(error)),
    }))
}

fn expect(task: &Task, kind: VariantKind, patch: &Patch) -> Result<Expect> {
    match (kind, &patch.refused_by) {
        (VariantKind::Wrong, Some(by)) if task.checks.iter().any(|check| check.id == by) => {
            Ok(Expect::Refused { by: by.clone(), hint: patch.hint.clone() })
        }
        (VariantKind::Wrong, Some(by)) => bail!(text::unknown_check(by)),
        (VariantKind::Wrong, None) => bail!(text::no_refused_by()),
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
            Variant { task, kind: VariantKind::Reference, name: String::new(), expect: Expect::Passed, source }
                .program()
        };
        assert_ne!(program(3), program(8));
    }
}
