//! The record of one check: what was said, in order, by all who took part.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{Direction, Event, Said};

/// A record that the parts of a check write together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    events: Arc<Mutex<Vec<Event>>>,
}

impl Log {
    /// Adds an event. Bytes that go on where the last event stopped join it.
    pub(crate) fn add(&self, event: Event) {
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        match events.last_mut() {
            Some(last) if continues(last, &event) => {
                let room = Event::KEPT.saturating_sub(last.bytes.len());
                last.bytes.extend_from_slice(&event.bytes[..event.bytes.len().min(room)]);
                last.total += event.total;
            }
            _ => events.push(event),
        }
    }

    /// Adds something that happened without bytes.
    pub(crate) fn aside(&self, peer: Option<usize>, what: impl Into<Said>) {
        self.add(Event::aside(peer, what));
    }

    /// Adds bytes that the program sent.
    pub(crate) fn received(&self, peer: usize, bytes: &[u8]) {
        self.add(Event::bytes(Direction::In, peer, bytes, Said::default()));
    }

    /// All events so far.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How a stream was cut is the program's affair only on the way out: what comes in is one stream.
fn continues(last: &Event, event: &Event) -> bool {
    last.direction == Direction::In
        && event.direction == Direction::In
        && last.peer == event.peer
        && last.what.is_empty()
        && event.what.is_empty()
}
