//! A program that the lab has started: what it says, line by line, with a deadline for each.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take to end once its standard input has ended.
const EXIT_GRACE: Duration = Duration::from_secs(3);
/// How much of what a program complains about is kept, in bytes: the last of it says why it ended.
const STDERR_TAIL: usize = 4096;

/// A program of the lab's. Dropped, it is ended: by the end of its standard input, and if that does not help, by force.
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    stderr: Arc<Mutex<String>>,
}

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn start(command: &mut Command) -> Result<Process, String> {
        let shown = format!("{command:?}");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|why| format!("{shown}: {why}"))?;
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
            });
        }
        let tail = Arc::new(Mutex::new(String::new()));
        if let Some(stderr) = child.stderr.take() {
            let kept = Arc::clone(&tail);
            thread::spawn(move || keep(stderr, &kept));
        }
        Ok(Process { stdin: child.stdin.take(), child, lines, stderr: tail })
    }

    /// The kernel's number of it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line that it says.
    ///
    /// # Errors
    /// When it says nothing for that long, or has ended: then with what it complained about.
    pub fn read_line(&mut self, within: Duration) -> Result<String, String> {
        self.lines.recv_timeout(within).map_err(|why| match why {
            RecvTimeoutError::Timeout => format!("no answer within {} s{}", within.as_secs_f32(), self.stderr_tail()),
            RecvTimeoutError::Disconnected => format!("it has ended{}", self.stderr_tail()),
        })
    }

    /// A line that it has said already, or says within that time; silence is no error.
    pub fn try_read_line(&mut self, within: Duration) -> Option<String> {
        self.lines.recv_timeout(within).ok()
    }

    /// Says a line to it.
    ///
    /// # Errors
    /// When it no longer listens.
    pub fn send_line(&mut self, line: &str) -> Result<(), String> {
        let sent = match &mut self.stdin {
            Some(stdin) => writeln!(stdin, "{line}").and_then(|()| stdin.flush()),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        };
        sent.map_err(|why| format!("{why}{}", self.stderr_tail()))
    }

    fn stderr_tail(&self) -> String {
        let kept = self.stderr.lock().map(|kept| kept.trim().to_owned()).unwrap_or_default();
        match kept.lines().last() {
            Some(last) => format!(" ({last})"),
            None => String::new(),
        }
    }

    /// Ends it and waits until it is gone.
    fn end(&mut self) {
        self.stdin = None;
        if self.ended_within(EXIT_GRACE) {
            return;
        }
        // It may have ended in this very moment: then there is nothing left to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn ended_within(&mut self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        // Its standard output ends with it: that is an event to wait for. What is left then takes a moment: a tracer
        // config it writes down what it has seen.
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        while !matches!(self.child.try_wait(), Ok(Some(_))) {
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(Duration::from_millis(1));
        }
        true
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

fn keep(mut from: impl Read, kept: &Mutex<String>) {
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = from.read(&mut piece) {
        let Ok(mut kept) = kept.lock() else { return };
        kept.push_str(&String::from_utf8_lossy(&piece[..count]));
        if kept.len() > STDERR_TAIL {
            let cut =
                (kept.len() - STDERR_TAIL..kept.len()).find(|at| kept.is_char_boundary(*at)).unwrap_or(kept.len());
            kept.drain(..cut);
        }
    }
}
