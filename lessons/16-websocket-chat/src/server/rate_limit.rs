//! Limits how fast one member may send.
//!
//! A full queue belongs to a member that does not read: this is what the room looks at. But a member that
//! floods the room fills the queues of all the others, and they would be removed in its place. So a member
//! over its rate is not read for a while; its own socket buffers fill up, and its program has to wait.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// What a message costs, whatever it holds: 100 messages a second.
const MESSAGE_COST: Duration = Duration::from_millis(10);
/// How many bytes may come in a second besides: about eight pictures of the largest size.
const BYTES_PER_SECOND: f64 = 512.0 * 1024.0;

/// A leaky bucket for one member, measured in time.
pub(super) struct RateLimit {
    /// How far ahead of its rate the member may be: pasted text comes in a burst.
    burst: Duration,
    /// When everything it has sent so far would have been sent at its rate.
    due: Instant,
}

impl RateLimit {
    pub(super) fn new(burst: Duration) -> RateLimit {
        RateLimit { burst, due: Instant::now() }
    }

    /// Counts a message of `bytes` bytes, and waits while the member is more than a burst ahead.
    pub(super) async fn consume(&mut self, bytes: usize) {
        let now = Instant::now();
        self.due = self.due.max(now) + MESSAGE_COST + Duration::from_secs_f64(bytes as f64 / BYTES_PER_SECOND);
        let wait = (self.due - now).saturating_sub(self.burst);
        if !wait.is_zero() {
            sleep(wait).await; // a sleep of zero would still take a millisecond
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns how far ahead of its rate a member is after `messages` of `bytes` each that came at once.
    fn ahead_after(messages: u32, bytes: usize) -> Duration {
        let mut limit = RateLimit::new(Duration::MAX);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let since = Instant::now();
        (0..messages).for_each(|_| runtime.block_on(limit.consume(bytes)));
        limit.due - since
    }

    #[test]
    fn consume_charges_each_message_and_each_byte() {
        assert!(ahead_after(100, 0) >= Duration::from_secs(1));
        assert!(ahead_after(1, 512 * 1024) >= Duration::from_secs(1));
    }

    #[test]
    fn consume_waits_once_the_burst_is_spent() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (mut limit, since) = (RateLimit::new(3 * MESSAGE_COST), Instant::now());
        (0..5).for_each(|_| runtime.block_on(limit.consume(0)));
        assert!(since.elapsed() >= 2 * MESSAGE_COST);
    }
}
