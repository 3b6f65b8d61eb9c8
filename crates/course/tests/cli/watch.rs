//! `watch` in a plain pipe: line by line, keys as lines.

#[cfg(target_os = "linux")]
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
#[cfg(target_os = "linux")]
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::fixture::{Fixture, tasks};

/// Longer than any build of a small program on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

struct Watch {
    child: Child,
    keys: ChildStdin,
    lines: Receiver<String>,
}

impl Watch {
    fn start(course: &Fixture) -> Watch {
        let mut command = course.command("");
        command.args(["watch", "03", "echo"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let keys = child.stdin.take().unwrap();
        let out = child.stdout.take().unwrap();
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Watch { child, keys, lines }
    }

    /// Reads until a line contains `words`.
    fn until(&self, words: &str) {
        let end = Instant::now() + DEADLINE;
        let mut seen = String::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(words) => return,
                Ok(line) => seen += &format!("{line}\n"),
                Err(error) => panic!("no {words:?} ({error}) in:\n{seen}"),
            }
        }
    }

    /// Presses q and waits for the end.
    fn quit(&mut self) -> ExitStatus {
        self.press("q");
        // The pipe ends when the process does.
        let end = loop {
            if let Err(end) = self.lines.recv_timeout(DEADLINE) {
                break end;
            }
        };
        assert_eq!(end, RecvTimeoutError::Disconnected, "it does not quit");
        self.child.wait().unwrap()
    }

    fn press(&mut self, key: &str) {
        writeln!(self.keys, "{key}").unwrap();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn it_judges_at_each_save_and_obeys_keys() {
    let course = Fixture::new();
    let mut watch = Watch::start(&course);
    watch.until("Watching");
    watch.until("Not started.");

    watch.press("h");
    watch.until("03 echo · hint 1 of ");

    course.solve(|solution| solution.replace("let mut buffer", "let buffer"));
    watch.until("error[E0596]");
    watch.until("does not compile");

    course.solve(|solution| solution);
    watch.until("✓");
    watch.until("1 of ");

    watch.press("l");
    watch.until("h gợi ý");
    assert_eq!(course.read(".course/lang"), "vi\n");
    watch.press("r");
    watch.until("kiểm tra");
    if let Some(other) = tasks(3).find(|task| *task != "echo") {
        watch.press("n");
        watch.until(&format!("03 · {other}"));
        watch.until("Chưa bắt đầu.");
        assert!(course.read(".course/progress.json").contains(&format!("\"at\": \"03/{other}\"")));
    }

    assert!(watch.quit().success());
}

/// A server that never answers keeps the checks busy; who quits meanwhile leaves none behind.
#[cfg(target_os = "linux")]
#[test]
fn quitting_leaves_no_program_running() {
    let course = Fixture::new();
    let pids = mute_server(&course);
    let mut watch = Watch::start(&course);
    watch.until("Watching");
    until_started(&pids);
    assert!(watch.quit().success());
    none_runs(&pids);
}

/// Nor does who stops reading what we print: `cargo course watch | head`.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_who_leaves_leaves_no_program_running() {
    let course = Fixture::new();
    let pids = mute_server(&course);
    let mut command = course.command("");
    command.args(["watch", "03", "echo"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    until_started(&pids);
    drop(child.stdout.take());
    writeln!(child.stdin.as_ref().unwrap(), "h").unwrap(); // it has something to say, and cannot
    assert!(child.wait().unwrap().success());
    none_runs(&pids);
}

/// Puts a server in exercise that holds every call without a word, and writes down its process ids.
#[cfg(target_os = "linux")]
fn mute_server(course: &Fixture) -> PathBuf {
    let pids = course.path("pids");
    std::fs::create_dir(&pids).unwrap();
    course.write(
        crate::fixture::ECHO,
        &format!(
            "fn main() -> std::io::Result<()> {{
                std::fs::write(format!(\"{}/{{}}\", std::process::id()), \"\")?;
                let listener = std::net::TcpListener::bind(\"127.0.0.1:0\")?;
                println!(\"LISTENING {{}}\", listener.local_addr()?);
                let _held: Vec<_> = listener.incoming().collect();
                Ok(())
            }}",
            pids.display()
        ),
    );
    pids
}

#[cfg(target_os = "linux")]
fn started(pids: &Path) -> Vec<OsString> {
    std::fs::read_dir(pids).unwrap().map(|pid| pid.unwrap().file_name()).collect()
}

#[cfg(target_os = "linux")]
fn until_started(pids: &Path) {
    let end = Instant::now() + DEADLINE;
    while started(pids).is_empty() {
        assert!(Instant::now() < end, "the program was never started");
        thread::sleep(Duration::from_millis(10)); // a bounded poll: nothing tells us of a new file
    }
}

#[cfg(target_os = "linux")]
fn none_runs(pids: &Path) {
    for pid in started(pids) {
        let program = std::fs::read_link(Path::new("/proc").join(&pid).join("exe"));
        assert!(!program.is_ok_and(|path| path.ends_with("ex03-echo")), "{pid:?} still runs");
    }
}
