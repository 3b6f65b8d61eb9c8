//! One connection: two sockets, and a queue each way between them.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::super::{LOOK_UP, Links, SEGMENT, TCP_HEADERS, Way};
use super::delay_queue::{Capacity, DelayQueue, Piece};
use super::reset_when_dropped;
use crate::{Conditions, Dropped, Outcome};

/// How much a reader takes at once, and a writer gives.
const CHUNK: usize = 64 * 1024;

/// After so many retransmissions of one piece TCP gives up (`tcp_retries2`, tcp(7)).
const RETRIES: u32 = 15;

/// How many bytes may be on the way in one direction of one connection, whatever the conditions ask for.
const MOST: u64 = 16 * 1024 * 1024;

/// A client's connection and its continuation to the target.
pub(super) struct Connection {
    links: Arc<Links>,
    /// How long one retransmission takes at first.
    round_trip: Duration,
    client: TcpStream,
    server: TcpStream,
    forward: DelayQueue,
    back: DelayQueue,
    /// How many of the two streams have come to their end.
    ended: AtomicUsize,
}

/// What a thread of a connection works on.
struct Direction<'a> {
    way: Way,
    from: &'a TcpStream,
    to: &'a TcpStream,
    queue: &'a DelayQueue,
    opposite: &'a DelayQueue,
}

impl Connection {
    pub(super) fn new(client: TcpStream, server: TcpStream, links: Arc<Links>) -> io::Result<Connection> {
        for stream in [&client, &server] {
            stream.set_nodelay(true)?; // when a piece is due it leaves
            stream.set_write_timeout(Some(LOOK_UP))?;
        }
        let [forward, back] = [Way::Forward, Way::Back].map(|way| *links.lock(way).conditions());
        let round_trip = forward.delay.saturating_add(back.delay);
        let queue = |conditions| DelayQueue::new(Arc::clone(&links), on_the_way(&conditions));
        let [forward, back] = [forward, back].map(queue);
        Ok(Connection { links, round_trip, client, server, forward, back, ended: AtomicUsize::new(0) })
    }

    /// Carries both streams until both have ended.
    pub(super) fn carry(&self) {
        let forward = self.direction(Way::Forward);
        let back = self.direction(Way::Back);
        thread::scope(|scope| {
            scope.spawn(|| self.read(&forward));
            scope.spawn(|| self.read(&back));
            scope.spawn(|| self.write(&back));
            self.write(&forward);
        });
    }

    /// Ends both streams at once.
    pub(super) fn abandon(&self) {
        self.end_queues();
        for stream in [&self.client, &self.server] {
            let _ = stream.shutdown(Shutdown::Both); // it may be gone already
        }
    }

