//! `cargo course dev patch`: makes the patch of a right or wrong variant from an edited copy of
//! the solution, and makes patches again after the solution has changed.
//!
//! A copy that is laid out to edit stands in `.course/patch/NN/<task>-<name>.rs`, beside the
//! solution that it was made from (`.base`): when that changes meanwhile, the two are merged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use diffy::{DiffOptions, Line};

use crate::arguments::{Exit, PatchOptions as Options};
use crate::checkout::{Course, Numbered};
use crate::exercise;
use crate::patch::{self, Patch};
use crate::screen::Screen;
use crate::text::{error, patch as text};

/// How many versions of a solution `--remake` looks back for the one that a patch fits.
const HISTORY: usize = 50;

/// Runs `dev patch`.
///
/// # Errors
/// When lesson, task, or working copy do not exist, or a file cannot be read or written.
pub fn run(course: &Course, options: &Options, screen: &Screen) -> Result<Exit> {
    let folder = course.numbered("solutions")?.into_iter().find(|folder| folder.number == options.number);
    let number = format!("{:02}", options.number);
    let folder = folder.ok_or_else(|| anyhow!(crate::text::sync::no_solution(&number)))?;
    let tasks = exercise::tasks(&course.root().join("solutions").join(&folder.name))?;
    if let Some(task) = &options.task
        && !tasks.contains(task)
    {
        bail!(text::no_such_task(task, number, tasks.join(", ")));
    }
    if let Some(name) = &options.name
        && !is_name(name)
    {
        bail!(text::bad_name(name));
    }
    match (&options.task, &options.name) {
        (Some(task), Some(name)) => {
            let variant = Variant::new(course, &folder, task, name, options.right);
            if options.edit { variant.lay_out(screen) } else { variant.make(screen) }
        }
        (only, _) => {
            let tasks: Vec<&String> =
                tasks.iter().filter(|task| only.as_ref().is_none_or(|only| only == *task)).collect();
            remake(course, &folder, &tasks, screen)
        }
    }
}

/// May `name` be that of a variant?
fn is_name(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    name.starts_with(|first: char| first != '-') && name.chars().all(plain)
}

/// One variant of one task: its patch, and the copy that is edited.
struct Variant<'a> {
    course: &'a Course,
    number: u8,
    task: &'a str,
    name: &'a str,
    wrong: bool,
    solution: PathBuf,
    patch: PathBuf,
}

