//! How much may be on its way, and how long to wait for word of it. TCP does this for every connection, in the
//! kernel, out of sight. A sender of datagrams without it fills the receiver's buffer, or a router's, and
//! loses most of them.

use std::time::Duration;

/// Datagrams that may go out before anything is known about the path (RFC 6928).
const AT_FIRST: usize = 10;
/// The least that the window shrinks to, in datagrams.
const AT_LEAST: usize = 2;

/// The congestion window, as Reno has it (RFC 5681).
pub(super) struct Window {
    bytes: usize,
    /// Below this it doubles each round trip, which is called slow start. Above, it grows by one datagram.
    threshold: usize,
    datagram: usize,
    /// Losses of what was sent before this sequence number belong to a halving that has been done.
    halved_at: u64,
}

impl Window {
    pub(super) fn new(datagram: usize) -> Window {
        Window { bytes: AT_FIRST * datagram, threshold: usize::MAX, datagram, halved_at: 0 }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// So many bytes have arrived. A window that was not used up says nothing about the path, and does not grow.
    pub(super) fn arrived(&mut self, bytes: usize, on_their_way: usize, capacity: usize) {
        if on_their_way < self.bytes / 2 || self.bytes >= capacity {
            return;
        }
        self.bytes += if self.bytes < self.threshold { bytes } else { self.datagram * bytes / self.bytes };
    }

    /// A datagram was lost: somewhere a queue is full. Half as much from now on, once per round trip.
    pub(super) fn lost(&mut self, sequence: u64, next: u64) {
        if sequence >= self.halved_at {
            self.halved_at = next;
            self.threshold = (self.bytes / 2).max(AT_LEAST * self.datagram);
            self.bytes = self.threshold;
        }
    }

    /// Nothing has been heard for a long time: whatever was known about the path holds no more.
    pub(super) fn silence(&mut self) {
        self.threshold = (self.bytes / 2).max(AT_LEAST * self.datagram);
        self.bytes = AT_LEAST * self.datagram;
    }
}

/// How long an answer takes (RFC 6298).
pub(super) struct RoundTrip {
    smoothed: Duration,
    variation: Duration,
    latest: Duration,
}

/// A server may be busy with a frame before it reads on.
const BUSY: Duration = Duration::from_millis(25);

impl RoundTrip {
    pub(super) fn new(first: Duration) -> RoundTrip {
        RoundTrip { smoothed: first, variation: first / 2, latest: first }
    }

    pub(super) fn measured(&mut self, took: Duration) {
        self.latest = took;
        self.variation = (self.variation * 3 + self.smoothed.abs_diff(took)) / 4;
        self.smoothed = (self.smoothed * 7 + took) / 8;
    }

    /// After so long without a word something must have been lost. Twice as long each time: the path may be slower now.
    pub(super) fn timeout(&self, times: u32) -> Duration {
        (self.smoothed + self.variation * 4 + BUSY) * 2_u32.pow(times.min(6))
    }

    /// A datagram that is so old, while one that was sent later is there, has been lost (RFC 9002, 6.1.2).
    pub(super) fn overdue(&self) -> Duration {
        self.smoothed.max(self.latest) * 9 / 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn window_doubles_halves_once_then_grows_by_a_datagram_each_round_trip() {
        let mut window = Window::new(1_000);
        window.arrived(10_000, 10_000, usize::MAX);
        assert_eq!(window.bytes(), 20_000);
        window.lost(5, 30);
        window.lost(29, 35);
        assert_eq!(window.bytes(), 10_000);
        window.arrived(10_000, 10_000, usize::MAX);
        assert_eq!(window.bytes(), 11_000);
        window.lost(30, 50);
        assert_eq!(window.bytes(), 5_500);
        window.silence();
        assert_eq!(window.bytes(), 2_000);
    }

    #[test]
    fn window_does_not_grow_unused_or_beyond_the_capacity() {
        let mut window = Window::new(1_000);
        window.arrived(1_000, 4_999, usize::MAX);
        window.arrived(1_000, 10_000, 10_000);
        assert_eq!(window.bytes(), 10_000);
    }

    #[test]
    fn timeout_follows_the_round_trip() {
        let mut trip = RoundTrip::new(Duration::from_millis(1));
        (0..200).for_each(|_| trip.measured(Duration::from_millis(100)));
        let timeout = trip.timeout(0);
        assert!((125..130).contains(&timeout.as_millis()), "{timeout:?}");
        assert_eq!(trip.timeout(2), timeout * 4);
        assert_eq!(trip.timeout(u32::MAX), timeout * 64);
    }
}
