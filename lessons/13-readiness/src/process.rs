//! What Linux tells about a process and its threads in `/proc` (see proc(5)); `None` on other systems.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long to wait for a thread to fall asleep. What is shown is what it does then.
const PATIENCE: Duration = Duration::from_secs(1);

/// The thread that asks, as a folder in `/proc`.
pub(crate) fn this_thread() -> Option<PathBuf> {
    Some(PathBuf::from("/proc").join(fs::read_link("/proc/thread-self").ok()?))
}

/// Waits until the thread sleeps, and says in the kernel's words what it does: `S (sleeping)`.
pub(crate) fn asleep(thread: PathBuf) -> Option<String> {
    let state = || field(&fs::read_to_string(thread.join("status")).ok()?, "State");
    let deadline = Instant::now() + PATIENCE;
    while !state()?.starts_with('S') && Instant::now() < deadline {
        std::thread::yield_now();
    }
    state()
}

/// What a process uses.
pub(crate) struct Usage {
    /// Threads of the process.
    pub(crate) threads: u64,
    /// Descriptors that are open.
    pub(crate) descriptors: usize,
    /// Bytes of its memory that are in RAM (resident set size).
    pub(crate) resident: u64,
}

/// What the process with this number uses now.
// ANCHOR: usage
pub(crate) fn usage(pid: u32) -> Option<Usage> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    Some(Usage {
        threads: field(&status, "Threads")?.parse().ok()?,
        descriptors: fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count(),
        resident: kibibytes(&status, "VmRSS")?,
    })
}
// ANCHOR_END: usage

/// Bytes that the kernel uses for its own objects and cannot give back: among them every socket of the machine.
pub(crate) fn kernel_objects() -> Option<u64> {
    kibibytes(&fs::read_to_string("/proc/meminfo").ok()?, "SUnreclaim")
}

/// `Name:   12 kB` as bytes.
fn kibibytes(text: &str, name: &str) -> Option<u64> {
    Some(field(text, name)?.strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// What stands behind `Name:`.
fn field(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}
