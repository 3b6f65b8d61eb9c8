//! The Python programs that the note compared: their environment, made once, and their names.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::candidate::Candidate;
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
pub(crate) fn is_in_table(name: &str) -> bool {
    VARIANTS.iter().any(|(variant, shown)| *shown && name.strip_prefix(PREFIX) == Some(variant))
}

/// Whether there is such a peer.
pub(crate) fn exists(name: &str) -> bool {
    VARIANTS.iter().any(|(variant, _)| name.strip_prefix(PREFIX) == Some(variant))
}

/// The folder of the Python programs.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");
/// The packages that the programs ask for, and all that come with them, with their versions.
const REQUIREMENTS: &str = "requirements.txt";
const LOCK: &str = "requirements.lock";

/// Every Python peer, as tables show them. The environment is made in `home` if it is not there or is of other
/// requirements: the one thing in this course that fetches packages, and only when `--peers` asks for it.
///
/// # Errors
/// What is missing, as a sentence.
pub(crate) fn candidates(home: &Path) -> Result<Vec<Candidate>, String> {
    let interpreter = environment(home)?;
    let peer = Path::new(FOLDER).join("peer.py");
    let named =
        |(variant, _): &(&str, bool)| Candidate::python(format!("{PREFIX}{variant}"), &interpreter, &peer, variant);
    Ok(VARIANTS.iter().map(named).collect())
}

/// The interpreter of the environment, which is made where needed.
fn environment(home: &Path) -> Result<PathBuf, String> {
    let place = home.join("python");
    let interpreter = place.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let wanted = [REQUIREMENTS, LOCK].map(|name| Path::new(FOLDER).join(name));
    let mut wanted_text = String::new();
    for file in &wanted {
        wanted_text += &fs::read_to_string(file).map_err(|why| format!("{}: {why}", file.display()))?;
    }
    let done = place.join("installed.txt");
    if fs::read_to_string(&done).is_ok_and(|installed| installed == wanted_text) {
        return Ok(interpreter);
    }
    eprintln!("{}", text::making_environment(place.display()));
    let python = ["python3", "python"].into_iter().find(|name| run(Command::new(name).arg("-V")).is_ok());
    let python = python.ok_or_else(text::no_python)?;
    let made = run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&place));
    made.map_err(|said| text::no_venv(last_line(&said)))?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"];
    let [requirements, lock] = &wanted;
    let mut pip = Command::new(&interpreter);
    pip.args(install).arg("-r").arg(requirements).arg("-c").arg(lock);
    run(&mut pip).map_err(|said| not_installed(&said, &interpreter))?;
    // Last, and only now: a half-made environment is made again.
    fs::write(&done, wanted_text).map_err(|why| format!("{}: {why}", done.display()))?;
    Ok(interpreter)
}

/// What pip complains about, as a sentence. A version that it does not find is one that was never made for this Python
/// or this system, unless it could not look at all.
fn not_installed(said: &str, interpreter: &Path) -> String {
    let pin = said.lines().find_map(|line| Some(line.split_once("No matching distribution found for ")?.1.trim()));
    match pin {
        Some(pin) if !said.contains("connection broken") => {
            let version = run(Command::new(interpreter).arg("-V")).unwrap_or_else(|_| "Python".to_owned());
            text::no_wheel(pin, version.trim())
        }
        _ => text::no_packages(last_line(said)),
    }
}

/// Runs a program to its end; what it says is the result, or, if it fails, the error.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|why| why.to_string())?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

fn last_line(said: &str) -> &str {
    said.trim().lines().last().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_installed_tells_a_missing_wheel_from_a_missing_network() {
        let found = "ERROR: Could not find a version that satisfies the requirement uvloop==0.23.0 (from versions: none)\n\
            ERROR: No matching distribution found for uvloop==0.23.0\n";
        let alone =
            format!("WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'\n{found}");
        let nowhere = Path::new("/nowhere/python");
        let sentence = not_installed(found, nowhere);
        assert!(sentence.contains("uvloop==0.23.0") && sentence.contains("3.10"), "{sentence}");
        assert_eq!(not_installed(&alone, nowhere), text::no_packages(last_line(found)));
        assert_ne!(sentence, text::no_packages(last_line(found)));
    }
}
