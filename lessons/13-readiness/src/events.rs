//! What an event says, what has to be done about it, and why it promises nothing.

use std::io::{self, ErrorKind::WouldBlock, Read};
use std::net::{self, TcpStream};

use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Side, Stage, errno};

use crate::{POLL_TIMEOUT, text};

/// Shows what a call of `poll` gave.
pub(crate) fn show(stage: &Stage, call: &str, events: &Events) {
    stage.fact(Side::SERVER, format!("{call} → {}", names(events)));
}

/// Returns `Token(0) readable, Token(2) readable`, or the words for no event.
pub(crate) fn names(events: &Events) -> String {
    let mut names = Vec::new();
    for event in events {
        let mut ready = Vec::new();
        if event.is_readable() {
            ready.push("readable");
        }
        if event.is_writable() {
            ready.push("writable");
        }
        if event.is_read_closed() {
            ready.push("read_closed");
        }
        names.push(format!("Token({}) {}", event.token().0, ready.join("+")));
    }
    if names.is_empty() { text::no_event() } else { names.join(", ") }
}

/// Reads until nothing is left.
// ANCHOR: drain
pub(crate) fn drain(stream: &mut impl Read) -> io::Result<()> {
    let mut buffer = [0; 64];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(()), // the end of the stream
            Ok(_) => {}
            Err(error) if error.kind() == WouldBlock => return Ok(()), // only now is it drained
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: drain

/// Two event loops share a listener. One connection wakes both, and the second finds none to accept.
pub(crate) fn one_connection_two_loops(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: hint
    stage.step(text::event_is_a_hint());
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let mut loops = Vec::new();
    for listener in [listener.try_clone()?, listener] {
        let (poll, mut listener) = (Poll::new()?, TcpListener::from_std(listener));
        poll.registry().register(&mut listener, Token(0), Interest::READABLE)?;
        loops.push((poll, listener));
    }
    let _client = TcpStream::connect(address)?;
    let mut events = Events::with_capacity(1);
    for (number, (poll, _)) in (1..).zip(&mut loops) {
        poll.poll(&mut events, POLL_TIMEOUT)?;
        stage.fact(Side::SERVER, text::in_loop(number, format!("poll() → {}", names(&events))));
    }
    for (number, (_, listener)) in (1..).zip(&loops) {
        let accepted = match listener.accept() {
            Ok(_) => "OK",
            Err(error) => errno(&error).map_or("?", |(name, _)| name),
        };
        stage.fact(Side::SERVER, text::in_loop(number, format!("accept() → {accepted}")));
    }
    // ANCHOR_END: hint
    Ok(())
}
