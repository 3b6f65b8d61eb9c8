//! The sending end: which fragment goes next, what has arrived, what must go again. No socket, no clock of its own: it
//! is told the time, so that tests can run years of loss in a moment.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use bytes::Bytes;

use super::window::{RoundTrip, Window};
use super::wire::{Fragment, HEADER, LONGEST, Reply};
use crate::frame::{Acknowledgement, Frame};

/// A datagram is lost when one that was sent so many after it has arrived (RFC 9002, 6.1.1). Fewer, and it may have
/// been overtaken.
const OVERTAKEN: u64 = 3;
/// After so many timeouts in a row the window starts from the beginning.
const SILENT: u32 = 3;
/// Frames that are begun and not done. The server remembers more.
const OPEN: usize = super::reassembly::REMEMBERED / 4;

/// Datagrams for one system call.
#[derive(Default)]
pub(super) struct Outgoing {
    /// Datagrams of `each` bytes, end to end; the last may be shorter. GSO takes them so.
    pub(super) bytes: Vec<u8>,
    pub(super) each: usize,
    /// If there is only one, as long as there is no space for a second, the rest of it: not copied, but where it is.
    pub(super) lone: Bytes,
}

/// What is on its way to one server.
pub(super) struct Sender {
    driver: u64,
    /// The longest payload of a fragment.
    most: usize,
    frames: Frames,
    /// Datagrams of which nothing was heard, in the order of their sequence numbers, and the number of the first.
    datagrams: VecDeque<Datagram>,
    first: u64,
    /// The highest sequence number that has arrived.
    highest: Option<u64>,
    /// Fragments that must go again.
    lost: VecDeque<(u32, u32)>,
    /// One that goes whatever the window says.
    probe: Option<(u32, u32)>,
    window: Window,
    trip: RoundTrip,
    /// Bytes on their way, and what the server says that it can take.
    flying: usize,
    capacity: usize,
    /// When last something was sent, or something new was heard of, and how often the timer has run out since.
    since: Instant,
    silences: u32,
    /// When last something new was heard of.
    moved: Instant,
}

struct Sending {
    frame: Frame,
    next: u32,
    arrived: Vec<bool>,
}

struct Datagram {
    frame: u32,
    index: u32,
    size: usize,
    at: Instant,
    /// It still counts as on its way.
    flying: bool,
}

impl Sender {
    pub(super) fn new(driver: u64, datagram: usize, capacity: u32, trip: Duration, now: Instant) -> Sender {
        Sender {
            driver,
            most: datagram - HEADER,
            frames: Frames::default(),
            datagrams: VecDeque::new(),
            first: 0,
            highest: None,
            lost: VecDeque::new(),
            probe: None,
            window: Window::new(datagram),
            trip: RoundTrip::new(trip),
            flying: 0,
            capacity: capacity as usize,
            since: now,
            silences: 0,
            moved: now,
        }
    }

    pub(super) fn push(&mut self, frame: Frame, now: Instant) {
        if self.frames.open.is_empty() {
            self.since = now;
        }
        let count = frame.payload.len().div_ceil(self.most).max(1);
        self.frames.open.push_back(Some(Sending { frame, next: 0, arrived: vec![false; count] }));
    }

    /// What may go now, in one system call; false if nothing may.
    pub(super) fn fill(&mut self, out: &mut Outgoing, segments: usize, now: Instant) -> bool {
        out.bytes.clear();
        out.lone = Bytes::new();
        let mut each = None;
        for _ in 0..segments {
            let Some((frame, index)) = self.next() else { break };
            let Some(sending) = self.frames.get(frame) else { break };
            let fragment = Fragment {
                driver: self.driver,
                sequence: self.first + self.datagrams.len() as u64,
                frame,
                number: sending.frame.number,
                checksum: sending.frame.checksum,
                length: sending.frame.payload.len() as u32,
                index,
                count: sending.arrived.len() as u32,
            };
            let size = HEADER + fragment.place().len();
            let full = self.flying > 0 && self.flying + size > self.window.bytes().min(self.capacity);
            if full && self.probe.is_none() || each.is_some_and(|each| size > each || out.bytes.len() + size > LONGEST)
            {
                break;
            }
            fragment.write_header(&mut out.bytes);
            let alone = each.is_none() && 2 * size > LONGEST;
            if alone {
                out.lone = sending.frame.payload.slice(fragment.place());
            } else {
                out.bytes.extend_from_slice(&sending.frame.payload[fragment.place()]);
            }
            self.sent(frame, index);
            self.datagrams.push_back(Datagram { frame, index, size, at: now, flying: true });
            self.flying += size;
            self.since = now;
            if alone || size < *each.get_or_insert(size) {
                break;
            }
        }
        out.each = each.unwrap_or(out.bytes.len());
        !out.bytes.is_empty()
    }

    /// The fragment that should go next: a probe, one that was lost, a new one.
    fn next(&mut self) -> Option<(u32, u32)> {
        self.probe = self.probe.filter(|(frame, _)| self.frames.get(*frame).is_some());
        let frames = &self.frames;
        let missing = |&(frame, index): &(u32, u32)| frames.get(frame).is_some_and(|it| !it.arrived[index as usize]);
        while self.lost.front().is_some_and(|fragment| !missing(fragment)) {
            self.lost.pop_front(); // it has arrived after all
        }
        self.probe.or_else(|| self.lost.front().copied()).or_else(|| self.frames.next())
    }

