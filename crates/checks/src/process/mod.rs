//! The program under judgement, as a process of ours: started, watched, ended and reaped.

mod capture;
pub(crate) mod procfs;

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) use capture::Capture;

use crate::limits::{self, PROGRESS_TIMEOUT};
use crate::{Failure, Sentence, sentence};

/// A program that runs, as far as a connection to it has to know it.
pub trait Program {
    /// Returns whether all its threads sleep at this moment. Linux only.
    fn is_asleep(&self) -> Result<bool, Failure>;
}

/// One running instance. Ends with its owner, by its own id.
#[derive(Debug)]
pub(crate) struct Process {
    child: Mutex<Child>,
    /// Our end of its stdin, as long as we hold it open.
    stdin: Mutex<Option<ChildStdin>>,
    /// Did it still run when we ended it?
    ended_by_us: AtomicBool,
    pub(crate) id: u32,
    pub(crate) stdout: Capture,
    pub(crate) stderr: Capture,
}

impl Process {
    /// Starts `program`. It gets no stdin, and panics without a backtrace, so that the last lines
    /// of its stderr are the ones a learner wants to see.
    pub(crate) fn start<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Result<Process, Failure> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null());
        Process::spawn(command)
    }

    /// Starts what `command` says, with the stdin that it has been given.
    pub(crate) fn spawn(mut command: Command) -> Result<Process, Failure> {
        let mut child = command
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| Failure::infra(&format!("start {}", command.get_program().display()), &error))?;
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::infra("start", &"no pipes"));
        };
        grow_pipe(&stdout);
        grow_pipe(&stderr);
        Ok(Process {
            id: child.id(),
            stdin: Mutex::new(child.stdin.take()),
            ended_by_us: AtomicBool::new(false),
            stdout: Capture::start(stdout),
            stderr: Capture::start(stderr),
            child: Mutex::new(child),
        })
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns how it has ended; `None` as long as it runs.
    pub(crate) fn ended(&self) -> Option<ExitStatus> {
        self.child().try_wait().ok().flatten()
    }

    /// Waits for it to end by itself.
    pub(crate) fn wait(&self, timeout: Duration) -> Option<ExitStatus> {
        limits::poll(timeout, || self.ended())
    }

    /// Ends it if it still runs, reaps it, and waits until all it printed has been read.
    pub(crate) fn end(&self) {
        let mut child = self.child();
        if matches!(child.try_wait(), Ok(None)) {
            self.ended_by_us.store(true, Ordering::Relaxed);
        }
        // Both fail only for a process that has ended and been reaped already.
        let _ = child.kill();
        let _ = child.wait();
        drop(child);
        for pipe in [&self.stdout, &self.stderr] {
            // The pipe ends with the program, unless a child of its own has inherited it.
            pipe.wait_for(PROGRESS_TIMEOUT, |output| output.ended.then_some(()));
        }
    }

    /// Closes its stdin: a read there returns 0.
    pub(crate) fn close_stdin(&self) {
        self.stdin().take();
    }

    /// Writes `words` to its stdin: a few, which the pipe has room for. If it no longer reads, that shows
    /// when it is heard.
    pub(crate) fn write_stdin(&self, words: &str) {
        if let Some(stdin) = self.stdin().as_mut() {
            let _ = stdin.write_all(words.as_bytes());
        }
    }

    /// Returns whether it has read all that was written to its stdin; `None` where the system does not tell.
    pub(crate) fn has_read_stdin(&self) -> Option<bool> {
        #[cfg(target_os = "linux")]
        return rustix::io::ioctl_fionread(self.stdin().as_ref()?).ok().map(|waiting| waiting == 0);
        #[cfg(not(target_os = "linux"))]
        None
    }

    fn stdin(&self) -> MutexGuard<'_, Option<ChildStdin>> {
        self.stdin.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns its id, as long as it runs. A process that has ended still has a place in `/proc` until it is
    /// reaped, with nothing in it.
    pub(crate) fn running(&self) -> Result<u32, Failure> {
        match self.ended() {
            None => Ok(self.id),
            Some(_) => Err(procfs::ended()),
        }
    }

    /// Returns whether the checker ended it.
    pub(crate) fn ended_by_us(&self) -> bool {
        self.ended_by_us.load(Ordering::Relaxed)
    }

    /// Returns the last lines of stderr, oldest first, at most `count`.
    pub(crate) fn stderr_tail(&self, count: usize) -> Vec<String> {
        let text = self.stderr.look(|output| String::from_utf8_lossy(&output.tail).into_owned());
        let lines: Vec<String> = text
            .lines()
            .map(printable)
            .filter(|line| !line.trim().is_empty() && !line.contains("RUST_BACKTRACE"))
            .collect();
        lines[lines.len().saturating_sub(count)..].to_vec()
    }

    /// Returns whether a thread of it has panicked. Rust says so on stderr, before it unwinds.
    pub(crate) fn panicked(&self) -> bool {
        self.stderr_contains("panicked at ")
    }

    /// Returns whether it stopped at the `todo!()` of a stub.
    pub(crate) fn stopped_at_todo(&self) -> bool {
        self.stderr_contains("not yet implemented")
    }

    fn stderr_contains(&self, words: &str) -> bool {
        let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(words);
        self.stderr.look(|output| has(&output.head) || has(&output.tail))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Makes a pipe as large as an unprivileged process may. A program that spins and
/// complains at every turn then shows as what it is, and not as one that sleeps in `write`.
#[cfg(target_os = "linux")]
fn grow_pipe(pipe: impl std::os::fd::AsFd) {
    const CAPACITY: usize = 1024 * 1024;
    // Without it, too, everything works; only a measurement is less sharp.
    let _ = rustix::pipe::fcntl_setpipe_size(pipe, CAPACITY);
}

#[cfg(not(target_os = "linux"))]
fn grow_pipe<P>(_pipe: P) {}

/// Says how a program ended, in words that follow "it ended".
pub(crate) fn how_it_ended(status: ExitStatus) -> Sentence {
    match status.code() {
        Some(code) => sentence! { vi: "mã thoát {code}", en: "exit code {code}" },
        None => sentence! { vi: "{status}", en: "{status}" },
    }
}

/// Returns the command line that starts `program`. Of many arguments, the first and the last.
pub(crate) fn command_line(program: &Path, arguments: &[String]) -> String {
    const SHOWN: usize = 6;
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    match arguments {
        [first, second, third, .., last] if arguments.len() > SHOWN => {
            format!("{name} {first} {second} {third} … {last} ({})", arguments.len())
        }
        _ => [&[name.into_owned()], arguments].concat().join(" "),
    }
}

/// Makes a line safe to print on a terminal, whatever the program wrote, and not too long.
pub(crate) fn printable(line: &str) -> String {
    const LONGEST: usize = 200;
    // These change the order in which letters stand (Unicode Standard Annex 9): a line could seem to say
    // what it does not.
    let reorders = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    line.chars().take(LONGEST).map(|c| if c.is_control() || reorders(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_replaces_control_and_reordering_characters() {
        assert_eq!(printable("ễ\x1b[2J\u{202e}b\r"), "ễ\u{fffd}[2J\u{fffd}b\u{fffd}");
    }

    #[test]
    fn command_line_shows_the_first_and_last_of_many_arguments() {
        let line = |count: usize| {
            let arguments: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
            command_line(Path::new("folder/program"), &arguments)
        };
        assert_eq!(line(0), "program");
        assert_eq!(line(6), "program 1 2 3 4 5 6");
        assert_eq!(line(41), "program 1 2 3 … 41 (41)");
    }
}
