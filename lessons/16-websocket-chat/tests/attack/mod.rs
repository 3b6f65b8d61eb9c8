//! The server under attack: by peers that send no HTTP, and by members of the room.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use narrate::testing::{Attacks, Peer};
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Error, Message, WebSocket};

/// Bytes of a picture that attackers send, just below the room's limit of 64 KiB.
const PICTURE_SIZE: usize = 60_000;
/// A binary message as a client sends it: FIN and opcode 2, masked, a length of two bytes, a mask of zeros.
const FRAME: &[u8] = &{
    let mut frame = [b'x'; 8 + PICTURE_SIZE];
    let [high, low] = (PICTURE_SIZE as u16).to_be_bytes();
    let head = [0x82, 0x80 | 126, high, low, 0, 0, 0, 0];
    let mut at = 0;
    while at < head.len() {
        frame[at] = head[at];
        at += 1;
    }
    frame
};

/// Lines that one legitimate client sends and the other must receive.
const TURNS: usize = 50;

pub fn by_strangers() -> Attacks<TcpStream> {
    Attacks::new(talk_in_pairs)
}

pub fn by_members() -> Attacks<TcpStream> {
    Attacks::new(talk_in_pairs).after("the handshake and a name", join_as_attacker).sending(FRAME)
}

/// Upgrades an attacker's connection and sends a name. From then on the attack begins.
fn join_as_attacker(peer: &mut TcpStream, number: usize) -> io::Result<()> {
    let address = peer.peer_addr()?;
    let (mut socket, _) =
        tungstenite::client(format!("ws://{address}/"), peer).map_err(|error| io::Error::other(error.to_string()))?;
    socket.send(Message::text(format!("attacker-{number}"))).map_err(io::Error::other)
}

/// Two legitimate clients talk. No other message in the room may keep one from receiving the other's.
fn talk_in_pairs(address: SocketAddr) -> io::Result<()> {
    static PAIRS: AtomicUsize = AtomicUsize::new(0);
    let number = PAIRS.fetch_add(1, Ordering::Relaxed);
    talk(address, &format!("mai-{number}"), &format!("lan-{number}")).map_err(io::Error::other)
}

fn talk(address: SocketAddr, mai: &str, lan: &str) -> Result<(), Error> {
    let mut mai_socket = join(address, mai)?;
    let mut lan_socket = join(address, lan)?;
    expect(&mut mai_socket, &Message::text(format!("+ {lan}")))?;
    for turn in 0..TURNS {
        mai_socket.send(Message::text(format!("xin chào {turn}")))?;
        expect(&mut lan_socket, &Message::text(format!("{mai}: xin chào {turn}")))?;
    }
    lan_socket.send(Message::binary(b"\xff\x00".to_vec()))?;
    let name = [&[lan.len() as u8], lan.as_bytes()].concat();
    expect(&mut mai_socket, &Message::binary([&name, &b"\xff\x00"[..]].concat()))?;
    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
    lan_socket.close(Some(frame.clone()))?;
    expect(&mut lan_socket, &Message::Close(Some(frame)))?;
    expect(&mut mai_socket, &Message::text(format!("- {lan}")))
}

/// Joins the room. Attackers that have left may still be members for a moment: then it tries again.
fn join(address: SocketAddr, name: &str) -> Result<WebSocket<TcpStream>, Error> {
    for _ in 0..100 {
        let stream = TcpStream::connect_with_timeouts(&address)?;
        let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), stream).map_err(io::Error::other)?;
        socket.send(Message::text(name))?;
        loop {
            match socket.read()? {
                Message::Text(line) if line.starts_with('=') => return Ok(socket),
                Message::Text(line) if line == "! room full" => break,
                Message::Close(frame) => return Err(io::Error::other(format!("closed: {frame:?}")).into()),
                _ => {} // the history
            }
        }
    }
    Err(io::Error::other("the room is full at every attempt").into())
}

/// Reads until `expected` comes.
fn expect(socket: &mut WebSocket<TcpStream>, expected: &Message) -> Result<(), Error> {
    loop {
        match socket.read()? {
            message if message == *expected => return Ok(()),
            Message::Close(frame) => return Err(io::Error::other(format!("closed: {frame:?}")).into()),
            _ => {}
        }
    }
}
