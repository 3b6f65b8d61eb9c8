//! A temporary folder for sockets, removed when the process has ended.

use std::ops::Deref;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, io, process};

/// A new, empty folder under the system's temporary one.
///
/// `std` cannot handle Ctrl-C, and no program can handle `kill -9`. So a small shell reads from a pipe whose
/// writing end only this process holds: the kernel closes it however the process ends, and the shell removes
/// the folder.
pub(crate) struct Folder {
    path: PathBuf,
    _cleaner: Child,
}

/// `read` returns at the end of its input. The path is an argument, never part of the script.
const REMOVE: &str = r#"read -r _; rm -rf -- "$1""#;

impl Folder {
    pub(crate) fn create() -> io::Result<Folder> {
        let path = env::temp_dir().join(format!("lesson11-{}", process::id()));
        fs::create_dir(&path)?; // fails if it exists, for then another process owns it
        let cleaner = Command::new("sh")
            .args(["-c", REMOVE, "sh"])
            .arg(&path)
            .process_group(0) // Ctrl-C at the terminal must not end the shell
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match cleaner {
            Ok(cleaner) => Ok(Folder { path, _cleaner: cleaner }),
            Err(error) => {
                fs::remove_dir(&path)?;
                Err(error)
            }
        }
    }
}

impl Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}
