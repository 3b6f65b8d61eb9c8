//! What stands at a path: a socket, a file, nothing; whose it is, and what is in it.

use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::{Difference, Failure, Symptom, sentence};

/// What stood at a path when we looked, to be compared with what stands there later.
pub struct FileSnapshot {
    path: PathBuf,
    found: Metadata,
}

impl FileSnapshot {
    /// Looks at `path` itself; a link is not followed.
    pub fn of(path: &Path) -> Result<FileSnapshot, Failure> {
        let found = fs::symlink_metadata(path).map_err(|error| Failure::infra("stat", &error))?;
        Ok(FileSnapshot { path: path.to_owned(), found })
    }

    /// The same thing must still stand there, untouched.
    pub fn assert_unchanged(&self) -> Result<(), Failure> {
        let place = self.path.display();
        let now = match fs::symlink_metadata(&self.path) {
            Ok(now) => now,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(wrong_file(sentence! {
                    vi: "Chương trình đã xóa {place}, mà thứ ở đó không phải của nó.",
                    en: "The program has removed {place}, and what stood there was not its own.",
                }));
            }
            Err(error) => return Err(Failure::infra("stat", &error)),
        };
        let same = (now.dev(), now.ino(), now.len()) == (self.found.dev(), self.found.ino(), self.found.len());
        if same {
            return Ok(());
        }
        Err(wrong_file(sentence! {
            vi: "Thứ đang ở {place} không còn là thứ cũ, mà thứ cũ không phải của chương trình.",
            en: "What stands at {place} is not what stood there before, and that was not the program's.",
        }))
    }
}

/// Nothing may stand at `path` any more.
pub fn expect_nothing_at(path: &Path) -> Result<(), Failure> {
    let place = path.display();
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::infra("stat", &error)),
        Ok(_) => Err(wrong_file(sentence! {
            vi: "Chương trình đã kết thúc, mà {place} vẫn còn.",
            en: "The program has ended, yet {place} is still there.",
        })),
    }
}

/// What stands at `path` must have exactly these permissions.
pub fn expect_mode(path: &Path, mode: u32) -> Result<(), Failure> {
    let found = fs::symlink_metadata(path).map_err(|error| Failure::infra("stat", &error))?;
    let (seen, place) = (found.permissions().mode() & 0o7777, path.display());
    if seen == mode {
        return Ok(());
    }
    Err(wrong_file(sentence! {
        vi: "Quyền của {place} là {seen:04o}, lẽ ra là {mode:04o}.",
        en: "The mode of {place} is {seen:04o}; it should be {mode:04o}.",
    }))
}

/// The file at `path` must hold exactly `expected` now.
pub fn expect_content(path: &Path, expected: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().display();
    let content = fs::read(path).map_err(|error| Failure::infra("read", &error))?;
    if content == expected {
        return Ok(());
    }
    let (due, got) = (expected.len(), content.len());
    let difference =
        Difference::find(expected, &content).unwrap_or_else(|| Difference::at(due.min(got), expected, &content));
    let number = difference.offset + 1;
    let cut = got < due && expected.starts_with(&content);
    let symptom = if cut { Symptom::CutShort } else { Symptom::WrongFile };
    let mut failure = Failure::new(
        symptom,
        sentence! {
            vi: "Tệp {name} dài {got} byte, lẽ ra {due}; từ byte thứ {number} nó khác.",
            en: "The file {name} has {got} bytes; {due} were due; from byte {number} on it differs.",
        },
    );
    failure.difference = Some(Box::new(difference));
    Err(failure)
}

fn wrong_file(what: crate::Sentence) -> Failure {
    Failure::new(Symptom::WrongFile, what)
}
