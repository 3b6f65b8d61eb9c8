//! Copies of what a learner wrote, made before anything replaces it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use crate::checkout::Course;
use crate::text::error;

/// Copies `file` to `.course/kept/NN/<task>.<n>.rs`, with the first free n, and says where.
pub fn copy(course: &Course, number: u8, task: &str, file: &Path) -> Result<PathBuf> {
    let folder = course.state_dir().join("kept").join(format!("{number:02}"));
    let cannot = |error| anyhow!(error::cannot_write(folder.display(), error));
    fs::create_dir_all(&folder).map_err(cannot)?;
    let mut count = 1u32;
    loop {
        let path = folder.join(format!("{task}.{count}.rs"));
        match File::create_new(&path) {
            Ok(mut kept) => {
                File::open(file).and_then(|mut from| io::copy(&mut from, &mut kept)).map_err(cannot)?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => count += 1,
            Err(error) => return Err(cannot(error)),
        }
    }
}
