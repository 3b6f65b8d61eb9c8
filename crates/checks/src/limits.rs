//! How long we wait and how much we take. Nothing here waits for ever.

use std::time::{Duration, Instant};

/// A server has this long from its start to its `LISTENING` line; a client, to its call.
pub const START: Duration = Duration::from_secs(5);

/// A read, a write or a connect that makes no progress for this long has failed.
pub const STEP: Duration = Duration::from_millis(1500);

/// A transfer as a whole has failed after this long, even if a byte drips now and then.
pub const TRANSFER: Duration = Duration::from_secs(10);

/// After a connection has gone, a program that is about to end has this long to be seen ended.
pub const LAST_BREATH: Duration = Duration::from_millis(500);

/// How much of a program's output is kept from its beginning; the rest is drained and counted.
pub const OUTPUT_HEAD: usize = 64 * 1024;

/// How much of a program's output is kept from its end.
pub const OUTPUT_TAIL: usize = 4 * 1024;

/// Looks again and again until `look` returns something or `patience` has passed.
///
/// This is how a check waits for what the kernel does not announce. It is quick at first, so that
/// a condition which holds at once costs nothing.
pub fn poll<T>(patience: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(20);
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if start.elapsed() >= patience {
            return None;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}
