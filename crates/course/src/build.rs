//! Builds programs with cargo and keeps what the compiler says.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, io, thread};

use anyhow::{Result, anyhow};
use serde::Deserialize;

use crate::text::check as text;

/// What one run of cargo came to.
#[derive(Debug, Default)]
pub struct Build {
    /// Did everything compile?
    pub success: bool,
    /// The programs that were built, or were there already, by the name of their target.
    pub programs: BTreeMap<String, PathBuf>,
    /// What the compiler said, in its own words and, if asked for, colours.
    pub diagnostics: Vec<Diagnostic>,
    /// What cargo itself said when it failed without asking the compiler.
    pub complaint: String,
    /// How long it took.
    pub elapsed: Duration,
}

/// One message of the compiler.
#[derive(Debug)]
pub struct Diagnostic {
    /// The target (program) that it is about.
    pub target: String,
    /// Is it only a warning?
    pub warning: bool,
    /// The text as rustc prints it, with its line ends.
    pub rendered: String,
}

impl Build {
    /// The compiler's errors; empty when cargo failed without asking it.
    pub fn errors(&self) -> String {
        self.diagnostics.iter().filter(|said| !said.warning).map(|said| said.rendered.as_str()).collect()
    }

    /// How many warnings the compiler had.
    pub fn warnings(&self) -> usize {
        self.diagnostics.iter().filter(|said| said.warning).count()
    }
}

/// The cargo that runs us, else the one in the path.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs `cargo build` with `arguments` in `folder`. `passing` hears what cargo is busy with.
///
/// # Errors
/// When cargo cannot be started. A build that fails is not an error.
pub fn build(folder: &Path, arguments: &[&str], colour: bool, mut passing: impl FnMut(&str) + Send) -> Result<Build> {
    let start = Instant::now();
    let format = if colour { "json-diagnostic-rendered-ansi" } else { "json" };
    let mut cargo = Command::new(cargo())
        .args(["build", "--message-format", format])
        .args(["--color", if colour { "always" } else { "never" }])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| anyhow!(text::no_cargo(error)))?;
    let stdout = cargo.stdout.take().ok_or_else(|| anyhow!(io::Error::from(io::ErrorKind::BrokenPipe)))?;
    let stderr = cargo.stderr.take().ok_or_else(|| anyhow!(io::Error::from(io::ErrorKind::BrokenPipe)))?;
    let mut build = Build::default();
    build.complaint = thread::scope(|scope| {
        let said = scope.spawn(move || listen(stderr, &mut passing));
        messages(stdout, &mut build)?;
        said.join().map_err(|_| anyhow!(text::no_cargo("stderr")))?.map_err(anyhow::Error::from)
    })?;
    build.success = cargo.wait()?.success();
    build.elapsed = start.elapsed();
    Ok(build)
}

/// Reads cargo's messages, one JSON object a line.
fn messages(stdout: impl Read, build: &mut Build) -> Result<()> {
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        // A build script or a macro may print lines of its own; they are not messages.
        let Ok(message) = serde_json::from_str::<Message>(&line) else { continue };
        match message {
            Message::Artifact { target, executable: Some(program) } => {
                build.programs.insert(target.name, program);
            }
            Message::Diagnostic { target, message } if !message.is_a_sum() => {
                let warning = message.level == "warning";
                let rendered = message.rendered.unwrap_or_default();
                build.diagnostics.push(Diagnostic { target: target.name, warning, rendered });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Follows cargo's stderr: what it is busy with goes to `passing`, the rest is kept.
fn listen(stderr: impl Read, passing: &mut impl FnMut(&str)) -> io::Result<String> {
    let mut kept = String::new();
    for line in BufReader::new(stderr).lines() {
        let line = line?;
        match status(&line) {
            Some(status) => passing(&status),
            None => {
                kept.push_str(&line);
                kept.push('\n');
            }
        }
    }
    Ok(kept)
}

/// cargo's word for what it is busy with stands right-aligned in twelve columns:
/// `   Compiling ex03 v0.1.0 (…)`.
fn status(line: &str) -> Option<String> {
    const COLUMN: usize = 12;
    let plain = without_colour(line);
    let (verb, rest) = plain.split_at_checked(COLUMN)?;
    let is_status = verb.trim_start().starts_with(|first: char| first.is_ascii_uppercase()) && rest.starts_with(' ');
    is_status.then(|| plain.trim().to_owned())
}

/// `line` without ANSI colours.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut parts = line.split("\x1b[");
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|end: char| end.is_ascii_alphabetic()).map_or(part.len(), |end| end + 1);
        plain.push_str(&part[end..]);
    }
    plain
}

#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Artifact { target: Target, executable: Option<PathBuf> },
    #[serde(rename = "compiler-message")]
    Diagnostic { target: Target, message: CompilerMessage },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct CompilerMessage {
    level: String,
    message: String,
    rendered: Option<String>,
    spans: Vec<serde::de::IgnoredAny>,
}

impl CompilerMessage {
    /// `2 warnings emitted`, `aborting due to 1 previous error`: sums that we do ourselves.
    fn is_a_sum(&self) -> bool {
        self.spans.is_empty() && (self.message.ends_with("emitted") || self.message.starts_with("aborting due to"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_is_busy_with_is_told_from_what_it_complains_about() {
        let busy = "\x1b[1m\x1b[92m   Compiling\x1b[0m ex03 v0.1.0 (/course)";
        assert_eq!(status(busy).as_deref(), Some("Compiling ex03 v0.1.0 (/course)"));
        assert_eq!(status("    Blocking waiting for file lock").as_deref(), Some("Blocking waiting for file lock"));
        assert_eq!(status("error: failed to parse manifest"), None);
        assert_eq!(status("Caused by:"), None);
        assert_eq!(status("  no such file"), None);
        assert_eq!(status("tiếng Việt ở đây"), None);
    }

    #[test]
    fn messages_are_sorted_into_programs_and_diagnostics() {
        let lines = concat!(
            r#"{"reason":"compiler-message","target":{"name":"ex03-echo"},"message":{"level":"warning","message":"unused","rendered":"warning: unused\n","spans":[{}]}}"#,
            "\n",
            r#"{"reason":"compiler-message","target":{"name":"ex03-echo"},"message":{"level":"warning","message":"1 warning emitted","rendered":"warning: 1 warning emitted\n","spans":[]}}"#,
            "\nnot json\n",
            r#"{"reason":"compiler-artifact","target":{"name":"ex03-echo"},"executable":"/t/ex03-echo"}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
            "\n",
        );
        let mut build = Build::default();
        messages(lines.as_bytes(), &mut build).unwrap();
        assert_eq!(build.warnings(), 1);
        assert_eq!(build.errors(), "");
        assert_eq!(build.programs["ex03-echo"], Path::new("/t/ex03-echo"));
    }
}
