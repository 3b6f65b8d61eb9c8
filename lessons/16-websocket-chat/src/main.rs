//! Lesson 16 · WebSocket chat · Phòng chat WebSocket
//!
//! A browser, a terminal and a script in one room; and what the library does for you, or does not.
//!
//!     cargo run -p lesson16                      the whole story, on this machine
//!     cargo run -p lesson16 -- serve             the room: open the address it prints in a browser
//!     cargo run -p lesson16 -- connect ADDRESS   a member in this terminal; your first line is your name
//!
//! You should see HTTP turn into frames on one connection, every kind of frame, a protocol error and a
//! proper end, and what the library keeps in memory. Then a room, a member that does not read, and one
//! that has vanished.
//!
//! The server of the room is `server.rs` and the folder `server`, which you can copy. The rest is the story.

mod clients;
mod dissect;
mod read_buffer;
mod server;
mod sides;
mod text;

use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::{error, thread};

use narrate::kernel::State;
use narrate::{Error, Lesson, Side, Stage, unread_bytes, wait_unread};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::derive_accept_key;
use tungstenite::protocol::frame::Frame;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tungstenite::{Bytes, Error as WsError, Message, WebSocket};

/// 4 letters, 5 bytes.
const GREETING: &str = "chào";
/// The byte ff occurs in no UTF-8 text.
const NOT_UTF8: &[u8] = b"\xff\x00";
/// Messages of 1 KiB for a client that does not read.
const UNREAD_MESSAGES: usize = 20_000;
/// A bound for what the library keeps of them, in bytes.
const WRITE_BUFFER_BOUND: usize = 256 * 1024;

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    let story = |stage: &Stage| story(stage).map_err(|error| Error::new(text::broke(error)));
    Lesson { number: 16, title: text::TITLE, story, serve, connect, dissector: Some(dissect::websocket) }.run()
}

fn story(stage: &Stage) -> Result<(), Box<dyn error::Error>> {
    // ANCHOR: upgrade
    stage.step(text::upgrade());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let stream = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let accepted = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let server = thread::spawn(move || tungstenite::accept(accepted).map_err(|error| error.to_string()));
    let request = format!("ws://{address}/").into_client_request()?;
    let key = request.headers()["Sec-WebSocket-Key"].clone();
    let (mut client, response) = tungstenite::client(request, stream)?; // sends the GET, waits for the 101
    let mut server = server.join().map_err(|_| "accept")??;
    let accept = &response.headers()["Sec-WebSocket-Accept"];
    let agrees = *accept == derive_accept_key(key.as_bytes());
    // ANCHOR_END: upgrade
    stage.fact(Side::CLIENT, format!("Sec-WebSocket-Key: {}", key.to_str()?));
    stage.fact(Side::SERVER, format!("Sec-WebSocket-Accept: {}", accept.to_str()?));
    stage.fact(Side::CLIENT, text::accept_agrees(agrees));
    stage.show(Side::SERVER, server.get_ref());

    // ANCHOR: text
    stage.step(text::text_message(GREETING));
    client.send(Message::text(GREETING))?;
    let message = server.read()?;
    stage.fact(Side::SERVER, text::read_returned(&message));
    server.send(message)?; // the server does not mask
    client.read()?;
    // ANCHOR_END: text

    stage.step(text::ping());
    server.send(Message::Ping(Bytes::from_static(b"?")))?;
    client.read()?; // the library queues a pong
    client.flush()?; // and sends it with the next read, write or flush
    server.read()?;

    stage.step(text::write_and_flush());
    server.write(Message::text(GREETING))?;
    stage.fact(Side::SERVER, text::waiting("write()", unread_bytes(client.get_ref())?));
    server.flush()?;
    wait_unread(client.get_ref(), 2 + GREETING.len())?; // a header of 2 bytes
    stage.fact(Side::SERVER, text::waiting("flush()", unread_bytes(client.get_ref())?));
    client.read()?;

    stage.step(text::idle_connections(read_buffer::CONNECTIONS));
    read_buffer::measure(stage)?;

    stage.step(text::unread_writes(UNREAD_MESSAGES));
    let message = Message::text("x".repeat(1024));
    for bound in [usize::MAX, WRITE_BUFFER_BOUND] {
        let _client = TcpStream::connect(address)?; // it does not read
        let (accepted, _) = listener.accept()?;
        accepted.set_nonblocking(true)?; // as in an async server: what the kernel does not accept stays with us
        let config = WebSocketConfig::default().max_write_buffer_size(bound);
        let mut server = WebSocket::from_raw_socket(accepted, Role::Server, Some(config));
        // WouldBlock (EAGAIN) is no refusal: the frame is in the library's buffer, and goes with a later flush.
        let results: Vec<_> = (0..UNREAD_MESSAGES).map(|_| server.write(message.clone())).collect();
        stage.fact(Side::SERVER, text::write_buffer(bound, &results));
    }

    stage.step(text::binary_message());
    server.send(Message::binary(NOT_UTF8))?;
    let message = client.read()?;
    stage.fact(Side::CLIENT, text::read_returned(&message));

    stage.step(text::invalid_text());
    client.send(Message::Frame(Frame::message(NOT_UTF8, OpCode::Data(Data::Text), true)))?;
    let Err(WsError::Utf8(error)) = server.read() else { return Err("read".into()) };
    stage.fact(Side::SERVER, format!("read() → {error}"));
    server.close(Some(CloseFrame { code: CloseCode::Invalid, reason: "".into() }))?;
    let message = client.read()?;
    stage.fact(Side::CLIENT, text::read_returned(&message));

    stage.hide_calls(); // the same handshake again
    let stream = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let accepted = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let ends = [(stream.endpoint(), None), (accepted.endpoint(), Some(State::TimeWait))];
    let server = thread::spawn(move || tungstenite::accept(accepted).map_err(|error| error.to_string()));
    let (mut client, _) = tungstenite::client(format!("ws://{address}/"), stream)?;
    let mut server = server.join().map_err(|_| "accept")??;
    stage.step(text::closing_handshake());
    client.close(Some(CloseFrame { code: CloseCode::Normal, reason: "bye".into() }))?;
    let message = server.read()?; // the answer is written with the next call
    stage.fact(Side::SERVER, text::read_returned(&message));
    let result = server.flush();
    client.read()?; // what the flush wrote
    stage.fact(Side::SERVER, format!("flush() → {result:?}"));
    drop(server); // both have sent a Close: now TCP ends, and the server begins
    while client.read().is_ok() {}
    drop(client);
    stage.states(&ends);

    stage.step(text::chat_room());
    clients::talk(stage)?;
    stage.step(text::slow_member());
    clients::fall_behind(stage)?;
    stage.step(text::pulled_cable());
    clients::vanish(stage)?;
    stage.try_next(&text::try_next());
    Ok(())
}
