//! The same for WebSockets: the program in its bad habits, and what each must come to.

use std::error::Error;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use checks::{CheckRun, Failure, Frame, Symptom, WebSocketPeer};
use tungstenite::handshake::derive_accept_key;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame as Wire};
use tungstenite::protocol::{Message, Role};
use tungstenite::{Bytes, WebSocket};

use crate::cases::{Case, playing};

/// What each conversation must come to; `None` is a pass.
pub const CASES: &[Case] = &[
    ("a websocket that serves well", None, |check| echoes(check, "ws-serves")),
    ("a websocket that answers in fragments", None, |check| echoes(check, "ws-fragments")),
    ("a websocket that pings us meanwhile", None, |check| echoes(check, "ws-pings")),
    ("a websocket that answers nothing", Some(Symptom::Silence), |check| echoes(check, "ws-mute")),
    ("HTTP, but no websocket", Some(Symptom::NoUpgrade), |check| echoes(check, "ws-refuses")),
    ("an answer to another key", Some(Symptom::NoUpgrade), |check| echoes(check, "ws-other-key")),
    ("a server that masks", Some(Symptom::WrongFrame), |check| echoes(check, "ws-masks")),
    ("binary instead of text", Some(Symptom::WrongFrame), |check| echoes(check, "ws-binary")),
    ("another text", Some(Symptom::WrongBytes), |check| echoes(check, "ws-flips")),
    ("a close instead of an answer", Some(Symptom::Closed), |check| echoes(check, "ws-closes")),
    ("an end without a close", Some(Symptom::EndOfStream), |check| echoes(check, "ws-drops")),
    ("a close with another code", Some(Symptom::WrongCode), |check| echoes(check, "ws-other-code")),
    ("a close without a code", Some(Symptom::WrongCode), |check| echoes(check, "ws-no-code")),
];

fn echoes(check: &mut CheckRun, behaviour: &str) -> Result<(), Failure> {
    let server = check.start_with(&playing(behaviour))?;
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    peer.send_all(&[Frame::text("xin ").unfinished(), Frame::continuation("chào".as_bytes())])?;
    peer.expect_text("xin chào")?;
    peer.send_close(1000)?;
    peer.expect_close(1000)?;
    peer.expect_end()
}

/// Behaves as `habit` says, until it is ended.
pub fn play(habit: &str) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("LISTENING {}", listener.local_addr()?);
    for stream in listener.incoming() {
        if let Err(error) = serve(habit, stream?) {
            eprintln!("player: {error}");
        }
    }
    Ok(())
}

fn serve(habit: &str, mut stream: TcpStream) -> Result<(), Box<dyn Error>> {
    let key = key_of(&stream)?;
    let key = if habit == "ws-other-key" { "dGhlIHNhbXBsZSBub25jZQ==" } else { key.as_str() };
    if habit == "ws-refuses" {
        return Ok(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")?);
    }
    write!(
        stream,
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Accept: {}\r\n\r\n",
        derive_accept_key(key.as_bytes())
    )?;
    let mut writer = stream.try_clone()?;
    let mut socket = WebSocket::from_raw_socket(stream, Role::Server, None);
    loop {
        match socket.read() {
            Ok(Message::Text(text)) => match habit {
                "ws-mute" => {}
                "ws-drops" => return Ok(()),
                "ws-closes" => socket.close(None)?,
                "ws-binary" => socket.send(Message::binary(text))?,
                "ws-flips" => socket.send(Message::text(text.replace('c', "k")))?,
                "ws-masks" => {
                    WebSocket::from_raw_socket(&mut writer, Role::Client, None).send(Message::Text(text))?;
                }
                "ws-fragments" => {
                    let (first, rest) = text.as_bytes().split_at(7);
                    let frame = |bytes: &[u8], kind, last| {
                        Message::Frame(Wire::message(Bytes::copy_from_slice(bytes), OpCode::Data(kind), last))
                    };
                    socket.write(frame(first, Data::Text, false))?;
                    socket.send(frame(rest, Data::Continue, true))?;
                }
                "ws-pings" => {
                    socket.send(Message::Ping(Bytes::from_static(b"there?")))?;
                    socket.send(Message::Text(text))?;
                }
                _ => socket.send(Message::Text(text))?,
            },
            Ok(Message::Close(_)) if habit == "ws-other-code" => {
                let close = CloseFrame { code: CloseCode::Away, reason: "".into() };
                WebSocket::from_raw_socket(&mut writer, Role::Server, None).close(Some(close))?;
                return Ok(());
            }
            Ok(Message::Close(_)) if habit == "ws-no-code" => {
                WebSocket::from_raw_socket(&mut writer, Role::Server, None).close(None)?;
                return Ok(());
            }
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// The key in a client's request. A client waits for the answer before it says more.
fn key_of(stream: &TcpStream) -> io::Result<String> {
    let mut key = String::new();
    for line in BufReader::new(stream.try_clone()?).lines() {
        let line = line?;
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("Sec-WebSocket-Key") => key = value.to_owned(),
            Some(_) => {}
            None if line.is_empty() => break,
            None => {}
        }
    }
    Ok(key)
}
