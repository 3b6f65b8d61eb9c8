//! The attacks: what each kind of malicious peer does.

use std::any::Any;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Handshake, Peer};
use crate::testing::next_byte;

/// How many attackers stay connected while the legitimate client is served.
const ATTACKERS: usize = 20;
/// How many peers send and never read.
const NO_READERS: usize = 4;
/// How many bytes each of them tries to send.
const MAX_SENT: usize = 32 * 1024 * 1024;
/// How long each of them tries.
const SENDING_TIME: Duration = Duration::from_secs(2);
/// How many peers send without a pause.
const FLOODERS: usize = 2;
/// About how many bytes they offer in one write.
const WRITE_SIZE: usize = 64 * 1024;
/// How many peers connect and leave in all, and how many of them at once. Behind a handshake they count as members
/// until the server has seen them leave, and it may have a limit of a hundred.
const CONNECTIONS: usize = 1000;
const AT_ONCE: usize = 500;
const AT_ONCE_AFTER_HANDSHAKE: usize = 50;

/// One attack. Returns what stays while the legitimate client is served; dropping it ends the attack.
pub(super) type Attack<P> = fn(&Target<P>) -> io::Result<Vec<Box<dyn Any>>>;

pub(super) fn attacks<P: Peer>() -> [(&'static str, Attack<P>); 6] {
    [
        ("peers that send one byte and then nothing", slowloris),
        ("peers that send and never read", no_reader),
        ("peers that go on sending", flood),
        ("peers that reset the connection", resets),
        ("peers that send random bytes", garbage),
        ("a thousand peers that come and leave", churn),
    ]
}

/// The server, as attackers see it.
pub(super) struct Target<P: Peer> {
    address: P::Address,
    handshake: Option<Handshake<P>>,
    message: &'static [u8],
    count: Arc<AtomicUsize>,
}

impl<P: Peer> Target<P> {
    pub(super) fn new(address: P::Address, handshake: Option<Handshake<P>>, message: &'static [u8]) -> Target<P> {
        Target { address, handshake, message, count: Arc::default() }
    }

    /// The same target, for another thread.
    fn shared(&self) -> Target<P> {
        Target { address: self.address.clone(), count: Arc::clone(&self.count), ..*self }
    }

    /// Connects another attacker and takes it through the handshake.
    fn connect(&self) -> io::Result<P> {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let mut peer = P::connect_with_timeouts(&self.address)?;
        peer.limit_writes()?;
        if let Some(handshake) = self.handshake {
            handshake(&mut peer, number)?;
        }
        Ok(peer)
    }

    /// The message as often as it fills one write.
    fn messages(&self) -> Vec<u8> {
        self.message.repeat(WRITE_SIZE.div_ceil(self.message.len()))
    }
}

fn slowloris<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let one = |_| {
        let mut peer = target.connect()?;
        let _ = peer.write_all(b"G"); // a server that is full may have closed already
        Ok(Box::new(peer) as _)
    };
    (0..ATTACKERS).map(one).collect()
}

/// The server may close the connection, or stop reading. It must not keep in memory what is never fetched.
fn no_reader<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let messages = target.messages();
    let one = |_| {
        let mut peer = target.connect()?;
        let (mut sent, since) = (0, Instant::now());
        // A server may also take a little at a time: then the attack ends before all is sent.
        while sent < MAX_SENT && since.elapsed() < SENDING_TIME {
            // What a write did not take is offered again: the server gets whole messages, to the last one.
            match peer.write(&messages[sent % messages.len()..]) {
                Ok(count) => sent += count,
                Err(_) => break, // it does not take more, or has closed: both are answers
            }
        }
        Ok(Box::new(peer) as _)
    };
    (0..NO_READERS).map(one).collect()
}

/// Sends all the while, and connects again when the server closes the connection.
fn flood<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let one = |_| {
        let (target, messages, over) = (target.shared(), target.messages(), Arc::new(AtomicBool::new(false)));
        let mut peer = target.connect()?;
        let ends = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let mut sent = 0;
            while !ends.load(Ordering::Relaxed) {
                match peer.write(&messages[sent % messages.len()..]) {
                    Ok(count) => sent += count,
                    Err(_) => match target.connect() {
                        Ok(another) => (peer, sent) = (another, 0),
                        Err(_) => thread::yield_now(), // not accepted, for now
                    },
                }
            }
        });
        Ok(Box::new(Flood { over, thread: Some(thread) }) as _)
    };
    (0..FLOODERS).map(one).collect()
}

struct Flood {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Flood {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn resets<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    for turn in 0..ATTACKERS {
        let mut peer = target.connect()?;
        if turn % 2 == 0 && peer.write_all(b"xin chao\n").is_ok() {
            peer.reset();
        } else {
            peer.abort(); // before it has sent a byte
        }
    }
    Ok(Vec::new())
}

fn garbage<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let mut seed = 0x5eed_u64;
    let mut attackers: Vec<Box<dyn Any>> = Vec::new();
    for turn in 0..2 * ATTACKERS {
        let mut peer = target.connect()?;
        let bytes: Vec<u8> = (0..50 * turn).map(|_| next_byte(&mut seed)).collect();
        let _ = peer.write_all(&bytes); // a server may have closed the connection half-way
        if turn % 2 == 0 {
            let _ = peer.close_write();
            let _ = peer.read(&mut [0; 1024]);
        }
        attackers.push(Box::new(peer));
    }
    attackers.truncate(ATTACKERS);
    Ok(attackers)
}

fn churn<P: Peer>(target: &Target<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let at_once = if target.handshake.is_some() { AT_ONCE_AFTER_HANDSHAKE } else { AT_ONCE };
    for _ in 0..CONNECTIONS / at_once {
        // A server with a limit may refuse or close some of them.
        let mut crowd: Vec<P> = (0..at_once).filter_map(|_| target.connect().ok()).collect();
        if crowd.is_empty() {
            return Err(io::ErrorKind::ConnectionRefused.into()); // without a connection there is no attack
        }
        crowd.drain(crowd.len() / 10..).for_each(Peer::abort); // the others close in the normal way
    }
    Ok(Vec::new())
}
