//! A folder of our own for sockets, gone when we are.

use std::ops::Deref;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs, io, process};

/// A new, empty folder under the system's temporary one.
///
/// `std` cannot react to Ctrl-C, and nothing could react to `kill -9`. So a small shell waits for the
/// end of a pipe that only we hold: the kernel closes it however we end, and the shell tidies up.
pub(crate) struct Folder {
    path: PathBuf,
    _broom: Child,
}

/// `read` gives up at the end of its input. The name comes as an argument, never as text of the script.
const TIDY_UP: &str = r#"read -r _; rm -rf -- "$1""#;

impl Folder {
    pub(crate) fn fresh() -> io::Result<Folder> {
        let path = env::temp_dir().join(format!("lesson11-{}", process::id()));
        fs::create_dir(&path)?; // fails if somebody was here before us, and then it is not ours
        let broom = Command::new("sh")
            .args(["-c", TIDY_UP, "sh"])
            .arg(&path)
            .process_group(0) // Ctrl-C at the terminal is not meant for it
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match broom {
            Ok(broom) => Ok(Folder { path, _broom: broom }),
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
