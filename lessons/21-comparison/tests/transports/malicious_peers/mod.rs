//! What a server must survive: peers that speak nonsense, stop in the middle, send too much, leave, never read, or come
//! in a crowd. While they stay drivers are served, and memory stays within bounds.

mod http;
mod protocols;
mod quic;
mod stream;
mod tls;
mod udp;
mod websocket;

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use libtest_mimic::Trial;
use narrate::testing::{Failed, must};
use socket2::{Domain, SockAddr, Socket, Type};

use crate::ends::{Driver, Frames, Server, payload};
use protocols::{Protocol, protocol};

/// How many attackers of a kind stay connected; a server has places for 16 peers.
const STAYING: usize = 5;
/// More than there are places.
const CONNECTIONS: usize = 40;
/// How much one that never reads tries to send, in bytes.
const FLOOD_SIZE: usize = 16 << 20;
/// How much an attack may cost the server in memory, in KiB: more than one payload, less than two attackers may announce.
const MOST_MEMORY: u64 = 40 * 1024;
/// A write that the server does not take within this time is one that it has stopped reading.
const BLOCKED_AFTER: Duration = Duration::from_millis(300);
/// Longer than a server waits for any peer.
const DEADLINE: Duration = Duration::from_secs(20);
/// The frame with which drivers are served.
const LEGITIMATE_FRAME: usize = 70_000;
/// The longest payload that there is.
const MAX_PAYLOAD: usize = 16 << 20;

/// Leaves behind the connections that stay while a driver is served.
type Attack = fn(&Server, &Protocol) -> io::Result<Vec<Socket>>;

/// The attacks on the server of one transport.
pub fn trials(name: &'static str) -> Vec<Trial> {
    let mut trials = Vec::new();
    if let Some(protocol) = protocol(name) {
        let attacks: [(&str, Attack); 3] = [
            ("that send random bytes", garbage),
            ("that stop in the middle", truncated),
            ("that leave in the middle", disconnecting),
        ];
        for (who, attack) in attacks {
            let test = move || survives(name, |server| Ok(attack(server, &protocol)?));
            trials.push(Trial::test(format!("{name} survives peers {who}"), test));
        }
        if !protocol.ask.is_empty() {
            let test = move || survives(name, |server| Ok(flood(server, &protocol)?));
            trials.push(Trial::test(format!("{name} survives peers that never read"), test));
        }
        trials.push(Trial::test(format!("{name} survives more peers than it has places"), move || {
            connection_flood(name)
        }));
    }
    trials.extend(http::trials(name));
    trials.extend(quic::trials(name));
    trials.extend(stream::trials(name));
    trials.extend(tls::trials(name));
    trials.extend(udp::trials(name));
    trials.extend(websocket::trials(name));
    trials
}

/// Serves drivers before, during and after the attack, one of them all the time.
fn survives<T: Staying>(name: &str, attack: impl FnOnce(&Server) -> Result<T, Failed>) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    let mut first = Driver::start(name, &server, &frames)?;
    first.send(1, LEGITIMATE_FRAME, false, &frames)?;
    let before = server.memory();
    let staying = attack(&server)?;
    first.send(2, LEGITIMATE_FRAME, false, &frames).map_err(|why| when("the first driver, during the attack", why))?;
    serves(name, &server, &frames).map_err(|why| when("another driver, during the attack", why))?;
    staying.leave();
    first.send(3, LEGITIMATE_FRAME, false, &frames).map_err(|why| when("the first driver, after the attack", why))?;
    serves(name, &server, &frames).map_err(|why| when("another driver, after the attack", why))?;
    bounded(before, &server)
}

/// What an attack leaves behind while drivers are served.
trait Staying {
    fn leave(self);
}

impl Staying for () {
    fn leave(self) {}
}

/// Closes without reading what came.
struct Deaf(Vec<Socket>);

impl Staying for Deaf {
    fn leave(self) {
        drop(self.0);
    }
}

