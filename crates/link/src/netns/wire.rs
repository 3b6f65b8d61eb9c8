//! Moves IP packets between two TUN devices, as the link says.

use std::io::{self, ErrorKind, PipeReader, PipeWriter};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tappers::Tun;

use crate::{Conditions, Counts, Deliveries, Link};

/// The largest packet, as on an Ethernet.
pub(super) const MTU: usize = 1500;

/// How many packets a thread reads before it looks at what is due.
const BATCH: usize = 64;

/// How many bytes may be on the wire one way. When there are more they stay unread, and the kernel drops
/// what finds no room before us.
const IN_FLIGHT: usize = 64 * 1024 * 1024;

/// The threads that move packets, one for each direction; they end when this is dropped.
#[derive(Debug)]
pub(super) struct Wire {
    links: Arc<[Mutex<Link>; 2]>,
    /// Closing it tells the threads to end.
    stop: Option<PipeWriter>,
    threads: Vec<JoinHandle<()>>,
}

impl Wire {
    /// Joins `ends`, client and server.
    pub(super) fn start(ends: [Tun; 2], forward: Conditions, back: Conditions, seed: u64) -> io::Result<Wire> {
        let links = Arc::new(Link::both_ways(forward, back, seed).map(Mutex::new));
        let ends = Arc::new(ends);
        let started = Instant::now();
        let (stopped, stop) = io::pipe()?;
        let mut wire = Wire { links: Arc::clone(&links), stop: Some(stop), threads: Vec::new() };
        for way in [0, 1] {
            let (ends, links, stopped) = (Arc::clone(&ends), Arc::clone(&links), stopped.try_clone()?);
            let carry = move || carry(&ends[way], &ends[1 - way], &links[way], started, &stopped);
            wire.threads.push(thread::Builder::new().name("link".to_owned()).spawn(carry)?);
        }
        Ok(wire)
    }

    /// What the links have done so far, forward and back.
    pub(super) fn counts(&self) -> [Counts; 2] {
        [0, 1].map(|way| lock(&self.links[way]).counts())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        drop(self.stop.take());
        for thread in self.threads.drain(..) {
            let _ = thread.join(); // a thread that panicked has said so
        }
    }
}

/// Moves packets from `from` to `to` until `stopped` is closed at its other end.
fn carry(from: &Tun, to: &Tun, link: &Mutex<Link>, started: Instant, stopped: &PipeReader) {
    let mut due = Deliveries::new();
    let mut in_flight = 0;
    let mut buffer = [0; MTU];
    loop {
        while let Some(packet) = due.pop(started.elapsed()) {
            let packet: Arc<[u8]> = packet;
            in_flight -= packet.len();
            // The other end has gone, or its kernel has no room: then this packet has not arrived.
            let _ = to.send(&packet);
        }
        let wait = due.next_at().map(|at| timespec(at.saturating_sub(started.elapsed())));
        let mut events = [PollFd::new(stopped, PollFlags::IN), PollFd::new(from, PollFlags::IN)];
        let watched = if in_flight < IN_FLIGHT { 2 } else { 1 };
        match poll(&mut events[..watched], wait.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(_) => return,
        }
        if !events[0].revents().is_empty() {
            return;
        }
        if events[1].revents().is_empty() {
            continue;
        }
        for _ in 0..BATCH {
            let packet = match from.recv(&mut buffer) {
                Ok(length) => &buffer[..length],
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => break,
                Err(_) => return, // the device is gone, with its namespace
            };
            if !is_ipv4(packet) {
                continue;
            }
            let outcome = lock(link).transmit(started.elapsed(), packet.len());
            let packet: Arc<[u8]> = packet.into();
            for at in outcome.arrivals() {
                in_flight += packet.len();
                due.push(at, Arc::clone(&packet));
            }
        }
    }
}

/// The version stands in the first four bits (RFC 791).
fn is_ipv4(packet: &[u8]) -> bool {
    packet.first().is_some_and(|first| first >> 4 == 4)
}

fn timespec(time: Duration) -> Timespec {
    // A wait longer than `poll` can express is cut short, and then waited for again.
    Timespec::try_from(time).unwrap_or(Timespec { tv_sec: 3600, tv_nsec: 0 })
}

fn lock(link: &Mutex<Link>) -> MutexGuard<'_, Link> {
    link.lock().unwrap_or_else(PoisonError::into_inner)
}
