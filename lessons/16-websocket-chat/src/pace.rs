//! How fast one member may speak.
//!
//! A queue that is full belongs to somebody who does not read: so the room sees it. One who floods makes
//! the queues of everybody full, and the others would have to go in its place. So whoever is ahead of
//! its pace is not read for a while; its own socket fills up, and its program waits.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// What a message costs, whatever it holds: a hundred in a second.
const MESSAGE: Duration = Duration::from_millis(10);
/// How many bytes may come in a second, beside that: some eight pictures of the largest size.
const BYTES: f64 = 512.0 * 1024.0;

/// The pace of one member: as a bucket that leaks, measured in time.
pub(crate) struct Pace {
    /// How far ahead it may be: what one pastes comes in a burst.
    ahead: Duration,
    /// When all that it has said would have been said at its pace.
    due: Instant,
}

impl Pace {
    pub(crate) fn new(ahead: Duration) -> Pace {
        Pace { ahead, due: Instant::now() }
    }

    /// Counts a message of so many bytes, and waits as long as its author is too far ahead.
    pub(crate) async fn spend(&mut self, bytes: usize) {
        let now = Instant::now();
        self.due = self.due.max(now) + MESSAGE + Duration::from_secs_f64(bytes as f64 / BYTES);
        let wait = (self.due - now).saturating_sub(self.ahead);
        if !wait.is_zero() {
            sleep(wait).await; // even of nothing at all it would make a millisecond
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far ahead `messages` of `bytes` each are, when they come at once and nobody makes them wait.
    fn ahead(messages: u32, bytes: usize) -> Duration {
        let mut pace = Pace::new(Duration::MAX);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let since = Instant::now();
        (0..messages).for_each(|_| runtime.block_on(pace.spend(bytes)));
        pace.due - since
    }

    #[test]
    fn a_message_costs_its_time_and_its_bytes_theirs() {
        assert!(ahead(100, 0) >= Duration::from_secs(1));
        assert!(ahead(1, 512 * 1024) >= Duration::from_secs(1));
    }

    #[test]
    fn who_is_too_far_ahead_waits() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (mut pace, since) = (Pace::new(3 * MESSAGE), Instant::now());
        (0..5).for_each(|_| runtime.block_on(pace.spend(0)));
        assert!(since.elapsed() >= 2 * MESSAGE);
    }
}
