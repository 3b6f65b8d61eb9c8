//! Reads and writes the progress file: whole or not at all, and one writer at a time.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use serde_json::Value;

use super::{Progress, VERSION};
use crate::checkout::Course;
use crate::text::error as text;

const NAME: &str = "progress.json";

/// What is remembered; nothing yet when there is no file.
///
/// # Errors
/// When the file cannot be read or understood. A file that is not progress at all is set aside
/// under another name, so that the next command starts anew and nothing is lost.
pub fn load(course: &Course) -> Result<Progress> {
    let path = course.state_dir().join(NAME);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Progress::default()),
        Err(error) => bail!(crate::text::error::cannot_read(course.relative(&path), error)),
    };
    let why = match serde_json::from_slice::<Value>(&bytes) {
        Ok(value) if value.get("version").and_then(Value::as_u64).is_some_and(|version| version > VERSION.into()) => {
            bail!(text::newer(course.relative(&path)));
        }
        Ok(value) => match serde_json::from_value::<Progress>(value) {
            Ok(progress) => return Ok(progress),
            Err(error) => error,
        },
        Err(error) => error,
    };
    let aside =
        set_aside(&path).map_err(|error| anyhow!(text::broken_and_stuck(course.relative(&path), &why, error)))?;
    bail!(text::broken(course.relative(&path), why, course.relative(&aside)))
}

/// Changes what is remembered. Two commands at once (a `watch` and a `check`) take turns.
///
/// # Errors
/// As [`load`], and when the file cannot be written; then the old one is still there.
pub fn update<T>(course: &Course, change: impl FnOnce(&mut Progress) -> T) -> Result<T> {
    let folder = course.state_dir();
    let path = folder.join(NAME);
    let cannot = |error| anyhow!(crate::text::error::cannot_write(course.relative(&path), error));
    fs::create_dir_all(&folder).map_err(cannot)?;
    let lock = File::create(folder.join("lock")).map_err(cannot)?;
    lock.lock().map_err(cannot)?;
    let mut progress = load(course)?;
    let result = change(&mut progress);
    let json = serde_json::to_string_pretty(&progress)? + "\n";
    // Most runs of `check` change nothing, and a write that is certain to be on the disk takes long.
    if fs::read(&path).is_ok_and(|there| there == json.as_bytes()) {
        return Ok(result);
    }
    replace(&path, &json).map_err(cannot)?;
    Ok(result)
}

/// Writes beside, then renames: whoever reads sees the old file or the new one, whole.
fn replace(path: &Path, content: &str) -> io::Result<()> {
    let beside = path.with_extension("json.new");
    let mut file = File::create(&beside)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)
}

/// Renames to `progress.broken-<n>.json` with the first free n.
fn set_aside(path: &Path) -> io::Result<PathBuf> {
    let mut count = 1;
    loop {
        let aside = path.with_file_name(format!("progress.broken-{count}.json"));
        if !aside.try_exists()? {
            fs::rename(path, &aside)?;
            return Ok(aside);
        }
        count += 1;
    }
}
