//! Peers that nobody wants, and what each kind of them does.

use std::cell::Cell;
use std::io;

use super::{Enter, Peer};

/// How many attackers stay connected while the honest client is served.
const STAYING: usize = 20;
/// How many pour.
const POURERS: usize = 4;
/// What each of them tries to send, in bytes.
const POURED: usize = 32 * 1024 * 1024;
/// How many bytes a pourer offers in one write, about.
const OFFERED: usize = 64 * 1024;
/// How many come and leave in all, and how many of them at once: those who are let in count as guests
/// until the server has seen them leave, and it may have seats for a hundred.
const VISITORS: usize = 1000;
const CROWD: usize = 500;
const CROWD_INSIDE: usize = 50;

/// One attack: leaves behind the connections that stay while the honest client is served.
pub(super) type Attack<P> = fn(&Site<P>) -> io::Result<Vec<P>>;

pub(super) fn attacks<P: Peer>() -> [(&'static str, Attack<P>); 5] {
    [
        ("peers that send one byte and then nothing", dribblers),
        ("peers that send and never read", pourers),
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
    came: Cell<usize>,
}

impl<P: Peer> Site<P> {
    pub(super) fn new(place: P::Place, enter: Option<Enter<P>>, poured: &'static [u8]) -> Site<P> {
        Site { place, enter, poured, came: Cell::new(0) }
    }

    /// Another attacker, as far inside as they go.
    fn call(&self) -> io::Result<P> {
        self.came.set(self.came.get() + 1);
        let mut peer = P::call(&self.place)?;
        peer.hurry()?;
        if let Some(enter) = self.enter {
            enter(&mut peer, self.came.get())?;
        }
        Ok(peer)
    }
}

fn dribblers<P: Peer>(site: &Site<P>) -> io::Result<Vec<P>> {
    let one = |_| {
        let mut peer = site.call()?;
        peer.write_all(b"G")?;
        Ok(peer)
    };
    (0..STAYING).map(one).collect()
}

/// The server may close on them, or stop reading. It must not take in all of it for nobody to fetch.
fn pourers<P: Peer>(site: &Site<P>) -> io::Result<Vec<P>> {
    let messages = site.poured.repeat(OFFERED.div_ceil(site.poured.len()));
    let one = |_| {
        let mut peer = site.call()?;
        let mut poured = 0;
        while poured < POURED {
            // What a write did not take is offered again: the server gets whole messages, to the last one.
            match peer.write(&messages[poured % messages.len()..]) {
                Ok(count) => poured += count,
                Err(_) => break, // it does not take more, or has closed: both are answers
            }
        }
        Ok(peer)
    };
    (0..POURERS).map(one).collect()
}

fn resetters<P: Peer>(site: &Site<P>) -> io::Result<Vec<P>> {
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

fn babblers<P: Peer>(site: &Site<P>) -> io::Result<Vec<P>> {
    let mut seed = 0x5eed_u64;
    let mut staying = Vec::new();
    for turn in 0..2 * STAYING {
        let mut peer = site.call()?;
        let bytes: Vec<u8> = (0..50 * turn).map(|_| random(&mut seed)).collect();
        let _ = peer.write_all(&bytes); // a server may have refused it half-way
        if turn % 2 == 0 {
            let _ = peer.end();
            let _ = peer.read(&mut [0; 1024]);
        }
        staying.push(peer);
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

fn crowds<P: Peer>(site: &Site<P>) -> io::Result<Vec<P>> {
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
