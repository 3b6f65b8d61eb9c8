//! The scratch workspace in which all variants are built: one crate for each exercise, one
//! program for each variant, with the versions and the lock file of the course itself.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::{env, io};

use anyhow::{Context, Result, anyhow, bail};
use toml::{Table, Value};

use super::variant::Variant;
use crate::build::{Build, build};
use crate::checkout::{Course, Numbered};
use crate::exercise::lints;
use crate::text::{error, verify as text};

/// What of a solution crate belongs to its tests or its variants only, or is written anew.
const NOT_COPIED: [&str; 6] = ["wrong", "right", "tests", "tests-data", "target", "Cargo.toml"];

/// A folder that this process alone builds in.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    course: Course,
    /// Those of exercises: a stub leaves things unused, and so may a wrong variant.
    lints: Table,
    /// Held until the end: another `verify` would write the same files.
    _lock: File,
}

impl Scratch {
    /// Lays out the workspace for the exercises in `folders`. Waits for another `verify` to end;
    /// `waiting` hears of it.
    pub fn new(course: &Course, folders: &[&Numbered], waiting: impl FnOnce()) -> Result<Scratch> {
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| course.root().join("target"), PathBuf::from);
        let folder = std::path::absolute(target)?.join("verify");
        let cannot = |error: io::Error| anyhow!(error::cannot_write(folder.display(), error));
        fs::create_dir_all(&folder).map_err(cannot)?;
        let lock = File::create(folder.join("turn")).map_err(cannot)?;
        if lock.try_lock().is_err() {
            waiting();
            lock.lock().map_err(cannot)?;
        }
        let root = table(&course.root().join("Cargo.toml"))?;
        let lints = lints(&root);
        let members: Vec<Value> = folders.iter().map(|folder| folder.name.clone().into()).collect();
        put(&folder.join("Cargo.toml"), &workspace(course.root(), root, members)?.to_string())?;
        fs::copy(course.root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(cannot)?;
        Ok(Scratch { folder, course: course.clone(), lints, _lock: lock })
    }

    /// Writes the variants of exercise `numbered`. Cargo wants to see all exercises before it
    /// builds one.
    pub fn lay_out(&self, numbered: &Numbered, variants: &[Variant]) -> Result<()> {
        let solution = self.course.root().join("solutions").join(&numbered.name);
        let crate_folder = self.folder.join(&numbered.name);
        copy(&solution, &crate_folder, &NOT_COPIED)?;
        let programs = crate_folder.join("src").join("bin");
        fs::create_dir_all(&programs).with_context(|| programs.display().to_string())?;
        let mut wanted = BTreeSet::new();
        for variant in variants {
            if let Ok(source) = &variant.source {
                let name = format!("{}.rs", variant.program());
                put(&programs.join(&name), source)?;
                wanted.insert(name);
            }
        }
        for entry in fs::read_dir(&programs).with_context(|| programs.display().to_string())? {
            let entry = entry?;
            if !wanted.contains(&*entry.file_name().to_string_lossy()) {
                fs::remove_file(entry.path()).with_context(|| entry.path().display().to_string())?;
            }
        }
        let manifest = member(table(&solution.join("Cargo.toml"))?, &wanted, &self.lints);
        put(&crate_folder.join("Cargo.toml"), &manifest.to_string())
    }

    /// Builds the variants of exercise `numbered`, as many as compile.
    pub fn build(&self, numbered: &Numbered, passing: impl FnMut(&str) + Send) -> Result<Build> {
        let package = format!("sol{:02}", numbered.number);
        let target = self.folder.join("target").display().to_string();
        let arguments = ["--package", &package, "--bins", "--keep-going", "--target-dir", &target];
        let built = build(&self.folder, &arguments, false, passing)?;
        if built.programs.is_empty() && built.errors().is_empty() {
            bail!(crate::text::check::cargo_failed(built.complaint.trim_end()));
        }
        Ok(built)
    }
}

/// The manifest of the scratch workspace: the course's own, with other members.
fn workspace(root: &Path, manifest: Table, members: Vec<Value>) -> Result<Table> {
    let mut scratch = Table::new();
    let mut workspace = Table::new();
    let ours = manifest.get("workspace").and_then(Value::as_table).ok_or_else(|| anyhow!(text::no_workspace()))?;
    for key in ["resolver", "package", "lints", "dependencies"] {
        if let Some(value) = ours.get(key) {
            workspace.insert(key.to_owned(), value.clone());
        }
    }
    let dependencies = workspace.get_mut("dependencies").and_then(Value::as_table_mut);
    for (_, dependency) in dependencies.into_iter().flatten() {
        if let Some(path) = dependency.get_mut("path")
            && let Some(relative) = path.as_str()
        {
            *path = root.join(relative).display().to_string().into();
        }
    }
    workspace.insert("members".to_owned(), members.into());
    scratch.insert("workspace".to_owned(), workspace.into());
    if let Some(profile) = manifest.get("profile") {
        scratch.insert("profile".to_owned(), profile.clone());
    }
    Ok(scratch)
}

/// The manifest of one crate: the solution's own, with other programs and lints, and no tests.
fn member(mut manifest: Table, programs: &BTreeSet<String>, lints: &Table) -> Table {
    manifest.insert("lints".to_owned(), lints.clone().into());
    for key in ["bin", "test", "dev-dependencies"] {
        manifest.remove(key);
    }
    let program = |file: &String| {
        let mut program = Table::new();
        program.insert("name".to_owned(), file.trim_end_matches(".rs").into());
        program.insert("path".to_owned(), format!("src/bin/{file}").into());
        Value::Table(program)
    };
    manifest.insert("bin".to_owned(), Value::Array(programs.iter().map(program).collect()));
    manifest
}

fn table(path: &Path) -> Result<Table> {
    let source = fs::read_to_string(path).map_err(|error| anyhow!(error::cannot_read(path.display(), error)))?;
    source.parse().with_context(|| path.display().to_string())
}

/// Copies everything except what `but` names: a build script, a `.proto`, a library. Programs
/// below are not copied either, they are written one by one.
fn copy(from: &Path, to: &Path, but: &[&str]) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        let (source, target) = (entry.path(), to.join(&name));
        if but.iter().any(|skipped| name == *skipped) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy(&source, &target, &["bin"])?;
        } else {
            put_bytes(&target, &fs::read(&source).with_context(|| source.display().to_string())?)?;
        }
    }
    Ok(())
}

fn put(path: &Path, content: &str) -> Result<()> {
    put_bytes(path, content.as_bytes())
}

/// Writes only what differs: cargo rebuilds what is newer than its last build.
fn put_bytes(path: &Path, content: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    fs::write(path, content).map_err(|error| anyhow!(error::cannot_write(path.display(), error)))
}
