//! The two programs of a transport, as CONTRACT.md describes them, and files to send.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use narrate::testing::{Failed, must};

/// The program that is tested.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_lesson21");
/// An unoptimised build on a busy machine may take a while, but not as long as this.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running program that is asked and told line by line. Ends when it is dropped.
struct Lines {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<String>,
}

impl Lines {
    fn start(arguments: &[&str]) -> Result<Lines, Failed> {
        // What a server says of the peers that harm it would bury what the tests say.
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("no stdout")?;
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Lines { child, input, output: receiver })
    }

    fn next(&self, what: &str) -> Result<String, Failed> {
        self.output.recv_timeout(DEADLINE).map_err(|why| format!("{what}: no line came: {why}").into())
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        drop(self.input.take()); // both programs end with their input; a test that failed does not wait for it
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `serve NAME`.
pub struct Server {
    lines: Lines,
    pub address: String,
}

impl Server {
    pub fn start(name: &str) -> Result<Server, Failed> {
        let lines = Lines::start(&["serve", name])?;
        let first = lines.next("serve")?;
        let address = first.strip_prefix("LISTENING ").ok_or_else(|| format!("serve said {first}"))?.to_owned();
        Ok(Server { lines, address })
    }

    /// The address without what some transports put behind it.
    pub fn place(&self) -> &str {
        match self.address.split_once('/') {
            Some((place, _)) if !place.is_empty() => place,
            _ => &self.address,
        }
    }

    /// The most memory that was ever resident, in KiB; `None` where `/proc` does not tell.
    pub fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.lines.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().split(' ').next()?.parse().ok()
    }
}

/// `drive NAME ADDRESS`.
pub struct Driver(Lines);

impl Driver {
    /// A driver that has connected.
    pub fn start(name: &str, server: &Server, frames: &Frames) -> Result<Driver, Failed> {
        let folder = frames.0.path().to_str().ok_or("a path that is no UTF-8")?;
        let lines = Lines::start(&["drive", name, &server.address, "--frames", folder])?;
        match lines.next("drive")?.as_str() {
            "READY" => Ok(Driver(lines)),
            other => Err(format!("drive said {other}").into()),
        }
    }

    /// Has a frame of `length` bytes sent, announced with its checksum or with another one. The acknowledgement must
    /// tell what has arrived.
    pub fn send(&mut self, number: u64, length: usize, lie: bool, frames: &Frames) -> Result<(), Failed> {
        let (file, checksum) = frames.file("one.bin", length)?;
        let answer = self.ask(&format!("send {number} {:016x} {}", checksum ^ u64::from(lie), file.display()))?;
        let right = format!("ack {number} {checksum:016x}");
        must(answer == right, || format!("{length} bytes: {answer}, expected {right}"))
    }

    /// The answer to a line.
    pub fn ask(&mut self, line: &str) -> Result<String, Failed> {
        writeln!(self.0.input.as_mut().ok_or("no stdin")?, "{line}")?;
        self.0.next(line)
    }
}

/// A folder with payloads.
pub struct Frames(tempfile::TempDir);

impl Frames {
    pub fn new() -> Result<Frames, Failed> {
        Ok(Frames(tempfile::tempdir()?))
    }

    /// A file of `length` bytes that do not repeat within it; the second value is its XXH3-64.
    pub fn file(&self, name: &str, length: usize) -> Result<(PathBuf, u64), Failed> {
        let payload = payload(length);
        let path = self.0.path().join(name);
        fs::write(&path, &payload)?;
        Ok((path, xxhash_rust::xxh3::xxh3_64(&payload)))
    }
}

/// `length` bytes, other ones at every place: a swapped or repeated piece is another checksum.
pub fn payload(length: usize) -> Vec<u8> {
    (0..length.div_ceil(8) as u64)
        .flat_map(|at| (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes())
        .take(length)
        .collect()
}
