//! `connect ADDRESS`: a member in a terminal. Your first line is your name.

use std::io::{self, BufRead};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage, Tapped};
use tungstenite::handshake::HandshakeError;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocket};
use tungstenite::{Error as WsError, Message};

use crate::{member, text};

/// How long the server may take over the handshake, a write, or its Close.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one read waits before we look whether something was typed.
const LOOK: Duration = Duration::from_millis(50);
/// Lines that may wait to be sent: a pasted text goes on when there is room.
const TYPED: usize = 16;

pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let stream = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let mut socket = upgrade(stage.tap(Side::CLIENT, stream)?, address)?;
    stage.line(&text::say_your_name());
    // One thread cannot wait for the keyboard and for the network, and a WebSocket cannot be read by
    // one thread while another writes: reading may have to send a pong. So this one takes turns.
    socket.get_ref().set_read_timeout(Some(LOOK))?;
    let typed = keyboard();
    let mut leaving = None;
    loop {
        match socket.read() {
            Ok(Message::Text(line)) => stage.line(&printable(&line)),
            Ok(Message::Binary(bytes)) => stage.line(&picture(&bytes)),
            Ok(Message::Close(Some(frame))) if frame.code != CloseCode::Normal => {
                return Err(Error::new(text::closed_by_server(u16::from(frame.code), printable(&frame.reason))));
            }
            Ok(_) => {}
            Err(WsError::ConnectionClosed) => return Ok(()),
            Err(WsError::Io(error)) if nothing_yet(&error) => {
                if leaving.is_some_and(|since: Instant| since.elapsed() > PATIENCE) {
                    return Err(Error::new(text::no_close()));
                }
            }
            Err(WsError::Protocol(_)) => return Err(Error::new(text::cut_off())),
            Err(error) => return Err(Error::new(text::broke(error))),
        }
        while leaving.is_none() {
            match typed.try_recv() {
                Ok(line) => socket.send(Message::text(line)).map_err(|error| Error::new(text::broke(error)))?,
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
                    socket.close(Some(frame)).map_err(|error| Error::new(text::broke(error)))?;
                    leaving = Some(Instant::now());
                }
            }
        }
    }
}

/// Asks for the room by HTTP.
fn upgrade(stream: Tapped, address: SocketAddr) -> Result<WebSocket<Tapped>, Error> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request = format!("ws://{address}/");
    match tungstenite::client::client_with_config(request, stream, Some(member::config())) {
        Ok((socket, _)) => Ok(socket),
        Err(HandshakeError::Failure(WsError::Http(answer))) => {
            Err(Error::new(text::no_upgrade(address, answer.status().as_u16())))
        }
        Err(HandshakeError::Failure(why)) => Err(Error::new(text::no_websocket(address, why))),
        Err(HandshakeError::Interrupted(_)) => Err(Error::new(text::no_answer(address, PATIENCE.as_secs()))),
    }
}

/// What is typed, line by line; the channel ends with Ctrl-D. Nobody waits for this thread: it ends
/// with the program.
fn keyboard() -> Receiver<String> {
    let (sender, typed) = mpsc::sync_channel(TYPED);
    thread::spawn(move || io::stdin().lock().lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    typed
}

/// A picture is bytes: the length of a name, the name, the content. A terminal says that it came.
fn picture(bytes: &[u8]) -> String {
    let parts = bytes.split_first().and_then(|(length, rest)| rest.split_at_checked(usize::from(*length)));
    match parts {
        Some((name, content)) => text::a_picture(printable(&String::from_utf8_lossy(name)), content.len()),
        None => text::some_bytes(bytes.len()),
    }
}

/// What others wrote, without what would steer your terminal: an escape sequence in a line of chat
/// could clear the screen, or worse.
fn printable(line: &str) -> String {
    line.chars().map(|letter| if letter.is_control() { '·' } else { letter }).collect()
}

/// Whether a read only came back empty: its time was over (Unix says so in one way, Windows in the
/// other), or a signal woke it, as `kill -CONT` does.
fn nothing_yet(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_chat_cannot_steer_the_terminal() {
        assert_eq!(printable("mai: \x1b[2Jchào\r"), "mai: ·[2Jchào·");
    }

    #[test]
    fn a_picture_names_who_sent_it_and_broken_bytes_are_only_counted() {
        assert_eq!(picture(b"\x03mai\xff\xd8"), text::a_picture("mai", 2));
        assert_eq!(picture(b"\x09mai"), text::some_bytes(4));
        assert_eq!(picture(b""), text::some_bytes(0));
    }
}
