//! The Python programs that the note compared: their environment, made once, and their names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::contestant::Contestant;
use crate::text;

/// The variants that `peers/peer.py` knows, and whether each stands in the table. The others differ from one of
/// these in a choice or two, and `--explain` measures what that costs.
const VARIANTS: [(&str, bool); 12] = [
    ("socket", true),
    ("socket-two-sends", true),
    ("socket-recv-1024", false),
    ("websockets", true),
    ("websockets-deflate", false),
    ("websockets-base64", false),
    ("fastapi-usual", true),
    ("fastapi-keepalive", false),
    ("fastapi-best", true),
    ("httpx-post", false),
    ("grpcio-unary", true),
    ("grpcio-bidi", true),
];

/// What stands in front of a variant where it is shown beside our own.
const PREFIX: &str = "py ";

/// Whether the table shows this peer unless it is told otherwise.
pub(crate) fn in_the_table(name: &str) -> bool {
    VARIANTS.iter().any(|(variant, shown)| *shown && name.strip_prefix(PREFIX) == Some(variant))
}

/// Whether there is such a peer.
pub(crate) fn exists(name: &str) -> bool {
    VARIANTS.iter().any(|(variant, _)| name.strip_prefix(PREFIX) == Some(variant))
}

/// The folder of the Python programs.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");

/// Every Python peer, as tables show them. The environment is made in `home` if it is not there or is of other
/// requirements: the one thing in this course that fetches packages, and only when `--peers` asks for it.
///
/// # Errors
/// What is missing, as a sentence.
pub(crate) fn contestants(home: &Path) -> Result<Vec<Contestant>, String> {
    let interpreter = environment(home)?;
    let peer = Path::new(FOLDER).join("peer.py");
    let named =
        |(variant, _): &(&str, bool)| Contestant::python(format!("{PREFIX}{variant}"), &interpreter, &peer, variant);
    Ok(VARIANTS.iter().map(named).collect())
}

/// The interpreter of the environment, which is made where needed.
fn environment(home: &Path) -> Result<PathBuf, String> {
    let place = home.join("python");
    let interpreter = place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = Path::new(FOLDER).join("requirements.txt");
    let wanted_text = fs::read_to_string(&wanted).map_err(|why| format!("{}: {why}", wanted.display()))?;
    let done = place.join("installed.txt");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted_text) {
        return Ok(interpreter);
    }
    eprintln!("{}", text::making_environment(place.display()));
    let python = ["python3", "python"].into_iter().find(|name| succeeds(Command::new(name).arg("-V")).is_ok());
    let python = python.ok_or_else(text::no_python)?;
    succeeds(Command::new(python).args(["-m", "venv"]).arg(&place)).map_err(text::no_venv)?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "-r"];
    succeeds(Command::new(&interpreter).args(install).arg(&wanted)).map_err(text::no_packages)?;
    // Last, and only now: a half-made environment is made again.
    fs::write(&done, wanted_text).map_err(|why| format!("{}: {why}", done.display()))?;
    Ok(interpreter)
}

/// Runs a program to its end; the last line of what it complains about is the error.
fn succeeds(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|why| why.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    Err(said.trim().lines().last().unwrap_or("?").to_owned())
}