    /// The fragment that `next` has named is written.
    fn sent(&mut self, frame: u32, index: u32) {
        if self.probe.take().is_none()
            && self.lost.pop_front().is_none()
            && let Some(sending) = self.frames.get_mut(frame)
        {
            sending.next = index + 1;
        }
    }

    /// Learns what has arrived. Returns the acknowledgement of a frame, if there is one that was waited for.
    pub(super) fn heard(&mut self, reply: &Reply, now: Instant) -> Option<Acknowledgement> {
        self.capacity = reply.capacity as usize;
        let (flying, end) = (self.flying, self.first + self.datagrams.len() as u64);
        let mut newest = None;
        for (first, last) in &reply.ranges {
            for sequence in (*first).max(self.first)..last.saturating_add(1).min(end) {
                newest = self.arrived(sequence).map(|at| (sequence, at)).or(newest);
            }
        }
        // Only of the newest it is sure that this reply answers it. Replies to the others may have been lost.
        if let Some((sequence, at)) =
            newest.filter(|(sequence, _)| self.highest.is_none_or(|highest| *sequence > highest))
        {
            self.highest = Some(sequence);
            self.trip.measured(now - at);
        }
        if self.flying < flying {
            self.window.arrived(flying - self.flying, flying, self.capacity);
            (self.since, self.moved, self.silences) = (now, now, 0);
            self.find_lost(now);
        }
        while self.datagrams.front().is_some_and(|datagram| !datagram.flying) {
            self.datagrams.pop_front();
            self.first += 1;
        }

        let (frame, acknowledgement) = reply.done?;
        self.frames.take(frame)?;
        (self.since, self.moved, self.silences) = (now, now, 0);
        Some(acknowledgement)
    }

    /// When the datagram was sent, if nothing was heard of it before.
    fn arrived(&mut self, sequence: u64) -> Option<Instant> {
        let datagram = &mut self.datagrams[(sequence - self.first) as usize];
        if !std::mem::take(&mut datagram.flying) {
            return None;
        }
        self.flying -= datagram.size;
        if let Some(sending) = self.frames.get_mut(datagram.frame) {
            sending.arrived[datagram.index as usize] = true;
        }
        Some(datagram.at)
    }

    /// What was sent before something that is there, and is not there itself.
    fn find_lost(&mut self, now: Instant) {
        let Some(highest) = self.highest else { return };
        let (overdue, next) = (self.trip.overdue(), self.first + self.datagrams.len() as u64);
        for (sequence, datagram) in (self.first..highest).zip(&mut self.datagrams) {
            if datagram.flying && (sequence + OVERTAKEN <= highest || now - datagram.at > overdue) {
                datagram.flying = false;
                self.flying -= datagram.size;
                self.lost.push_back((datagram.frame, datagram.index));
                self.window.lost(sequence, next);
            }
        }
    }

    /// When last something arrived, as far as is known.
    pub(super) fn moved(&self) -> Instant {
        self.moved
    }

    /// When to look whether something is lost that no later arrival tells of.
    pub(super) fn deadline(&self) -> Option<Instant> {
        (!self.frames.open.is_empty()).then(|| self.since + self.trip.timeout(self.silences))
    }

    /// The time is `now`. If nothing was heard for too long, one fragment goes again; the reply to it tells
    /// of all the others.
    pub(super) fn tick(&mut self, now: Instant) {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return;
        }
        self.silences += 1;
        self.since = now;
        if self.silences == SILENT {
            self.window.silence();
        }
        let unheard = self.datagrams.iter().filter(|it| it.flying).map(|it| (it.frame, it.index));
        // All of a frame arrived and no acknowledgement came: its last fragment asks for it.
        let last = self.frames.open.front().and_then(Option::as_ref);
        let last = last.map(|sending| (self.frames.first, sending.arrived.len() as u32 - 1));
        self.probe = unheard.chain(last).find(|(frame, _)| self.frames.get(*frame).is_some());
    }
}

/// Frames that are not done, in order, and the count of the first. `None` is one that was done before those in front
/// of it.
#[derive(Default)]
struct Frames {
    open: VecDeque<Option<Sending>>,
    first: u32,
    /// The one, counted from the first, of which fragments are sent for the first time.
    current: usize,
}

impl Frames {
    fn get(&self, frame: u32) -> Option<&Sending> {
        self.open.get(frame.checked_sub(self.first)? as usize)?.as_ref()
    }

    fn get_mut(&mut self, frame: u32) -> Option<&mut Sending> {
        self.open.get_mut(frame.checked_sub(self.first)? as usize)?.as_mut()
    }

    /// The next fragment that was never sent.
    fn next(&mut self) -> Option<(u32, u32)> {
        while let Some(sending) = self.open.get(self.current).filter(|_| self.current < OPEN) {
            match sending {
                Some(Sending { next, arrived, .. }) if (*next as usize) < arrived.len() => {
                    return Some((self.first + self.current as u32, *next));
                }
                _ => self.current += 1,
            }
        }
        None
    }

    /// Takes out one that is done.
    fn take(&mut self, frame: u32) -> Option<Sending> {
        let done = self.open.get_mut(frame.checked_sub(self.first)? as usize)?.take();
        while self.open.front().is_some_and(Option::is_none) {
            self.open.pop_front();
            self.first += 1;
            self.current = self.current.saturating_sub(1);
        }
        done
    }
}
