//! The core: what happens to each packet, and when.

use std::time::Duration;

use oorandom::Rand64;

use crate::Conditions;

/// One direction of a network, between one packet and the next.
///
/// Times are durations since the link came up; the caller brings them along. What chance decides (lost,
/// doubled, held back) depends on the seed and on a packet's number only, never on the time: the packets
/// with the numbers 3 and 17 are lost in a simulation, on a fast machine and on a slow one alike.
#[derive(Clone, Debug)]
pub struct Link {
    conditions: Conditions,
    chance: Rand64,
    /// The latest time we were told: a link does not go back in time.
    now: Duration,
    /// When the transmitter has sent all that it accepted.
    free_at: Duration,
    counts: Counts,
}

/// What happens to one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It arrives.
    Delivered {
        /// When its last byte arrives.
        at: Duration,
        /// When a copy of it arrives, if the link doubled it.
        copy: Option<Duration>,
    },
    /// It does not arrive.
    Dropped(Dropped),
}

/// Why a packet does not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// It vanished on the wire.
    Lost,
    /// It found no room in the queue in front of the transmitter.
    QueueFull,
}

/// What a link has done so far, in packets. Always: `delivered + lost + queue_full == offered + duplicates`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packets that were given to the link.
    pub offered: u64,
    /// Copies that the link made.
    pub duplicates: u64,
    /// Packets and copies that arrive, those still on the wire included.
    pub delivered: u64,
    /// Packets that vanished on the wire.
    pub lost: u64,
    /// Packets that found the queue full.
    pub queue_full: u64,
    /// Packets among the delivered that were held back.
    pub reordered: u64,
}

impl Link {
    /// A link under `conditions`, whose chances follow from `seed`.
    pub fn new(conditions: Conditions, seed: u64) -> Link {
        Link {
            conditions,
            chance: Rand64::new(seed.into()),
            now: Duration::ZERO,
            free_at: Duration::ZERO,
            counts: Counts::default(),
        }
    }

    /// The two directions of a path, forward and back. Both follow from `seed`, and not in step.
    pub fn both_ways(forward: Conditions, back: Conditions, seed: u64) -> [Link; 2] {
        [Link::new(forward, seed), Link::new(back, !seed)]
    }

    /// Decides what happens to a packet of `bytes` that is given to the link at the time `now`. A time
    /// earlier than that of the previous packet counts as that packet's time.
    pub fn transmit(&mut self, now: Duration, bytes: usize) -> Outcome {
        self.now = self.now.max(now);
        self.counts.offered += 1;
        // Every packet draws all three, so that the next one's chances do not depend on this one's outcome.
        let [lost, doubled, held] = [self.conditions.loss, self.conditions.duplicate, self.conditions.reorder]
            .map(|probability| self.chance(probability));
        let Some(sent) = self.send(bytes) else {
            self.counts.queue_full += 1;
            return Outcome::Dropped(Dropped::QueueFull);
        };
        if lost {
            self.counts.lost += 1;
            return Outcome::Dropped(Dropped::Lost);
        }
        let late = if held { self.conditions.held_back() } else { Duration::ZERO };
        let at = sent.saturating_add(self.conditions.delay).saturating_add(late);
        // A copy that finds no room in the queue is not made.
        let copy = if doubled { self.send(bytes) } else { None };
        let copy = copy.map(|sent| sent.saturating_add(self.conditions.delay));
        self.counts.reordered += u64::from(held);
        self.counts.duplicates += u64::from(copy.is_some());
        self.counts.delivered += 1 + u64::from(copy.is_some());
        Outcome::Delivered { at, copy }
    }

    /// The first time, from `now` on, at which a packet of `bytes` finds room in the queue: for a sender
    /// that would wait and not lose it. [`Duration::MAX`] when that time never comes.
    pub fn fits_at(&self, now: Duration, bytes: usize) -> Duration {
        let now = self.now.max(now);
        match self.conditions.rate {
            None => now,
            Some(0) => Duration::MAX,
            Some(rate) => {
                let others = self.conditions.queue.saturating_sub(bytes as u64);
                // Rounded down: a nanosecond late still fits, a nanosecond early would not.
                now.max(self.free_at.saturating_sub(nanoseconds(u128::from(others) * SECOND / u128::from(rate))))
            }
        }
    }

    /// The conditions that the link was made with.
    pub fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// What the link has done so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    fn chance(&mut self, probability: f64) -> bool {
        self.chance.rand_float() < probability
    }

    /// When the last byte of `bytes` has left the transmitter; `None` when they find no room in the queue.
    fn send(&mut self, bytes: usize) -> Option<Duration> {
        let Some(rate) = self.conditions.rate else { return Some(self.now) };
        if rate == 0 || self.fits_at(self.now, bytes) > self.now {
            return None;
        }
        // Rounded up: the link is never faster than its rate.
        let takes = nanoseconds((bytes as u128 * SECOND).div_ceil(u128::from(rate)));
        self.free_at = self.free_at.max(self.now).saturating_add(takes);
        Some(self.free_at)
    }
}

impl Outcome {
    /// The times at which the packet arrives: none, one or two.
    pub fn arrivals(self) -> impl Iterator<Item = Duration> {
        let (at, copy) = match self {
            Outcome::Delivered { at, copy } => (Some(at), copy),
            Outcome::Dropped(_) => (None, None),
        };
        at.into_iter().chain(copy)
    }
}

/// Nanoseconds in a second.
const SECOND: u128 = 1_000_000_000;

fn nanoseconds(count: u128) -> Duration {
    Duration::from_nanos(u64::try_from(count).unwrap_or(u64::MAX))
}
