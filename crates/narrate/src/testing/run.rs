//! Runs the lesson's program and keeps what it prints.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use super::must;

/// A story ends within about ten seconds; a slow machine gets more before we give up on it.
const DEADLINE: Duration = Duration::from_secs(60);

/// Bytes of what a server prints that are remembered.
const REMEMBERED: usize = 1024 * 1024;

/// A program to run: a lesson, or one that starts a lesson.
pub struct Program(pub PathBuf);

/// What a run printed, and how it ended.
pub struct ProgramOutput {
    /// What went to stdout.
    pub stdout: String,
    /// What went to stderr.
    pub stderr: String,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
}

impl Program {
    /// Runs to the end. The language is the one in `arguments`, or none was chosen.
    ///
    /// # Errors
    /// When it does not start, does not end, or prints what is not UTF-8.
    pub fn run(&self, arguments: &[&str]) -> Result<ProgramOutput, Failed> {
        self.run_typing(arguments, "")
    }

    /// Runs to the end, with `typed` as the input. A program that ends before it has read its input is judged,
    /// as any other, by what it said and by its exit code.
    ///
    /// # Errors
    /// As [`Program::run`].
    pub fn run_typing(&self, arguments: &[&str], typed: &str) -> Result<ProgramOutput, Failed> {
        let mut command = self.command(arguments);
        if !typed.is_empty() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            match stdin.write_all(typed.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {} // it has refused and ended
                written => written?,
            }
        }
        let id = child.id();
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait_with_output()));
        let output: Output = receiver
            .recv_timeout(DEADLINE)
            .map_err(|_| format!("{arguments:?} did not end within {DEADLINE:?} (process {id})"))??;
        Ok(ProgramOutput {
            stdout: String::from_utf8(output.stdout)?,
            stderr: String::from_utf8(output.stderr)?,
            code: output.status.code(),
        })
    }

    /// Runs the whole story, which must end with exit code 0.
    pub(crate) fn story(&self, arguments: &[&str]) -> Result<String, Failed> {
        let output = self.run(arguments)?;
        must(output.code == Some(0), || format!("{arguments:?} ended with {:?}: {}", output.code, output.stderr))?;
        Ok(output.stdout)
    }

    /// Starts `serve` with `arguments` and reads the address that it prints first.
    ///
    /// # Errors
    /// When it does not start, or prints something else.
    pub fn serve(&self, arguments: &[&str]) -> Result<Server, Failed> {
        let mut child = self.command(&[&["serve"], arguments].concat()).spawn()?;
        let stdout = child.stdout.take().ok_or("no stdout")?;
        let output = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&output);
        let mut server = Server { child, address: String::new(), output };
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            let mut line = String::new();
            let _ = stdout.by_ref().take(1000).read_line(&mut line);
            let _ = sender.send(line);
            // To the end: a server that cannot print would end.
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut piece) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() < REMEMBERED {
                    kept.extend_from_slice(&piece[..count]);
                }
            }
        });
        let line = receiver.recv_timeout(DEADLINE).map_err(|_| "serve printed nothing")?;
        let address = line.trim().strip_prefix("LISTENING ").ok_or(format!("the first line of serve is {line:?}"))?;
        server.address = address.to_owned();
        Ok(server)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(arguments).env_remove("COURSE_LANG").env("LC_ALL", "C");
        command.current_dir(std::env::temp_dir()); // outside the course: no `.course/lang`
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

/// A server that runs until this value is dropped.
pub struct Server {
    child: Child,
    /// What stands behind `LISTENING`.
    pub address: String,
    /// What it has printed after that.
    output: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    /// Waits until it has printed each of these, and gives back all that it has printed.
    ///
    /// # Errors
    /// When it has not printed them in time.
    pub fn wait_printed(&self, words: &[&str]) -> Result<String, Failed> {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let output = self.output.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let output = String::from_utf8_lossy(&output).into_owned();
            let Some(missing) = words.iter().find(|word| !output.contains(**word)) else { return Ok(output) };
            must(Instant::now() < deadline, || format!("{missing:?} is not in what serve prints: {output}"))?;
            thread::sleep(Duration::from_millis(10)); // bounded poll: another process prints
        }
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn run_typing_judges_a_program_that_ends_before_it_reads_its_input() {
        // More than a pipe holds: the write cannot succeed before the program has ended.
        let typed = "xin chao\n".repeat(100_000);
        let output = Program("sh".into()).run_typing(&["-c", "echo refused >&2; exit 3"], &typed).unwrap();
        assert_eq!((output.code, output.stderr.as_str()), (Some(3), "refused\n"));
    }
}

/// The program ended with `code`, named what was wrong, and did not panic.
pub(super) fn refuses(output: &ProgramOutput, code: i32, named: &str, arguments: &[&str]) -> Result<(), Failed> {
    must(output.code == Some(code), || format!("{arguments:?} ended with {:?}: {}", output.code, output.stderr))?;
    must(output.stderr.contains(named), || format!("{arguments:?} does not name {named}: {}", output.stderr))?;
    must(!output.stderr.contains("panicked"), || format!("{arguments:?} panicked: {}", output.stderr))
}