    fn direction(&self, way: Way) -> Direction<'_> {
        let Connection { client, server, forward, back, .. } = self;
        match way {
            Way::Forward => Direction { way, from: client, to: server, queue: forward, opposite: back },
            Way::Back => Direction { way, from: server, to: client, queue: back, opposite: forward },
        }
    }

    fn end_queues(&self) {
        self.forward.end();
        self.back.end();
    }

    fn read(&self, direction: &Direction<'_>) {
        let queue = direction.queue;
        let mut from = direction.from;
        let mut chunk = vec![0; CHUNK];
        while self.wait_capacity(direction) {
            match from.read(&mut chunk) {
                Ok(0) => return queue.push(self.arrival(direction.way), Piece::End),
                Ok(length) => {
                    for segment in chunk[..length].chunks(SEGMENT) {
                        if !self.send(direction, segment) {
                            return;
                        }
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return queue.push(self.arrival(direction.way), Piece::Reset),
            }
        }
    }

    /// Waits until the queue takes more; false when the stream is over. A sender that resets meanwhile is
    /// noticed without reading what it had sent before.
    fn wait_capacity(&self, Direction { way, from, queue, .. }: &Direction<'_>) -> bool {
        loop {
            match queue.wait_capacity(LOOK_UP) {
                Capacity::Free => return true,
                Capacity::Closed => return false,
                Capacity::Full if matches!(from.take_error(), Ok(None)) => {}
                Capacity::Full => {
                    queue.push(self.arrival(*way), Piece::Reset);
                    return false;
                }
            }
        }
    }

    /// When a FIN or an RST that is sent now arrives.
    fn arrival(&self, way: Way) -> Duration {
        self.links.now().saturating_add(self.links.lock(way).conditions().delay)
    }

    /// Gives `segment` to the link until it arrives. False when the stream is over.
    fn send(&self, direction: &Direction<'_>, segment: &[u8]) -> bool {
        let Direction { way, queue, opposite, .. } = direction;
        let weight = segment.len() + TCP_HEADERS;
        let [mut late, mut timeout] = [Duration::ZERO, self.round_trip];
        let mut tries = 0;
        while tries <= RETRIES {
            let mut link = self.links.lock(*way);
            let fits_at = link.fits_at(self.links.now(), weight);
            if fits_at > self.links.now() {
                drop(link);
                if !queue.wait_until(fits_at) {
                    return false;
                }
                continue;
            }
            match link.transmit(self.links.now(), weight) {
                Outcome::Delivered { at, .. } => {
                    drop(link);
                    queue.push(at.saturating_add(late), Piece::Bytes(segment.to_vec()));
                    return true;
                }
                Outcome::Dropped(Dropped::Lost) => {
                    late = late.saturating_add(timeout);
                    timeout = timeout.saturating_mul(2);
                    tries += 1;
                }
                Outcome::Dropped(Dropped::QueueFull) => {} // not after `fits_at`; if it were, it is tried again
            }
        }
        // It has given up, and tells both: whichever reset arrives first ends the connection.
        reset_when_dropped(direction.from);
        reset_when_dropped(direction.to);
        for queue in [queue, opposite] {
            queue.push(self.links.now().saturating_add(late), Piece::Reset);
        }
        false
    }

    fn write(&self, direction: &Direction<'_>) {
        let Direction { way, to, queue, opposite, .. } = direction;
        while let Some(piece) = queue.next(CHUNK) {
            match piece {
                Piece::Bytes(bytes) => match write_all(to, &bytes, queue) {
                    Written::All => queue.written(bytes.len()),
                    Written::Cut => return self.cut(to),
                    // The receiver has reset: the sender hears of it when a packet has come back.
                    Written::Refused => {
                        let opposite_way = match way {
                            Way::Forward => Way::Back,
                            Way::Back => Way::Forward,
                        };
                        return opposite.push(self.arrival(opposite_way), Piece::Reset);
                    }
                },
                Piece::End => {
                    let _ = to.shutdown(Shutdown::Write); // it may have reset in the meantime
                    if self.ended.fetch_add(1, Ordering::SeqCst) == 1 {
                        return self.end_queues();
                    }
                }
                Piece::Reset => return self.cut(to),
            }
        }
    }

    /// A reset has arrived for `to`.
    fn cut(&self, to: &TcpStream) {
        reset_when_dropped(to);
        self.end_queues();
        // Only the reading halves: that sends nothing, and lets whoever blocks in `read` return. The reset
        // leaves when the sockets are closed, right after.
        for stream in [&self.client, &self.server] {
            let _ = stream.shutdown(Shutdown::Read);
        }
    }
}

/// How many bytes a queue holds: what is underway at the link's rate, and what waits in its queue.
fn on_the_way(conditions: &Conditions) -> usize {
    let travelling = |rate: u64| (u128::from(rate) * conditions.delay.as_nanos() / 1_000_000_000) as u64;
    let wanted = conditions.rate.map_or(MOST, |rate| travelling(rate).saturating_add(conditions.queue));
    usize::try_from(wanted.clamp(2 * CHUNK as u64, MOST)).unwrap_or(CHUNK)
}

enum Written {
    All,
    /// The queue was cut while the receiver did not read.
    Cut,
    /// The receiver does not take any more.
    Refused,
}

fn write_all(mut to: &TcpStream, mut bytes: &[u8], queue: &DelayQueue) -> Written {
    while !bytes.is_empty() {
        match to.write(bytes) {
            Ok(count) if count > 0 => bytes = &bytes[count..],
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) =>
            {
                if queue.is_cut() {
                    return Written::Cut;
                }
            }
            Ok(_) | Err(_) => return Written::Refused,
        }
    }
    Written::All
}
