//! What a link does to packets, in numbers.

use std::time::Duration;

/// What one direction of a network does to the packets that cross it.
///
/// ```
/// use std::time::Duration;
/// use link::{Conditions, megabits};
///
/// // 100 Mbit/s, 20 ms there and back when both directions are like this, one packet in a hundred lost.
/// let far_away =
///     Conditions { rate: Some(megabits(100)), delay: Duration::from_millis(10), loss: 0.01, ..Conditions::PERFECT };
/// ```
///
/// The parts act in the order in which a packet meets them: it waits in the queue, the transmitter sends it
/// at `rate`, the wire takes `delay`, and on the wire it may be lost, doubled or held back. So a lost packet
/// has used its share of the rate, as on a real link; `tc netem` drops it before (tc-netem(8)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// How fast the link sends, in bytes a second; `None` sends everything at once. With `Some(0)` nothing
    /// ever gets through.
    pub rate: Option<u64>,
    /// How long a packet travels after its last byte was sent, one way. The round trip is the `delay` of
    /// both directions together.
    pub delay: Duration,
    /// The share of packets that vanish on the wire, from 0.0 (none) to 1.0 (all). Each packet is lost or
    /// not by itself; real losses come in bursts as well (RFC 3357).
    pub loss: f64,
    /// The share of packets that arrive twice, from 0.0 to 1.0. The copy is sent right behind its original.
    pub duplicate: f64,
    /// The share of packets that are held back for [`Conditions::held_back`], so that later ones overtake
    /// them, from 0.0 to 1.0.
    pub reorder: f64,
    /// How many bytes may wait for the transmitter, the packet being sent included. A packet that finds no
    /// room is dropped ("tail drop", RFC 7567 section 2.1). An idle link takes any packet. Without a `rate`
    /// nobody waits.
    pub queue: u64,
}

impl Conditions {
    /// No limit, no delay, no loss. Its queue counts as soon as a rate is set: 256 KiB, about what
    /// 100 Mbit/s carry in a round trip of 20 ms, the classic size of a router's buffer.
    pub const PERFECT: Conditions =
        Conditions { rate: None, delay: Duration::ZERO, loss: 0.0, duplicate: 0.0, reorder: 0.0, queue: 256 * 1024 };

    /// By how much a packet chosen by `reorder` is late: half the delay, and at least 2 ms, so that a link
    /// without delay reorders too. Only packets sent within that time can overtake it.
    pub fn held_back(&self) -> Duration {
        (self.delay / 2).max(Duration::from_millis(2))
    }
}

impl Default for Conditions {
    fn default() -> Conditions {
        Conditions::PERFECT
    }
}

/// A rate in bytes a second from one in megabits a second, the unit in which links are sold:
/// `megabits(100)` is 12,500,000.
pub const fn megabits(per_second: u64) -> u64 {
    per_second.saturating_mul(125_000)
}
