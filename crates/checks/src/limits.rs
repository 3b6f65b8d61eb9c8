//! How long we wait and how much we take. Nothing here waits for ever.

use std::time::{Duration, Instant};

/// A server has this long from its start to its `LISTENING` line; a client, to its connection.
pub const START_TIMEOUT: Duration = Duration::from_secs(5);

/// A read, a write or a connect that makes no progress for this long has failed.
pub const PROGRESS_TIMEOUT: Duration = Duration::from_millis(1500);

/// A transfer as a whole has failed after this long, even if a byte drips now and then.
pub const TRANSFER_DEADLINE: Duration = Duration::from_secs(10);

/// After a connection has gone, a program that is about to end has this long to be seen ended.
pub const EXIT_GRACE: Duration = Duration::from_millis(500);

/// How much of a program's output is kept from its beginning; the rest is drained and counted.
pub const OUTPUT_HEAD: usize = 64 * 1024;

/// How much of a program's output is kept from its end.
pub const OUTPUT_TAIL: usize = 4 * 1024;

/// A receive buffer that is soon full and makes our side a slow reader, in bytes.
pub const SMALL_BUFFER: usize = 4096;

/// A receive buffer that makes our side a quick reader again, in bytes.
pub const LARGE_BUFFER: usize = 1024 * 1024;

/// Looks again and again until `look` returns something or `timeout` has passed.
///
/// This is how a check waits for what the kernel does not announce. It is quick at first, so that
/// a condition which holds at once costs nothing.
pub fn poll<T>(timeout: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(20);
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if start.elapsed() >= timeout {
            return None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(2));
    }
}

/// Returns how many of `wanted` connections the descriptor limit allows. Ask before the program is started: it inherits
/// this program's limit of descriptors, and the soft one is raised to the hard one first.
#[cfg(target_os = "linux")]
pub(crate) fn max_connections(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// How many descriptors are needed besides, in all checks that run at the same time.
    const BESIDES: u64 = 256;
    /// How many checks may want this at the same time, when several variants are judged at once.
    const AT_ONCE: u64 = 8;
    let limit = getrlimit(Resource::Nofile);
    // May fail in a sandbox; then the soft limit is what there is.
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let most = if raised.is_ok() { limit.maximum } else { limit.current };
    let share = most.map_or(usize::MAX, |most| (most.saturating_sub(BESIDES) / AT_ONCE) as usize);
    wanted.min(share.max(1))
}

/// Returns how many of `wanted` connections the descriptor limit allows: macOS gives a program 256.
#[cfg(not(target_os = "linux"))]
pub(crate) fn max_connections(wanted: usize) -> usize {
    const FEW: usize = 64;
    wanted.min(FEW)
}
