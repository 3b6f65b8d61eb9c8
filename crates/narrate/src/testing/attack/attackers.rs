//! Peers that nobody wants, and what each kind of them does.

use std::any::Any;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{Enter, Peer};

/// How many attackers stay connected while the honest client is served.
const STAYING: usize = 20;
/// How many pour.
const POURERS: usize = 4;
/// What each of them tries to send, in bytes.
const POURED: usize = 32 * 1024 * 1024;
/// How long each of them tries.
const POURING: Duration = Duration::from_secs(2);
/// How many pour all the while.
const FLOODERS: usize = 2;
/// How many bytes a pourer offers in one write, about.
const OFFERED: usize = 64 * 1024;
/// How many come and leave in all, and how many of them at once: those who are let in count as guests
/// until the server has seen them leave, and it may have seats for a hundred.
const VISITORS: usize = 1000;
const CROWD: usize = 500;
const CROWD_INSIDE: usize = 50;

/// One attack: leaves behind what stays while the honest client is served, and ends when it is dropped.
pub(super) type Attack<P> = fn(&Site<P>) -> io::Result<Vec<Box<dyn Any>>>;

pub(super) fn attacks<P: Peer>() -> [(&'static str, Attack<P>); 6] {
    [
        ("peers that send one byte and then nothing", dribblers),
        ("peers that send and never read", pourers),
        ("peers that go on sending", flooders),
        ("peers that reset the connection", resetters),
        ("peers that send random bytes", babblers),
        ("a thousand peers that come and leave", crowds),
    ]
}

/// The server, as attackers see it.
pub(super) struct Site<P: Peer> {
    place: P::Place,
    enter: Option<Enter<P>>,
    poured: &'static [u8],
    came: Arc<AtomicUsize>,
}

impl<P: Peer> Site<P> {
    pub(super) fn new(place: P::Place, enter: Option<Enter<P>>, poured: &'static [u8]) -> Site<P> {
        Site { place, enter, poured, came: Arc::default() }
    }

    /// The same site, for another thread.
    fn shared(&self) -> Site<P> {
        Site { place: self.place.clone(), came: Arc::clone(&self.came), ..*self }
    }

    /// Another attacker, as far inside as they go.
    fn call(&self) -> io::Result<P> {
        let number = self.came.fetch_add(1, Ordering::Relaxed);
        let mut peer = P::call(&self.place)?;
        peer.hurry()?;
        if let Some(enter) = self.enter {
            enter(&mut peer, number)?;
        }
        Ok(peer)
    }

    /// What a pourer sends again and again, and in one write as far as the server takes it.
    fn poured(&self) -> Vec<u8> {
        self.poured.repeat(OFFERED.div_ceil(self.poured.len()))
    }
}

fn dribblers<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let one = |_| {
        let mut peer = site.call()?;
        let _ = peer.write_all(b"G"); // a server that is full may have closed already
        Ok(Box::new(peer) as _)
    };
    (0..STAYING).map(one).collect()
}

/// The server may close on them, or stop reading. It must not take in all of it for nobody to fetch.
fn pourers<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let messages = site.poured();
    let one = |_| {
        let mut peer = site.call()?;
        let (mut poured, since) = (0, Instant::now());
        // A server may also take a little at a time: then we do not stay for all of it.
        while poured < POURED && since.elapsed() < POURING {
            // What a write did not take is offered again: the server gets whole messages, to the last one.
            match peer.write(&messages[poured % messages.len()..]) {
                Ok(count) => poured += count,
                Err(_) => break, // it does not take more, or has closed: both are answers
            }
        }
        Ok(Box::new(peer) as _)
    };
    (0..POURERS).map(one).collect()
}

/// They pour all the while, and come again when they are thrown out.
fn flooders<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let one = |_| {
        let (site, messages, over) = (site.shared(), site.poured(), Arc::new(AtomicBool::new(false)));
        let mut peer = site.call()?;
        let ends = Arc::clone(&over);
        let thread = thread::spawn(move || {
            let mut poured = 0;
            while !ends.load(Ordering::Relaxed) {
                match peer.write(&messages[poured % messages.len()..]) {
                    Ok(count) => poured += count,
                    Err(_) => match site.call() {
                        Ok(another) => (peer, poured) = (another, 0),
                        Err(_) => thread::yield_now(), // not let in, for now
                    },
                }
            }
        });
        Ok(Box::new(Flooder { over, thread: Some(thread) }) as _)
    };
    (0..FLOODERS).map(one).collect()
}

struct Flooder {
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Flooder {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn resetters<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    for turn in 0..STAYING {
        let mut peer = site.call()?;
        if turn % 2 == 0 && peer.write_all(b"xin chao\n").is_ok() {
            peer.reset();
        } else {
            peer.vanish(); // before it has said a word
        }
    }
    Ok(Vec::new())
}

fn babblers<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let mut seed = 0x5eed_u64;
    let mut staying: Vec<Box<dyn Any>> = Vec::new();
    for turn in 0..2 * STAYING {
        let mut peer = site.call()?;
        let bytes: Vec<u8> = (0..50 * turn).map(|_| random(&mut seed)).collect();
        let _ = peer.write_all(&bytes); // a server may have refused it half-way
        if turn % 2 == 0 {
            let _ = peer.end();
            let _ = peer.read(&mut [0; 1024]);
        }
        staying.push(Box::new(peer));
    }
    staying.truncate(STAYING);
    Ok(staying)
}

/// A step of splitmix64 (Steele, Lea and Flood 2014): the same bytes in every run.
pub(in crate::testing) fn random(seed: &mut u64) -> u8 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 56) as u8
}

fn crowds<P: Peer>(site: &Site<P>) -> io::Result<Vec<Box<dyn Any>>> {
    let at_once = if site.enter.is_some() { CROWD_INSIDE } else { CROWD };
    for _ in 0..VISITORS / at_once {
        // A server with a limit may refuse or close some of them.
        let mut crowd: Vec<P> = (0..at_once).filter_map(|_| site.call().ok()).collect();
        if crowd.is_empty() {
            return Err(io::ErrorKind::ConnectionRefused.into()); // that would be no attack
        }
        crowd.drain(crowd.len() / 10..).for_each(Peer::vanish); // the others close as one should
    }
    Ok(Vec::new())
}
