//! UDP: the datagrams that IP gives us, and above them, in the program, what TCP does in the kernel.
//!
//! A frame is longer than a datagram, so it is cut up. Datagrams get lost, overtake one another, come twice: so each
//! has a number, the server says which have arrived, and the driver sends again what has not. A receiver's buffer
//! holds only so much: so no more is on its way than the server says it can take, and less where the network takes
//! less. `udp/wire.rs` says what is in a datagram, `udp/reassembly.rs` puts frames together, `udp/sender.rs` decides
//! what goes next, `udp/window.rs` how much.
//!
//! A system call for each 1,400 bytes would cost more than all of that. GSO hands the kernel up to 64 datagrams in
//! one call and GRO takes as many out at once. On the loopback a datagram may have 64 KB itself.

mod reassembly;
mod sender;
mod socket;
#[cfg(test)]
mod tests;
mod window;
mod wire;

use std::collections::VecDeque;
use std::collections::hash_map::{Entry, HashMap, RandomState};
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use super::{Client, Transport, address_in};
use crate::frame::{Acknowledgement, Frame, IO_TIMEOUT, Receiver};
use reassembly::Reassembly;
use sender::{Outgoing, Sender};
use socket::{Inbox, Socket};
use wire::{Datagram, Reply};

/// Any path of the Internet carries so much in one datagram, with space for a tunnel's headers. A longer one is cut up
/// by IP, and lost altogether when one of the pieces is.
const ANYWHERE: usize = 1_400;
/// Drivers that the server listens to at once. Each may hold 48 MiB: two frames that are begun, and spare memory for
/// one.
const DRIVERS: usize = 8;
/// How long the first word to a server waits for an answer before it is said again.
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// Carries frames in datagrams.
#[derive(Clone, Copy, Default)]
pub(crate) struct Udp {
    /// Also on the loopback no datagram is longer than another path would carry.
    pub(crate) short: bool,
}

impl Udp {
    /// The loopback has an MTU of 65,536 bytes: the longest datagram there is passes in one piece.
    fn longest(self, to: IpAddr) -> usize {
        if to.is_loopback() && !self.short { wire::LONGEST } else { ANYWHERE }
    }
}

/// What the server knows of one driver.
struct Driver {
    reassembly: Reassembly,
    last_seen: Instant,
    /// Something has arrived of which it was not told.
    owed: bool,
}

impl Transport for Udp {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let socket = Socket::bind(SocketAddr::new(host, 0))?;
        announce(&socket.address()?.to_string());
        let capacity = socket.capacity()?;
        let mut drivers: HashMap<(SocketAddr, u64), Driver> = HashMap::new();
        let mut inbox = Inbox::new();
        loop {
            let now = Instant::now();
            // One that has been silent for so long waits for nothing. When it speaks again, it is as good as new.
            drivers.retain(|_, driver| now - driver.last_seen < IO_TIMEOUT);
            let capacity = capacity / drivers.len().max(1) as u32; // one socket, one buffer for all of them
            for (from, datagram) in inbox.receive(&socket)? {
                // What makes no sense is not answered: the source address of a datagram can be forged.
                let Some(parsed) = Datagram::parse(datagram) else { continue };
                let (fragment, payload) = match parsed {
                    Datagram::Fragment(fragment, payload) => (fragment, payload),
                    Datagram::Hello { driver } => {
                        socket.send_to(from, &Reply { driver, capacity, ..Reply::default() }.to_bytes());
                        continue;
                    }
                };
                let count = drivers.len();
                let driver = match drivers.entry((from, fragment.driver)) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(new) if count < DRIVERS => {
                        new.insert(Driver { reassembly: Reassembly::default(), last_seen: now, owed: false })
                    }
                    Entry::Vacant(_) => continue,
                };
                (driver.last_seen, driver.owed) = (now, true);
                let done = driver.reassembly.take(&fragment, payload, receiver);
                if done.is_some() {
                    let ranges = driver.reassembly.ranges().to_vec();
                    socket.send_to(from, &Reply { driver: fragment.driver, capacity, done, ranges }.to_bytes());
                    driver.owed = false;
                }
            }
            for ((to, id), driver) in drivers.iter_mut().filter(|(_, driver)| driver.owed) {
                let ranges = driver.reassembly.ranges().to_vec();
                socket.send_to(*to, &Reply { driver: *id, capacity, done: None, ranges }.to_bytes());
                driver.owed = false;
            }
            if !inbox.was_full() {
                socket.wait(IO_TIMEOUT, false)?;
            }
        }
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let server = address_in(address)?;
        let any: IpAddr = if server.is_ipv4() { [0; 4].into() } else { [0_u16; 8].into() };
        let socket = Socket::bind(SocketAddr::new(any, 0))?;
        let mut inbox = Inbox::new();
        let driver = RandomState::new().build_hasher().finish(); // the only random numbers that std has
        let start = Instant::now();
        while start.elapsed() < IO_TIMEOUT {
            let asked = Instant::now();
            socket.send_to(server, &wire::hello(driver));
            socket.wait(RETRY_INTERVAL, false)?;
            let reply = inbox.replies(&socket, server, driver)?.next();
            if let Some(Reply { capacity, .. }) = reply {
                let now = Instant::now();
                let sender = Sender::new(driver, self.longest(server.ip()), capacity, now - asked, now);
                let (ready, out) = (VecDeque::new(), Outgoing::default());
                return Ok(Box::new(UdpClient { socket, inbox, server, driver, sender, out, unsent: false, ready }));
            }
        }
        Err(io::Error::new(ErrorKind::TimedOut, format!("nobody answers at {server}")))
    }
}

/// The sending end.
struct UdpClient {
    socket: Socket,
    inbox: Inbox,
    server: SocketAddr,
    driver: u64,
    sender: Sender,
    /// Datagrams for one system call, and whether the socket has not taken them yet.
    out: Outgoing,
    unsent: bool,
    /// Acknowledgements that have come and were not asked for yet.
    ready: VecDeque<Acknowledgement>,
}

impl UdpClient {
    /// Sends what may go now.
    fn pump(&mut self, now: Instant) {
        while self.unsent || self.sender.fill(&mut self.out, self.socket.segments(), now) {
            self.unsent = !self.socket.send(self.server, &self.out);
            if self.unsent {
                return; // the socket's buffer is full: `receive` waits until it is not
            }
        }
    }
}

impl Client for UdpClient {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let now = Instant::now();
        self.sender.push(frame.clone(), now);
        self.pump(now);
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        let start = Instant::now();
        loop {
            if let Some(answer) = self.ready.pop_front() {
                return Ok(Some(answer));
            }
            let now = Instant::now();
            // A long frame on a slow path takes longer than that, but it moves.
            let limit = until.unwrap_or(self.sender.moved().max(start) + IO_TIMEOUT);
            if now >= limit {
                return if until.is_some() { Ok(None) } else { Err(ErrorKind::TimedOut.into()) };
            }
            self.sender.tick(now);
            self.pump(now);
            let limit = self.sender.deadline().map_or(limit, |deadline| deadline.min(limit));
            self.socket.wait(limit.saturating_duration_since(now), self.unsent)?;
            let now = Instant::now();
            for reply in self.inbox.replies(&self.socket, self.server, self.driver)? {
                self.ready.extend(self.sender.heard(&reply, now));
            }
            self.pump(now);
        }
    }
}
