//! Network namespaces of ours: made, found again after a crash, removed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use super::SetupError;

/// Where `ip netns` keeps the names (ip-netns(8)).
const FOLDER: &str = "/run/netns";

/// What all names of ours begin with; the process's number and a number in it follow.
const PREFIX: &str = "link-";

/// Counts the pairs of this process.
static CREATED: AtomicU32 = AtomicU32::new(0);

/// A namespace that is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Namespace {
    name: String,
}

impl Namespace {
    /// Two fresh namespaces.
    pub(super) fn pair() -> Result<[Namespace; 2], SetupError> {
        let nth = CREATED.fetch_add(1, Ordering::Relaxed);
        let name = |end| format!("{PREFIX}{}-{nth}-{end}", process::id());
        Ok([Namespace::add(name("client"))?, Namespace::add(name("server"))?])
    }

    fn add(name: String) -> Result<Namespace, SetupError> {
        ip(&["netns", "add", &name], "")?;
        Ok(Namespace { name })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Carries out `lines` inside, each a command of `ip` without the word.
    pub(super) fn batch(&self, lines: &str) -> Result<(), SetupError> {
        ip(&["-n", &self.name, "-batch", "-"], lines)
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let _ = ip(&["netns", "delete", &self.name], ""); // it may be gone already
    }
}

pub(super) fn folder() -> &'static Path {
    Path::new(FOLDER)
}

/// Removes the namespaces of processes that ended without removing them: killed, or interrupted.
pub(super) fn remove_leftovers() {
    let Ok(entries) = fs::read_dir(FOLDER) else { return }; // no such folder: there are none
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if owner(&name).is_some_and(|process| !PathBuf::from(format!("/proc/{process}")).exists()) {
            drop(Namespace { name });
        }
    }
}

/// The number of the process that made the namespace `name`, if it is one of ours.
fn owner(name: &str) -> Option<u32> {
    let mut parts = name.strip_prefix(PREFIX)?.split('-');
    let (process, nth) = (parts.next()?.parse().ok()?, parts.next()?.parse::<u32>());
    let ours = nth.is_ok() && matches!(parts.next(), Some("client" | "server")) && parts.next().is_none();
    ours.then_some(process)
}

/// Runs `ip` with `arguments`, and `input` for it to read.
fn ip(arguments: &[&str], input: &str) -> Result<(), SetupError> {
    let failed = |why: String| {
        let what = format!("ip {}", arguments.join(" "));
        SetupError::Failed { what, why: why.trim().to_owned() }
    };
    let ran = (|| {
        let mut command = Command::new("ip");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        // Its input is a few lines and fits in a pipe; when it ends without reading, its complaint says why.
        let written = child.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output()?;
        written.or_else(|error| if output.status.success() { Err(error) } else { Ok(()) })?;
        Ok(output)
    })();
    match ran {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(failed(String::from_utf8_lossy(&output.stderr).into_owned())),
        Err(error) if io::Error::kind(&error) == io::ErrorKind::NotFound => Err(SetupError::NoIp),
        Err(error) => Err(failed(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn only_names_of_ours_are_ever_removed() {
        assert_eq!(owner("link-123-0-client"), Some(123));
        for other in
            ["link-123-0", "link-123-0-client-2", "link-x-0-server", "link-1-x-server", "link-1-0-up", "net-1-0-server"]
        {
            assert_eq!(owner(other), None, "{other}");
        }
    }
}
