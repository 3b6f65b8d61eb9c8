//! What Linux shows of a process and its threads in `/proc` (see proc(5)); `None` on other systems.

use std::fs;
use std::time::{Duration, Instant};

/// How long to wait for a thread to fall asleep. After that, what it does instead is shown.
const DEADLINE: Duration = Duration::from_secs(1);

/// Waits until the thread of this name sleeps, and returns its state in the kernel's words: `S (sleeping)`.
pub(crate) fn wait_asleep(name: &str) -> Option<String> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        let state = thread_state(name)?;
        if state.as_ref().is_some_and(|state| state.starts_with('S')) || Instant::now() > deadline {
            return state;
        }
        std::thread::yield_now();
    }
}

/// Returns the state of the thread of this name: the inner `None` while there is none.
fn thread_state(name: &str) -> Option<Option<String>> {
    let threads = fs::read_dir("/proc/self/task").ok()?;
    let mut statuses = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok());
    Some(statuses.find(|status| field(status, "Name").as_deref() == Some(name)).and_then(|it| field(&it, "State")))
}

/// What a process uses.
pub(crate) struct ResourceUsage {
    /// Threads of the process.
    pub(crate) threads: u64,
    /// Descriptors that are open.
    pub(crate) descriptors: usize,
    /// Bytes of its memory that are in RAM (resident set size).
    pub(crate) resident: u64,
}

/// Returns what the process with this number uses now.
// ANCHOR: usage
pub(crate) fn usage(pid: u32) -> Option<ResourceUsage> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    Some(ResourceUsage {
        threads: field(&status, "Threads")?.parse().ok()?,
        descriptors: fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count(),
        resident: kibibytes(&status, "VmRSS")?,
    })
}
// ANCHOR_END: usage

/// Returns the bytes that the kernel uses for its own objects and cannot give back: among them every socket of
/// the machine.
pub(crate) fn kernel_objects() -> Option<u64> {
    kibibytes(&fs::read_to_string("/proc/meminfo").ok()?, "SUnreclaim")
}

/// Parses `Name:   12 kB`, in bytes.
fn kibibytes(text: &str, name: &str) -> Option<u64> {
    Some(field(text, name)?.strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
}

/// Returns what stands behind `Name:`.
fn field(text: &str, name: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    Some(value.trim().to_owned())
}
