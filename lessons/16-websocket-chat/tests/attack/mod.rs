//! The room under attack: by peers that speak no HTTP, and by members of it.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use narrate::testing::{Attacked, Peer, Trial};
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Error, Message, WebSocket};

/// Bytes of a picture that attackers send, just below the limit of the room.
const PICTURE: usize = 60_000;
/// A binary message as a client sends it: FIN and opcode 2, masked, a length of two bytes, a mask of zeros.
const FRAME: &[u8] = &{
    let mut frame = [b'x'; 8 + PICTURE];
    let [high, low] = (PICTURE as u16).to_be_bytes();
    let head = [0x82, 0x80 | 126, high, low, 0, 0, 0, 0];
    let mut at = 0;
    while at < head.len() {
        frame[at] = head[at];
        at += 1;
    }
    frame
};

/// How often one of those who talk says something, and the other must have heard it.
const TURNS: usize = 50;

pub fn trials() -> Vec<Trial> {
    let attacked = || Attacked::<TcpStream>::new(env!("CARGO_BIN_EXE_lesson16"), honest);
    let members = attacked().behind("the handshake and a name", enter).pouring(FRAME);
    attacked().trials().into_iter().chain(members.trials()).collect()
}

/// An attacker shakes hands and says its name, as everybody does. From then on its bytes are its own.
fn enter(peer: &mut TcpStream, number: usize) -> io::Result<()> {
    let address = peer.peer_addr()?;
    let (mut socket, _) =
        tungstenite::client(format!("ws://{address}/"), peer).map_err(|error| io::Error::other(error.to_string()))?;
    socket.send(Message::text(format!("attacker-{number}"))).map_err(io::Error::other)
}

/// Two who talk. Whatever else is said in the room does not keep one from hearing the other.
fn honest(address: SocketAddr) -> io::Result<()> {
    static CAME: AtomicUsize = AtomicUsize::new(0);
    let number = CAME.fetch_add(1, Ordering::Relaxed);
    talk(address, &format!("mai-{number}"), &format!("lan-{number}")).map_err(io::Error::other)
}

fn talk(address: SocketAddr, mai: &str, lan: &str) -> Result<(), Error> {
    let mut one = join(address, mai)?;
    let mut other = join(address, lan)?;
    expect(&mut one, &Message::text(format!("+ {lan}")))?;
    for turn in 0..TURNS {
        one.send(Message::text(format!("xin chào {turn}")))?;
        expect(&mut other, &Message::text(format!("{mai}: xin chào {turn}")))?;
    }
    other.send(Message::binary(b"\xff\x00".to_vec()))?;
    let name = [&[lan.len() as u8], lan.as_bytes()].concat();
    expect(&mut one, &Message::binary([&name, &b"\xff\x00"[..]].concat()))?;
    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
    other.close(Some(frame.clone()))?;
    expect(&mut other, &Message::Close(Some(frame)))?;
    expect(&mut one, &Message::text(format!("- {lan}")))
}

/// A member who is in. Attackers who have left may still have their seats for a moment: then it comes again.
fn join(address: SocketAddr, name: &str) -> Result<WebSocket<TcpStream>, Error> {
    for _ in 0..100 {
        let stream = TcpStream::call(&address)?;
        let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), stream).map_err(io::Error::other)?;
        socket.send(Message::text(name))?;
        loop {
            match socket.read()? {
                Message::Text(line) if line.starts_with('=') => return Ok(socket),
                Message::Text(line) if line == "! room full" => break,
                Message::Close(frame) => return Err(io::Error::other(format!("closed: {frame:?}")).into()),
                _ => {} // what was said before
            }
        }
    }
    Err(io::Error::other("the room is full, whenever one comes").into())
}

/// Reads on until `expected` comes.
fn expect(socket: &mut WebSocket<TcpStream>, expected: &Message) -> Result<(), Error> {
    loop {
        match socket.read()? {
            message if message == *expected => return Ok(()),
            Message::Close(frame) => return Err(io::Error::other(format!("closed: {frame:?}")).into()),
            _ => {}
        }
    }
}
