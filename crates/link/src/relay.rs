//! Relays: a port on this machine behind which the network is bad.
//!
//! A client that calls [`Relay::address`] reaches the target through two links, one each way. Relays stay on
//! the loopback interface, need no root, and run on every system. They end when they are dropped.

mod tcp;
mod udp;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, io};

use crate::{Conditions, Counts, Link, text};

/// The longest that a thread of a relay waits before it looks whether the relay was dropped: a read
/// that std cannot call off.
const LOOK_UP: Duration = Duration::from_millis(50);

/// A running relay.
pub struct Relay {
    address: SocketAddr,
    links: Arc<Links>,
    /// Ends the relay's threads when it is dropped.
    running: Running,
}

#[expect(dead_code, reason = "held for what it does when it is dropped")]
enum Running {
    Udp(udp::Running),
    Tcp(tcp::Running),
}

/// A relay for datagrams: each one is lost, doubled, held back and delayed as its link says.
///
/// Every client port that sends through the relay gets an upstream socket of its own, so that the target
/// tells clients apart, as behind a NAT; the 65th takes the place of the one that was silent longest. The
/// links are shared by all. A datagram weighs its payload and [`UDP_HEADERS`] bytes. A link counts the
/// datagrams in the order in which the relay reads them: the outcomes are those of [`Link::both_ways`] with the
/// same `seed`.
///
/// # Errors
/// When `target` is not a loopback address, or the system refuses a socket.
pub fn udp(target: SocketAddr, forward: Conditions, back: Conditions, seed: u64) -> io::Result<Relay> {
    let links = Arc::new(Links::new(forward, back, seed));
    let (address, running) = udp::start(on_loopback(target)?, Arc::clone(&links))?;
    Ok(Relay { address, links, running: Running::Udp(running) })
}

/// A relay for streams: a connection to it is continued to `target`, and what crosses is slowed down and
/// delayed. Ends and resets cross as well.
///
/// Nobody can take a packet away from TCP without the kernel sending it again. So where the link says
/// *lost*, the relay shows what an application would see of a loss: that piece arrives a retransmission
/// later, and everything behind it waits ("head of line"). How long: one round trip for the first attempt
/// (fast retransmit, RFC 5681 section 3.2), twice as long for each further one (RFC 6298 section 5.5); after
/// 15 in a row the connection is reset (`tcp_retries2` in tcp(7)). Where the link says *queue full* the relay
/// stops reading, and the sender has to wait. [`Relay::limitations`] says what this is not.
///
/// The stream is cut in pieces of at most [`SEGMENT`] bytes; each weighs its payload and [`TCP_HEADERS`]
/// bytes. Where the cuts fall depends on the moment, so only the chances of the pieces follow from `seed`.
///
/// # Errors
/// When `target` is not a loopback address, or the system refuses a socket.
pub fn tcp(target: SocketAddr, forward: Conditions, back: Conditions, seed: u64) -> io::Result<Relay> {
    let links = Arc::new(Links::new(forward, back, seed));
    let (address, running) = tcp::start(on_loopback(target)?, Arc::clone(&links))?;
    Ok(Relay { address, links, running: Running::Tcp(running) })
}

/// What a datagram weighs on a wire besides its payload: 20 bytes of IPv4 (RFC 791) and 8 of UDP (RFC 768).
pub const UDP_HEADERS: usize = 28;

/// What a TCP segment weighs besides its payload: 20 bytes of IPv4 and 32 of TCP with timestamps (RFC 7323).
pub const TCP_HEADERS: usize = 52;

/// The payload of a full TCP segment on a wire that carries packets of 1500 bytes.
pub const SEGMENT: usize = 1500 - TCP_HEADERS;

impl Relay {
    /// Where clients call, on the loopback interface, with a port that the kernel chose.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the link from the clients to the target has done so far.
    pub fn forward(&self) -> Counts {
        self.links.lock(Way::Forward).counts()
    }

    /// What the link from the target to the clients has done so far.
    pub fn back(&self) -> Counts {
        self.links.lock(Way::Back).counts()
    }

    /// What this relay does not imitate, as sentences in the reader's language: a program that prints
    /// figures taken through a relay prints these beside them.
    pub fn limitations(&self) -> Vec<String> {
        match self.running {
            Running::Udp(_) => vec![text::udp_no_refusal(), text::udp_own_losses()],
            Running::Tcp(_) => vec![text::tcp_loss(), text::tcp_no_congestion(), text::tcp_handshake()],
        }
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut relay = f.debug_struct("Relay");
        relay.field("address", &self.address).field("forward", &self.forward()).field("back", &self.back()).finish()
    }
}

/// Forward is from the client to the target.
#[derive(Clone, Copy)]
enum Way {
    Forward,
    Back,
}

/// The links of a relay, shared by all who talk through it.
struct Links {
    links: [Mutex<Link>; 2],
    /// When they came up.
    started: Instant,
}

impl Links {
    fn new(forward: Conditions, back: Conditions, seed: u64) -> Links {
        Links { links: Link::both_ways(forward, back, seed).map(Mutex::new), started: Instant::now() }
    }

    /// The time, as the links count it.
    fn now(&self) -> Duration {
        self.started.elapsed()
    }

    fn lock(&self, way: Way) -> MutexGuard<'_, Link> {
        lock(&self.links[way as usize])
    }
}

/// A lock; what a thread that panicked has left behind is still right, for no lock is held over more than
/// one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn on_loopback(target: SocketAddr) -> io::Result<SocketAddr> {
    if target.ip().is_loopback() {
        return Ok(target);
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, text::only_loopback(target)))
}

/// The loopback address of `target`'s family, with a port for the kernel to choose.
fn beside(target: SocketAddr) -> SocketAddr {
    let ip: IpAddr = if target.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
    SocketAddr::new(ip, 0)
}
