//! What the server of a lesson must survive: peers that dribble, never read, reset, send random bytes, or
//! come by the hundred and leave. Meanwhile an honest client is served, memory stays within bounds,
//! and afterwards nothing is left behind.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use super::run::Serving;
use super::{Story, Transport, must, trial};

/// An honest client: talks to the server at an address as the lesson does, and says what was wrong.
pub type Honest = fn(SocketAddr) -> io::Result<()>;

/// How many attackers stay connected while the honest client is served.
const STAYING: usize = 20;
/// How many come at once and leave, and how often.
const CROWD: usize = 500;
const CROWDS: usize = 2;
/// What an attacker that never reads tries to send, in bytes.
const POURED: usize = 32 * 1024 * 1024;
/// How much an attack may cost the server in memory, in KiB: less than what one attacker pours in.
const MOST_MEMORY: u64 = 24 * 1024;
/// A write that the server does not take within this time is one that it has stopped reading.
const STUCK: Duration = Duration::from_millis(300);
/// How long anything else may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// One attack: leaves behind the connections that stay while the honest client is served.
type Attack = fn(SocketAddr) -> io::Result<Vec<TcpStream>>;

const ATTACKS: [(&str, Attack); 5] = [
    ("peers that send one byte and then nothing", dribblers),
    ("peers that send and never read", pourers),
    ("peers that reset the connection", resetters),
    ("peers that send random bytes", babblers),
    ("a thousand peers that come and leave", crowds),
];

impl Story {
    /// As [`Story::test`], for a lesson whose `serve` is made to last: it must survive every attack here
    /// while `honest` is served.
    pub fn test_under_attack(self, honest: Honest) -> ExitCode {
        let (number, program, folder) = (self.number, self.program, self.folder);
        let story: &'static Story =
            Box::leak(Box::new(Story { number, program, folder, varying: &[], dissected: &[], sides: true }));
        let survives = ATTACKS
            .map(|(who, attack)| trial(format!("serve survives {who}"), move || survives(story, attack, honest)));
        self.run_with(None, Transport::Tcp, survives.into())
    }
}

fn survives(story: &Story, attack: Attack, honest: Honest) -> Result<(), Failed> {
    let serving = story.program().serve(&[])?;
    let address: SocketAddr = serving.address.parse()?;
    served(address, honest, "before the attack")?;
    let (memory, descriptors) = (memory(&serving), descriptors(&serving));

    let staying = attack(address)?;
    served(address, honest, "during the attack")?;
    if let (Some(before), Some(after)) = (memory, self::memory(&serving)) {
        let more = after.saturating_sub(before);
        must(more <= MOST_MEMORY, || format!("the attack costs {more} KiB of memory, allowed are {MOST_MEMORY}"))?;
    }
    drop(staying);
    served(address, honest, "after the attack")?;
    let Some(most) = descriptors else { return Ok(()) };
    let deadline = Instant::now() + PATIENCE;
    // The kernel hands over the ends of the connections in its own time.
    while self::descriptors(&serving).is_some_and(|count| count > most) {
        let count = self::descriptors(&serving).unwrap_or_default();
        must(Instant::now() < deadline, || format!("{count} descriptors are left open, before it were {most}"))?;
        std::thread::yield_now();
    }
    Ok(())
}

fn served(address: SocketAddr, honest: Honest, when: &str) -> Result<(), Failed> {
    honest(address).map_err(|error| format!("{when} an honest client is not served: {error}").into())
}

fn call(address: SocketAddr) -> io::Result<TcpStream> {
    let peer = TcpStream::connect_timeout(&address, PATIENCE)?;
    peer.set_read_timeout(Some(PATIENCE))?;
    peer.set_write_timeout(Some(STUCK))?;
    Ok(peer)
}

fn dribblers(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    let one = |_| {
        let mut peer = call(address)?;
        peer.write_all(b"G")?;
        Ok(peer)
    };
    (0..STAYING).map(one).collect()
}

/// The server may close on them, or stop reading. It must not take in all of it for nobody to fetch.
fn pourers(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    let line = b"mot dong dai vua phai, de ai doc cung hieu\n".repeat(1500);
    let one = |_| {
        let mut peer = call(address)?;
        let mut poured = 0;
        while poured < POURED {
            match peer.write(&line) {
                Ok(count) => poured += count,
                Err(_) => break, // it does not take more, or has closed: both are answers
            }
        }
        Ok(peer)
    };
    (0..4).map(one).collect()
}

fn resetters(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    for turn in 0..STAYING {
        let mut peer = call(address)?;
        if turn % 2 == 0 {
            let _ = peer.write_all(b"xin chao\n"); // half of them reset before they have said a word
        }
        // Lingering for no time: close() sends RST instead of FIN (socket(7)).
        socket2::SockRef::from(&peer).set_linger(Some(Duration::ZERO))?;
    }
    Ok(Vec::new())
}

fn babblers(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    let mut seed = 0x5eed_u64;
    let mut staying = Vec::new();
    for turn in 0..2 * STAYING {
        let mut peer = call(address)?;
        let bytes: Vec<u8> = (0..50 * turn).map(|_| random(&mut seed)).collect();
        let _ = peer.write_all(&bytes); // a server may have refused it half-way
        if turn % 2 == 0 {
            let _ = peer.shutdown(Shutdown::Write);
            let _ = peer.read(&mut [0; 1024]);
        }
        staying.push(peer);
    }
    staying.truncate(STAYING);
    Ok(staying)
}

/// A step of splitmix64 (Steele, Lea and Flood 2014): the same bytes in every run.
pub(super) fn random(seed: &mut u64) -> u8 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 56) as u8
}

fn crowds(address: SocketAddr) -> io::Result<Vec<TcpStream>> {
    for _ in 0..CROWDS {
        // A server with a limit may refuse or close some of them.
        let crowd: Vec<_> = (0..CROWD).filter_map(|_| call(address).ok()).collect();
        // Most leave by a reset: a thousand ports in TIME-WAIT would slow whoever reads the kernel's table next.
        for peer in &crowd[CROWD.min(crowd.len()) / 10..] {
            socket2::SockRef::from(peer).set_linger(Some(Duration::ZERO))?;
        }
    }
    Ok(Vec::new())
}

/// The server's resident memory in KiB; `None` where `/proc` does not tell.
fn memory(serving: &Serving) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", serving.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// How many descriptors the server holds; `None` where `/proc` does not tell.
fn descriptors(serving: &Serving) -> Option<usize> {
    Some(std::fs::read_dir(format!("/proc/{}/fd", serving.id())).ok()?.count())
}
