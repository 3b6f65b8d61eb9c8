//! One side alone: `serve [ADDRESS]` runs the server of the room, `connect ADDRESS` is a member in a terminal.

use std::io::{self, BufRead};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage, Tapped};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tungstenite::handshake::HandshakeError;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocket};
use tungstenite::{Error as WsError, Message};

use crate::server::{DisconnectReason, Event, Server, Settings, websocket_config};
use crate::text;

/// Events that may wait to be printed; further ones are left out.
const EVENT_CAPACITY: usize = 256;
/// How long the server may take over the handshake, and over its Close.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the server may take to receive what we send.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one read waits before `connect` looks whether a line was typed.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// Lines that may wait to be sent: the rest of a pasted text stays in the terminal.
const LINE_CAPACITY: usize = 16;

/// Serves the room and its page until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    Runtime::new()?.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(|error| Error::listening(address, error))?;
        let address = listener.local_addr()?;
        stage.line(&format!("LISTENING {address}"));
        stage.line(&text::open_page(address));
        let (sender, mut events) = mpsc::channel(EVENT_CAPACITY);
        let server = Server::new(Settings::default(), sender);
        let accept_loop = async {
            if stage.is_recording() {
                let tapper = stage.tapper(Side::SERVER); // for --tape and --pcap
                server.clone().accept_loop(listener, |stream| tapper.tap(stream)).await;
            } else {
                server.clone().accept_loop(listener, Ok).await;
            }
        };
        let print_events = async {
            while let Some(event) = events.recv().await {
                stage.fact(Side::SERVER, describe(&event));
            }
        };
        tokio::select! {
            () = accept_loop => {}
            () = print_events => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        server.shutdown().await;
        Ok(())
    })
}

fn describe(event: &Event) -> String {
    match event {
        Event::Joined(name) => text::joined(name),
        Event::Left(name, reason) => match reason {
            DisconnectReason::ClosedByClient => text::closed_by_client(name),
            DisconnectReason::ConnectionLost => text::connection_lost(name),
            DisconnectReason::TimedOut => text::timed_out(name),
            DisconnectReason::ClosedByServer(code, reason) | DisconnectReason::Rejected(code, reason) => {
                text::closed(name, u16::from(*code), reason)
            }
        },
        Event::Answered(status, peer) => text::answered(status.as_u16(), peer),
    }
}

/// Joins the room from this terminal. The first typed line is the name; Ctrl-D leaves.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let stream = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let mut socket = upgrade(stage.tap(Side::CLIENT, stream)?, address)?;
    stage.line(&text::type_your_name());
    // One thread cannot wait for the terminal and for the network, and a WebSocket cannot be read by one
    // thread while another writes: reading may have to send a pong. So this thread polls both in turn.
    socket.get_ref().set_read_timeout(Some(POLL_INTERVAL))?;
    let lines = stdin_lines();
    let mut closing_since = None;
    loop {
        match socket.read() {
            Ok(Message::Text(line)) => stage.line(&printable(&line)),
            Ok(Message::Binary(bytes)) => stage.line(&describe_binary(&bytes)),
            Ok(Message::Close(Some(frame))) if frame.code != CloseCode::Normal => {
                return Err(Error::new(text::closed_by_server(u16::from(frame.code), printable(&frame.reason))));
            }
            Ok(_) => {}
            Err(WsError::ConnectionClosed) => return Ok(()),
            Err(WsError::Io(error)) if is_retryable(&error) => {
                if closing_since.is_some_and(|since: Instant| since.elapsed() > READ_TIMEOUT) {
                    return Err(Error::new(text::no_close()));
                }
            }
            Err(WsError::Protocol(_)) => return Err(Error::new(text::cut_off())),
            Err(error) => return Err(Error::new(text::broke(error))),
        }
        while closing_since.is_none() {
            match lines.try_recv() {
                Ok(line) => socket.send(Message::text(line)).map_err(|error| Error::new(text::broke(error)))?,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
                    socket.close(Some(frame)).map_err(|error| Error::new(text::broke(error)))?;
                    closing_since = Some(Instant::now());
                }
            }
        }
    }
}

/// Sends the GET that asks for an upgrade, and waits for the 101.
fn upgrade(stream: Tapped<TcpStream>, address: SocketAddr) -> Result<WebSocket<Tapped<TcpStream>>, Error> {
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    let request = format!("ws://{address}/");
    match tungstenite::client::client_with_config(request, stream, Some(websocket_config())) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(WsError::Http(response))) => {
            Err(Error::new(text::no_upgrade(address, response.status().as_u16())))
        }
        Err(HandshakeError::Failure(error)) => Err(Error::new(text::no_websocket(address, error))),
        Err(HandshakeError::Interrupted(_)) => Err(Error::new(text::no_answer(address, READ_TIMEOUT.as_secs()))),
    }
}

/// Returns the typed lines; the channel closes with Ctrl-D. The thread that reads them ends with the program.
fn stdin_lines() -> Receiver<String> {
    let (sender, lines) = sync_channel(LINE_CAPACITY);
    thread::spawn(move || io::stdin().lock().lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    lines
}

/// Returns a line about a binary message: the length of a name, the name, the bytes of a picture.
fn describe_binary(bytes: &[u8]) -> String {
    let parts = bytes.split_first().and_then(|(length, rest)| rest.split_at_checked(usize::from(*length)));
    match parts {
        Some((name, content)) => text::picture(printable(&String::from_utf8_lossy(name)), content.len()),
        None => text::binary(bytes.len()),
    }
}

/// Replaces control characters in what others wrote: an escape sequence in a line of chat could clear the
/// screen, or worse.
fn printable(line: &str) -> String {
    line.chars().map(|letter| if letter.is_control() { '·' } else { letter }).collect()
}

/// Returns whether a read only came back empty: its timeout was over (Unix and Windows report it
/// differently), or a signal interrupted it, as `kill -CONT` does.
fn is_retryable(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_replaces_escape_sequences() {
        assert_eq!(printable("mai: \x1b[2Jchào\r"), "mai: ·[2Jchào·");
    }

    #[test]
    fn describe_binary_names_the_sender_and_only_counts_malformed_bytes() {
        assert_eq!(describe_binary(b"\x03mai\xff\xd8"), text::picture("mai", 2));
        assert_eq!(describe_binary(b"\x09mai"), text::binary(4));
        assert_eq!(describe_binary(b""), text::binary(0));
    }
}
