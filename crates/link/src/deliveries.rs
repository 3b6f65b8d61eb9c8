//! Packets on their way, in the order in which they arrive.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::time::Duration;

/// What is on the wire: each item with the time of its arrival.
///
/// Items that arrive at the same time leave in the order in which they were pushed.
#[derive(Debug)]
pub struct Deliveries<T> {
    heap: BinaryHeap<Entry<T>>,
    pushed: u64,
}

impl<T> Deliveries<T> {
    /// An empty wire.
    pub fn new() -> Deliveries<T> {
        Deliveries { heap: BinaryHeap::new(), pushed: 0 }
    }

    /// Puts `item` on the wire; it arrives `at` that time.
    pub fn push(&mut self, at: Duration, item: T) {
        self.heap.push(Entry { at, nth: self.pushed, item });
        self.pushed += 1;
    }

    /// When the next item arrives; `None` when nothing is on the wire.
    pub fn next_at(&self) -> Option<Duration> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// The next item that has arrived by `now`.
    pub fn pop(&mut self, now: Duration) -> Option<T> {
        if self.next_at()? > now {
            return None;
        }
        self.heap.pop().map(|entry| entry.item)
    }

    /// How many items are on the wire.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// True when nothing is on the wire.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

impl<T> Default for Deliveries<T> {
    fn default() -> Deliveries<T> {
        Deliveries::new()
    }
}

#[derive(Debug)]
struct Entry<T> {
    at: Duration,
    nth: u64,
    item: T,
}

impl<T> Ord for Entry<T> {
    /// The earliest is the greatest: a `BinaryHeap` gives the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.nth).cmp(&(self.at, self.nth))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<T> Eq for Entry<T> {}
