//! The record of one check: what was sent and received on all connections, in order.

use std::sync::{Arc, Mutex, PoisonError};

use crate::sentence::Sentence;

/// Which way something went, seen from us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From us to the program.
    Out,
    /// From the program to us.
    In,
    /// Neither: something we did or noticed.
    Note,
}

/// One line of the conversation that led to a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which way it went.
    pub direction: Direction,
    /// Which of our connections, counted from 0; shown as a letter when there are several.
    pub peer: Option<usize>,
    /// What happened, when bytes alone do not say it.
    pub what: Sentence,
    /// The bytes that went, at most [`Event::KEPT`] of them.
    pub bytes: Vec<u8>,
    /// How many bytes went in all.
    pub total: usize,
}

impl Event {
    /// How many bytes of a transfer a timeline keeps.
    pub const KEPT: usize = 48;

    /// Something without bytes.
    pub fn note(peer: Option<usize>, what: impl Into<Sentence>) -> Event {
        let what = what.into();
        Event { direction: Direction::Note, peer, what, bytes: Vec::new(), total: 0 }
    }

    /// Bytes that crossed.
    pub fn bytes(direction: Direction, peer: usize, bytes: &[u8], what: Sentence) -> Event {
        let kept = bytes[..bytes.len().min(Event::KEPT)].to_vec();
        Event { direction, peer: Some(peer), what, bytes: kept, total: bytes.len() }
    }
}

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
                let left = Event::KEPT.saturating_sub(last.bytes.len());
                last.bytes.extend_from_slice(&event.bytes[..event.bytes.len().min(left)]);
                last.total += event.total;
            }
            _ => events.push(event),
        }
    }

    /// Adds something that happened without bytes.
    pub(crate) fn note(&self, peer: Option<usize>, what: impl Into<Sentence>) {
        self.add(Event::note(peer, what));
    }

    /// Adds bytes that the program sent.
    pub(crate) fn received(&self, peer: usize, bytes: &[u8]) {
        self.add(Event::bytes(Direction::In, peer, bytes, Sentence::default()));
    }

    /// All events so far.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Received bytes are one stream, however they were cut; how sent bytes were cut is part of the question.
fn continues(last: &Event, event: &Event) -> bool {
    last.direction == Direction::In
        && event.direction == Direction::In
        && last.peer == event.peer
        && last.what.is_empty()
        && event.what.is_empty()
}
