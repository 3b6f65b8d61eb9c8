//! Lesson 16 · WebSocket chat · Phòng chat WebSocket
//!
//! A browser, a terminal and a script in one room; and what the library does for you, or does not.
//!
//!     cargo run -p lesson16                      the whole story, on this machine
//!     cargo run -p lesson16 -- serve             the room: open the address it prints in a browser
//!     cargo run -p lesson16 -- connect ADDRESS   a member in this terminal; your first line is your name
//!
//! You should see HTTP turn into frames on one connection, every kind of frame, a refusal and a
//! proper end, and what the library keeps in memory. Then a room, a member who does not read, and one
//! who has vanished.

mod annotate;
mod buffers;
mod connect;
mod guests;
mod hall;
mod http;
mod member;
mod pace;
mod pair;
mod room;
mod server;
mod text;

use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::{error, thread};

use narrate::kernel::State;
use narrate::{Endpoint, Error, Lesson, Side, Stage};
use pair::{lying, pair, shown};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::derive_accept_key;
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::{Bytes, Error as WsError, Message};

/// 4 letters, 5 bytes.
const GREETING: &str = "chào";
/// No text in UTF-8 holds the byte ff.
const NO_TEXT: &[u8] = b"\xff\x00";

fn main() -> ExitCode {
    let (serve, connect) = (Some(server::serve as _), Some(connect::connect as _));
    let story = |stage: &Stage| story(stage).map_err(|why| Error::new(text::broke(why)));
    Lesson { number: 16, title: text::TITLE, story, serve, connect, annotate: Some(annotate::websocket) }.run()
}

fn story(stage: &Stage) -> Result<(), Box<dyn error::Error>> {
    // ANCHOR: upgrade
    stage.step(text::an_upgrade());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let stream = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let accepted = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let server_end = Endpoint::of(Side::SERVER, &accepted)?;
    let server = thread::spawn(move || tungstenite::accept(accepted).map_err(|why| why.to_string()));
    let request = format!("ws://{address}/").into_client_request()?;
    let key = request.headers()["Sec-WebSocket-Key"].clone();
    let (mut client, answer) = tungstenite::client(request, stream)?;
    let mut server = server.join().map_err(|_| "accept")??;
    // ANCHOR_END: upgrade
    stage.fact(Side::CLIENT, "GET / HTTP/1.1   Upgrade: websocket");
    stage.fact(Side::CLIENT, format!("Sec-WebSocket-Key: {}", key.to_str()?));
    stage.fact(Side::SERVER, format!("HTTP/1.1 {}", answer.status()));
    stage.fact(Side::SERVER, format!("Sec-WebSocket-Accept: {}", answer.headers()["Sec-WebSocket-Accept"].to_str()?));
    let agrees = answer.headers()["Sec-WebSocket-Accept"] == derive_accept_key(key.as_bytes());
    stage.fact(Side::CLIENT, text::accept_agrees(agrees));
    stage.socket(&server_end);

    // ANCHOR: text
    stage.step(text::a_text(GREETING));
    client.send(Message::text(GREETING))?;
    stage.bytes(Side::CLIENT, Side::SERVER, &lying(server.get_ref(), 2 + 4 + 5)?); // head, mask, payload
    let said = server.read()?;
    stage.fact(Side::SERVER, format!("read() → {}", shown(&said)));
    server.send(said)?;
    stage.bytes(Side::SERVER, Side::CLIENT, &lying(client.get_ref(), 2 + 5)?); // the server does not mask
    client.read()?;
    // ANCHOR_END: text

    // ANCHOR: ping
    stage.step(text::a_ping());
    server.send(Message::Ping(Bytes::from_static(b"?")))?;
    stage.bytes(Side::SERVER, Side::CLIENT, &lying(client.get_ref(), 3)?);
    client.read()?; // we only read; the library notes that a pong is due
    client.flush()?;
    stage.bytes(Side::CLIENT, Side::SERVER, &lying(server.get_ref(), 2 + 4 + 1)?);
    server.read()?;
    // ANCHOR_END: ping

    // ANCHOR: flush
    stage.step(text::write_and_flush());
    server.write(Message::text(GREETING))?;
    stage.fact(Side::SERVER, text::after_write("write()", pair::arrived(client.get_ref())?));
    server.flush()?;
    stage.fact(Side::SERVER, text::after_write("flush()", lying(client.get_ref(), 2 + 5)?.len()));
    client.read()?;
    // ANCHOR_END: flush
    buffers::memory(stage)?; // before the next step leaves holes in the heap
    buffers::unbounded(stage)?;

    // ANCHOR: binary
    stage.step(text::any_bytes());
    server.send(Message::binary(NO_TEXT))?;
    stage.bytes(Side::SERVER, Side::CLIENT, &lying(client.get_ref(), 2 + NO_TEXT.len())?);
    stage.fact(Side::CLIENT, format!("read() → {}", shown(&client.read()?)));

    stage.step(text::not_utf8());
    client.send(Message::Frame(Frame::message(NO_TEXT, OpCode::Data(Data::Text), true)))?;
    if let Err(WsError::Utf8(why)) = server.read() {
        stage.fact(Side::SERVER, format!("read() → {why}"));
        server.close(Some(CloseFrame { code: CloseCode::Invalid, reason: "".into() }))?;
    }
    stage.bytes(Side::SERVER, Side::CLIENT, &lying(client.get_ref(), 4)?);
    stage.fact(Side::CLIENT, format!("read() → {}", shown(&client.read()?)));
    // ANCHOR_END: binary

    // ANCHOR: close
    stage.step(text::a_close());
    let (mut client, mut server) = pair(stage)?;
    let ends = [Endpoint::of(Side::CLIENT, client.get_ref())?, Endpoint::of(Side::SERVER, server.get_ref())?];
    client.close(Some(CloseFrame { code: CloseCode::Normal, reason: "bye".into() }))?;
    stage.fact(Side::SERVER, format!("read() → {}", shown(&server.read()?))); // the answer is written with the next call
    let end = server.flush();
    stage.bytes(Side::SERVER, Side::CLIENT, &lying(client.get_ref(), 2 + 5)?);
    stage.fact(Side::SERVER, format!("flush() → {end:?}"));
    drop(server); // both have sent a Close: now TCP ends, and the server begins
    while client.read().is_ok() {}
    drop(client);
    // ANCHOR_END: close
    stage.states(&[(ends[0], None), (ends[1], Some(State::TimeWait))]);

    guests::in_one_room(stage)?;

    stage.try_next(&[
        ("cargo run -p lesson16 -- serve", text::try_serve()),
        ("curl -i -H 'Upgrade: websocket' -H 'Origin: http://evil' HOST:PORT", text::try_origin()),
        ("kill -STOP PID", text::try_stop()),
    ]);
    Ok(())
}