impl<'a> Variant<'a> {
    /// The variant `name` of `task`. A patch that exists says whether it is a right or a wrong one;
    /// a new one is wrong, unless `right`.
    fn new(course: &'a Course, folder: &Numbered, task: &'a str, name: &'a str, right: bool) -> Variant<'a> {
        let package = course.root().join("solutions").join(&folder.name);
        let path = |kind: &str| package.join(kind).join(format!("{task}-{name}.patch"));
        let wrong = !path("right").is_file() && (path("wrong").is_file() || !right);
        let patch = path(if wrong { "wrong" } else { "right" });
        let solution = package.join("src").join("bin").join(format!("{task}.rs"));
        Variant { course, number: folder.number, task, name, wrong, solution, patch }
    }

    /// The copy to edit; with `base`, the solution as it was when the copy was laid out.
    fn copy(&self, base: bool) -> PathBuf {
        let end = if base { "base" } else { "rs" };
        let folder = self.course.state_dir().join("patch").join(format!("{:02}", self.number));
        folder.join(format!("{}-{}.{end}", self.task, self.name))
    }

    fn command(&self, more: &str) -> String {
        let right = if self.wrong || self.patch.is_file() { "" } else { " --right" };
        format!("cargo course dev patch {:02} {} {}{right}{more}", self.number, self.task, self.name)
    }

    /// `--edit`: lays the variant's whole source out.
    fn lay_out(&self, screen: &Screen) -> Result<Exit> {
        let solution = read(self.course, &self.solution)?;
        let variant = match self.patch.is_file() {
            true => match Patch::draft(&read(self.course, &self.patch)?)?.apply(&solution) {
                Ok(variant) => variant,
                Err(_) => {
                    let old = self.fitting_solution()?;
                    merge(&old.solution, &old.variant, &solution).unwrap_or_else(|conflict| conflict)
                }
            },
            false => solution.clone(),
        };
        self.put(&variant, &solution)?;
        let command = self.command("");
        screen.prose(&text::laid_out(self.course.relative(&self.copy(false)), command))?;
        Ok(Exit::Passed)
    }

    /// Writes the copy to edit, and its base.
    fn put(&self, variant: &str, base: &str) -> Result<()> {
        write(self.course, &self.copy(false), variant)?;
        write(self.course, &self.copy(true), base)
    }

    /// Makes the patch from the edited copy, and removes that.
    fn make(&self, screen: &Screen) -> Result<Exit> {
        let course = self.course;
        let copy = self.copy(false);
        if !copy.is_file() {
            bail!(text::not_laid_out(course.relative(&copy), self.command(" --edit")));
        }
        let solution = read(course, &self.solution)?;
        let base = read(course, &self.copy(true)).unwrap_or_else(|_| solution.clone());
        let edited = read(course, &copy)?;
        if edited.lines().any(|line| line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>")) {
            bail!(text::still_marked(course.relative(&copy)));
        }
        if edited == base {
            bail!(text::nothing_edited(course.relative(&copy)));
        }
        let variant = match merge(&base, &edited, &solution) {
            Ok(variant) => variant,
            Err(conflict) => {
                self.put(&conflict, &solution)?;
                let path = course.relative(&self.patch);
                screen.error(&text::conflict(path, course.relative(&copy), self.command("")));
                return Ok(Exit::Failed);
            }
        };
        if variant == solution {
            bail!(text::nothing_edited(course.relative(&copy)));
        }
        let header = if self.patch.is_file() { Patch::draft(&read(course, &self.patch)?)? } else { Patch::default() };
        let path = course.relative(&self.patch);
        let written = header.write(&solution, &variant, self.wrong);
        write(course, &self.patch, &written)?;
        for copy in [copy, self.copy(true)] {
            fs::remove_file(&copy).or_else(|error| if copy.exists() { Err(error) } else { Ok(()) })?;
        }
        let hunks = written.lines().filter(|line| line.starts_with("@@")).count();
        let changed = written.lines().filter(|line| line.starts_with(['+', '-'])).count();
        screen.line(&text::made(&path, hunks, changed))?;
        let missing = header.missing(self.wrong);
        if !missing.is_empty() {
            screen.error(&text::header_lacks(&path, missing.join(" ")));
            if missing.contains(&"refused-by:")
                && let Some(task) = checks::task(self.number, self.task)
            {
                let ids: Vec<&str> = task.checks.iter().map(|check| check.id).collect();
                screen.error(&text::checks_are(ids.join(", ")));
            }
            return Ok(Exit::Failed);
        }
        screen.prose(&text::then_verify(format!("cargo course dev verify {:02} {}", self.number, self.task)))?;
        Ok(Exit::Passed)
    }

    /// The newest committed solution that the patch fits, and the variant that it makes of it.
    fn fitting_solution(&self) -> Result<Base> {
        let patch = Patch::draft(&read(self.course, &self.patch)?)?;
        let file = self.course.relative(&self.solution).replace('\\', "/");
        let count = HISTORY.to_string();
        let revisions = git(self.course, &["log", "--format=%H", "-n", &count, "--", &file])?;
        revisions
            .lines()
            .filter_map(|revision| {
                let solution = git(self.course, &["show", &format!("{revision}:{file}")]).ok()?.replace("\r\n", "\n");
                let variant = patch.apply(&solution).ok()?;
                Some(Base { solution, variant })
            })
            .next()
            .ok_or_else(|| anyhow!(text::no_base(self.course.relative(&self.patch))))
    }
}

/// A solution, and what a patch makes of it.
struct Base {
    solution: String,
    variant: String,
}

/// `--remake`: brings every patch of `tasks` in step with the solutions as they are now.
fn remake(course: &Course, folder: &Numbered, tasks: &[&String], screen: &Screen) -> Result<Exit> {
    let package = course.root().join("solutions").join(&folder.name);
    let all = exercise::tasks(&package)?;
    let (mut count, mut remade, mut exit) = (0, 0, Exit::Passed);
    for kind in ["right", "wrong"] {
        for path in patch::files(&package.join(kind))? {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let Some((task, name)) = patch::owner(&stem, all.iter().map(String::as_str)) else { continue };
            if !tasks.iter().any(|wanted| *wanted == task) {
                continue;
            }
            count += 1;
            let variant = Variant::new(course, folder, task, name, kind == "right");
            match remake_one(&variant) {
                Ok(true) => {
                    screen.line(&course.relative(&path))?;
                    remade += 1;
                }
                Ok(false) => {}
                Err(error) => {
                    screen.error(&format!("{error:#}"));
                    exit = Exit::Failed;
                }
            }
        }
    }
    screen.line(&text::remade(remade, count))?;
    Ok(exit)
}

/// Makes one patch again; returns whether its file has changed.
fn remake_one(variant: &Variant) -> Result<bool> {
    let course = variant.course;
    let (old, solution) = (read(course, &variant.patch)?, read(course, &variant.solution)?);
    let patch = Patch::draft(&old)?;
    let source = match patch.apply(&solution) {
        Ok(source) => source,
        Err(_) => {
            let base = variant.fitting_solution()?;
            merge(&base.solution, &base.variant, &solution).or_else(|conflict| {
                variant.put(&conflict, &solution)?;
                let file = course.relative(&variant.copy(false));
                Err(anyhow!(text::conflict(course.relative(&variant.patch), file, variant.command(""))))
            })?
        }
    };
    if source == solution {
        bail!("{}: {}", course.relative(&variant.patch), text::changes_nothing());
    }
    let new = patch.write(&solution, &source, variant.wrong);
    if new == old {
        return Ok(false);
    }
    write(course, &variant.patch, &new)?;
    Ok(true)
}

/// Brings the change from `base` to `variant` into `solution`; the error is the text with marks
/// where both have changed the same lines.
fn merge(base: &str, variant: &str, solution: &str) -> Result<String, String> {
    match carry_over(base, variant, solution) {
        Some(merged) => Ok(merged),
        None => diffy::merge(base, variant, solution),
    }
}

/// The change from `base` to `variant`, made to `solution`, when the lines that it replaces stand
/// there unchanged. Unlike a three-way merge of text, it lets the lines beside them change.
fn carry_over(base: &str, variant: &str, solution: &str) -> Option<String> {
    let standing = standing_lines(base, solution);
    let at = |line: usize| standing.get(line).copied().flatten();
    let lines: Vec<&str> = solution.split_inclusive('\n').collect();
    let (mut result, mut copied) = (String::new(), 0);
    for hunk in DiffOptions::new().set_context_len(0).create_patch(base, variant).hunks() {
        let count = hunk.lines().iter().filter(|line| matches!(line, Line::Delete(_))).count();
        let first = if count == 0 { hunk.old_range().start() } else { hunk.old_range().start() - 1 };
        let start = match count {
            0 => first.checked_sub(1).and_then(at).map(|before| before + 1).or(at(first))?,
            _ => at(first)?,
        };
        if start < copied || (0..count).any(|offset| at(first + offset) != Some(start + offset)) {
            return None;
        }
        result.extend(lines[copied..start].iter().copied());
        result.extend(
            hunk.lines().iter().filter_map(|line| if let Line::Insert(text) = line { Some(*text) } else { None }),
        );
        copied = start + count;
    }
    result.extend(lines[copied..].iter().copied());
    Some(result)
}

/// For each line of `base`, the index of the same line in `solution`, if it still stands there.
fn standing_lines(base: &str, solution: &str) -> Vec<Option<usize>> {
    let mut standing = Vec::new();
    let mut index = 0;
    for hunk in DiffOptions::new().set_context_len(usize::MAX).create_patch(base, solution).hunks() {
        for line in hunk.lines() {
            match line {
                Line::Context(_) => {
                    standing.push(Some(index));
                    index += 1;
                }
                Line::Delete(_) => standing.push(None),
                Line::Insert(_) => index += 1,
            }
        }
    }
    if standing.is_empty() { (0..base.split_inclusive('\n').count()).map(Some).collect() } else { standing }
}

fn git(course: &Course, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git").arg("-C").arg(course.root()).args(arguments).output().context("git")?;
    if !output.status.success() {
        bail!("git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn read(course: &Course, path: &Path) -> Result<String> {
    let text = fs::read_to_string(path).map_err(|why| anyhow!(error::cannot_read(course.relative(path), why)))?;
    Ok(text.replace("\r\n", "\n"))
}

fn write(course: &Course, path: &Path, content: &str) -> Result<()> {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    parent
        .and_then(|()| fs::write(path, content))
        .map_err(|why| anyhow!(error::cannot_write(course.relative(path), why)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_lets_the_lines_beside_a_change_change_and_refuses_the_changed_ones() {
        let (base, variant) = ("a\nb\nc\nd\n", "a\nB\nc\nd\nx\n");
        assert_eq!(merge(base, variant, base).unwrap(), variant);
        assert_eq!(merge(base, variant, "0\nA\nb\nC\nd\n").unwrap(), "0\nA\nB\nC\nd\nx\n");
        assert!(merge(base, variant, "a\nbb\nc\nd\n").unwrap_err().contains("<<<<<<<"));
    }
}