impl Staying for Vec<Socket> {
    /// Ends what it says, and reads until the server has closed: then that is done with whatever it was told, and has
    /// all the memory that this costs.
    fn leave(self) {
        for mut peer in self {
            let _ = peer.shutdown(Shutdown::Write);
            let _ = io::copy(&mut peer, &mut io::sink()); // one that was refused is reset
        }
    }
}

/// A driver that is there already is served while other connections hold all permits; then a new one is.
fn connection_flood(name: &str) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    let mut first = Driver::start(name, &server, &frames)?;
    first.send(1, LEGITIMATE_FRAME, false, &frames)?;
    let before = server.memory();
    let crowd: Vec<Socket> = (0..CONNECTIONS).map(|_| call(&server)).collect::<io::Result<_>>()?;
    for number in 2..5 {
        first.send(number, LEGITIMATE_FRAME, false, &frames).map_err(|why| when("within the crowd", why))?;
    }
    crowd.leave();
    serves(name, &server, &frames).map_err(|why| when("after the crowd", why))?;
    bounded(before, &server)
}

/// A new driver is served, from its start to an acknowledgement.
fn serves(name: &str, server: &Server, frames: &Frames) -> Result<(), Failed> {
    Driver::start(name, server, frames)?.send(1, LEGITIMATE_FRAME, false, frames)
}

fn when(when: &str, why: Failed) -> Failed {
    format!("{when}: {}", why.message().unwrap_or("it failed")).into()
}

fn bounded(before: Option<u64>, server: &Server) -> Result<(), Failed> {
    let (Some(before), Some(after)) = (before, server.memory()) else { return Ok(()) };
    let more = after.saturating_sub(before);
    must(more <= MOST_MEMORY, || format!("the attack costs {more} KiB of memory, allowed are {MOST_MEMORY}"))
}

/// A connection to a server that listens at a TCP port or at a path.
fn call(server: &Server) -> io::Result<Socket> {
    let peer = if server.address.starts_with('/') {
        let peer = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        peer.connect(&SockAddr::unix(&server.address)?)?;
        peer
    } else {
        TcpStream::connect(server.place())?.into()
    };
    peer.set_read_timeout(Some(DEADLINE))?;
    peer.set_write_timeout(Some(BLOCKED_AFTER))?;
    Ok(peer)
}

fn garbage(server: &Server, protocol: &Protocol) -> io::Result<Vec<Socket>> {
    let bytes = payload(200_000);
    let mut staying = Vec::new();
    for turn in 0..4 * STAYING {
        let mut peer = call(server)?;
        // Half of them begin well. The server may refuse any of it.
        let _ = peer.write_all(if turn.is_multiple_of(2) { protocol.begin } else { b"" });
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

fn truncated(server: &Server, protocol: &Protocol) -> io::Result<Vec<Socket>> {
    let one = |turn: usize| {
        let mut peer = call(server)?;
        // The one stops in the beginning of a conversation, or soon after, the other in a frame.
        if turn.is_multiple_of(2) {
            peer.write_all(protocol.half_begin)?;
        } else {
            peer.write_all(protocol.begin)?;
            peer.write_all(protocol.half)?;
        }
        Ok(peer)
    };
    (0..2 * STAYING).map(one).collect()
}

/// More of them than there are places: a server that kept a permit for a closed connection would serve no one else.
fn disconnecting(server: &Server, protocol: &Protocol) -> io::Result<Vec<Socket>> {
    for _ in 0..4 {
        truncated(server, protocol)?;
    }
    Ok(Vec::new())
}

fn flood(server: &Server, protocol: &Protocol) -> io::Result<Deaf> {
    let many = protocol.ask.repeat(100_000 / protocol.ask.len());
    let one = |_| {
        let mut peer = call(server)?;
        peer.write_all(protocol.begin)?;
        let mut poured = 0;
        // Until all is said, or the server takes no more.
        while poured < FLOOD_SIZE && peer.write(&many).is_ok_and(|count| count == many.len()) {
            poured += many.len();
        }
        Ok(peer)
    };
    (0..STAYING).map(one).collect::<io::Result<_>>().map(Deaf)
}
