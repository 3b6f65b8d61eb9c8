//! What a server must survive: peers that speak nonsense, stop in the middle, send too much, leave, or never read.
//! While they stay a driver is served, and memory stays within bounds.

mod refused;

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use libtest_mimic::Trial;
use narrate::testing::{Failed, must};

use crate::ends::{Server, payload};
use crate::served;

/// How many attackers of a kind stay connected; a server has places for 16 peers.
const STAYING: usize = 5;
/// How much one that never reads tries to send, in bytes.
const POURED: usize = 16 << 20;
/// How much an attack may cost the server in memory, in KiB: more than one payload, less than what is poured in.
const MOST_MEMORY: u64 = 40 * 1024;
/// A write that the server does not take within this time is one that it has stopped reading.
const STUCK: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(10);

/// Each family of servers, and what one says to it that means something: the beginning of a conversation,
/// and what can be said over and over again and makes it answer.
const SERVERS: [(&str, &[u8], &[u8]); 4] = [
    ("http1", b"", b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n"),
    ("http2", HTTP2, PING),
    ("grpc-unary", HTTP2, PING),
    ("grpc-stream", HTTP2, PING),
];

/// The preface of a client, and its SETTINGS, which are empty (RFC 9113, section 3.4).
const HTTP2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// A PING, which has to be answered (section 6.7).
const PING: &[u8] = b"\0\0\x08\x06\0\0\0\0\0xin chao";
/// The head of a HEADERS frame of 100 bytes, and one byte of them.
const HALF_HEADERS: &[u8] = b"\0\0\x64\x01\x04\0\0\0\x01\x83";
/// A head without its end, and a head without its body.
const HALF_HEAD: &[u8] = b"POST /frame HTTP/1.1\r\nhost: x\r\nx-frame-num";
const HALF_BODY: &[u8] =
    b"POST /frame HTTP/1.1\r\nhost: x\r\nx-frame-number: 1\r\nx-frame-checksum: 0123456789abcdef\r\n\
    content-length: 16777216\r\n\r\nhalf of it";

/// Leaves behind the connections that stay while a driver is served.
type Attack = fn(&Server, &'static [u8], &'static [u8]) -> io::Result<Vec<TcpStream>>;

pub fn trials() -> Vec<Trial> {
    let attacks: [(&str, Attack); 4] = [
        ("peers that send random bytes", babblers),
        ("peers that stop in the middle of a request", halves),
        ("peers that leave in the middle of a request", leavers),
        ("peers that never read", pourers),
    ];
    let mut trials = refused::trials();
    for (name, begin, ask) in SERVERS {
        for (who, attack) in attacks {
            let test = move || survives(name, |server| attack(server, begin, ask));
            trials.push(Trial::test(format!("{name} survives {who}"), test));
        }
    }
    trials
}

/// Serves a driver before, during and after the attack.
fn survives<T>(name: &str, attack: impl FnOnce(&Server) -> io::Result<T>) -> Result<(), Failed> {
    let server = Server::start(name)?;
    served(name, &server, "before the attack")?;
    let before = server.memory();
    let staying = attack(&server)?;
    served(name, &server, "during the attack")?;
    if let (Some(before), Some(after)) = (before, server.memory()) {
        let more = after.saturating_sub(before);
        must(more <= MOST_MEMORY, || format!("the attack costs {more} KiB of memory, allowed are {MOST_MEMORY}"))?;
    }
    drop(staying);
    served(name, &server, "after the attack")
}

fn call(server: &Server) -> io::Result<TcpStream> {
    let peer = TcpStream::connect(&server.address)?;
    peer.set_read_timeout(Some(PATIENCE))?;
    peer.set_write_timeout(Some(STUCK))?;
    Ok(peer)
}

fn babblers(server: &Server, begin: &[u8], _: &[u8]) -> io::Result<Vec<TcpStream>> {
    let bytes = payload(200_000);
    let mut staying = Vec::new();
    for turn in 0..4 * STAYING {
        let mut peer = call(server)?;
        // Half of them begin well. The server may refuse any of it.
        let _ = peer.write_all(if turn % 2 == 0 { begin } else { b"" });
        let _ = peer.write_all(&bytes[turn * 1000..][..(turn * 7919).min(100_000)]);
        if staying.len() < STAYING {
            staying.push(peer);
        } else {
            let _ = peer.shutdown(Shutdown::Write);
            let _ = peer.read(&mut [0; 1024]);
        }
    }
    Ok(staying)
}

fn halves(server: &Server, begin: &[u8], _: &[u8]) -> io::Result<Vec<TcpStream>> {
    let halves = if begin.is_empty() { [HALF_HEAD, HALF_BODY] } else { [HALF_HEADERS, &HALF_HEADERS[..4]] };
    let one = |turn: usize| {
        let mut peer = call(server)?;
        peer.write_all(begin)?;
        peer.write_all(halves[turn % 2])?;
        Ok(peer)
    };
    (0..2 * STAYING).map(one).collect()
}

/// More of them than there are places: a server that kept a place for one that has gone would serve nobody.
fn leavers(server: &Server, begin: &[u8], ask: &[u8]) -> io::Result<Vec<TcpStream>> {
    for _ in 0..4 {
        halves(server, begin, ask)?;
    }
    Ok(Vec::new())
}

fn pourers(server: &Server, begin: &[u8], ask: &[u8]) -> io::Result<Vec<TcpStream>> {
    let many = ask.repeat(100_000 / ask.len());
    let one = |_| {
        let mut peer = call(server)?;
        peer.write_all(begin)?;
        let mut poured = 0;
        // Until all is said, or the server takes no more.
        while poured < POURED && peer.write(&many).is_ok_and(|count| count == many.len()) {
            poured += many.len();
        }
        Ok(peer)
    };
    (0..STAYING).map(one).collect()
}
