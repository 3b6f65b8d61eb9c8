//! One direction of one connection: a stream on its way, in order.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::{Links, lock};

/// A stream on its way: bytes become readable when their delay has passed. The reader pushes at one end, the writer takes what has arrived at the other.
pub(super) struct DelayQueue {
    links: Arc<Links>,
    /// How many bytes may be on the way before the reader has to wait.
    most: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// What is on the way; the times never fall.
    pieces: VecDeque<(Duration, Piece)>,
    bytes: usize,
    /// When what was pushed last arrives.
    last: Duration,
    /// The reset that overtakes whatever the writer cannot get rid of.
    reset_at: Option<Duration>,
    over: bool,
}

/// What a queue carries.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Bytes of the stream.
    Bytes(Vec<u8>),
    /// Its end, a FIN.
    End,
    /// Its sudden end, an RST.
    Reset,
}

/// Whether a queue accepts more bytes.
pub(super) enum Capacity {
    /// It accepts more.
    Free,
    /// Bytes on the way have to be written first.
    Full,
    /// The stream is over.
    Closed,
}

/// How long to wait when nothing is due: whatever comes ends the wait.
const NOTHING_DUE: Duration = Duration::from_secs(3600);

impl DelayQueue {
    pub(super) fn new(links: Arc<Links>, most: usize) -> DelayQueue {
        DelayQueue { links, most, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Puts `piece` on its way; it arrives `at` that time, or as soon as everything before it has.
    pub(super) fn push(&self, at: Duration, piece: Piece) {
        let mut state = lock(&self.state);
        state.last = state.last.max(at);
        let at = state.last;
        match &piece {
            Piece::Bytes(bytes) => state.bytes += bytes.len(),
            Piece::Reset => state.reset_at = Some(at),
            Piece::End => {}
        }
        state.pieces.push_back((at, piece));
        self.changed.notify_all();
    }

    /// Waits until the queue accepts more bytes, no longer than `limit`.
    pub(super) fn wait_capacity(&self, limit: Duration) -> Capacity {
        let full = |state: &mut State| state.bytes >= self.most && !state.over;
        let waited = self.changed.wait_timeout_while(lock(&self.state), limit, full);
        let (state, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        match state.over {
            true => Capacity::Closed,
            false if timeout.timed_out() => Capacity::Full,
            false => Capacity::Free,
        }
    }

    /// Waits until the time `at`; false when the queue is over.
    pub(super) fn wait_until(&self, at: Duration) -> bool {
        let mut state = lock(&self.state);
        loop {
            let now = self.links.now();
            if state.over || at <= now {
                return !state.over;
            }
            state = self.wait(state, at - now);
        }
    }

    /// Waits for what arrives next. Bytes that have arrived together come together, up to `most` and a
    /// piece. `None` when the queue is over.
    pub(super) fn next(&self, most: usize) -> Option<Piece> {
        let mut state = lock(&self.state);
        loop {
            if state.over {
                return None;
            }
            let now = self.links.now();
            let mut together = Vec::new();
            while let Some((_, piece)) = state.pieces.pop_front_if(|(at, _)| *at <= now) {
                match piece {
                    Piece::Bytes(bytes) => together.extend(bytes),
                    last if together.is_empty() => return Some(last),
                    last => {
                        state.pieces.push_front((now, last));
                        break;
                    }
                }
                if together.len() >= most {
                    break;
                }
            }
            if !together.is_empty() {
                return Some(Piece::Bytes(together));
            }
            let wait = state.pieces.front().map_or(NOTHING_DUE, |(at, _)| at.saturating_sub(now));
            state = self.wait(state, wait);
        }
    }

    /// Notes that the writer has written `count` bytes.
    pub(super) fn written(&self, count: usize) {
        lock(&self.state).bytes -= count;
        self.changed.notify_all();
    }

    /// True when it makes no sense to go on writing: the queue is over, or a reset has arrived.
    pub(super) fn is_cut(&self) -> bool {
        let state = lock(&self.state);
        state.over || state.reset_at.is_some_and(|at| at <= self.links.now())
    }

    /// Nothing more crosses; all waits return.
    pub(super) fn end(&self) {
        lock(&self.state).over = true;
        self.changed.notify_all();
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, time: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, time.min(NOTHING_DUE)).unwrap_or_else(PoisonError::into_inner).0
    }
}
