//! What an event says, and what one has to do about it.

use std::io::{self, ErrorKind::WouldBlock, Read};
use std::net::{self, TcpStream};

use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Side, Stage, errno};

use crate::people::FromClient;
use crate::{PATIENCE, text};

/// `Token(0) readable, Token(2) readable`, or that there is none.
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

/// Reads until there is nothing left, and shows each read.
// ANCHOR: drain
pub(crate) fn drain(stage: &Stage, call: &str, stream: &mut FromClient) -> io::Result<()> {
    let mut room = [0; 64];
    loop {
        match stream.read(&mut room) {
            Ok(0) => return Ok(()), // the end of the stream
            Ok(count) => stage.gave(Side::SERVER, call, &room[..count]),
            Err(error) if error.kind() == WouldBlock => {
                stage.met(Side::SERVER, call, &error); // only now is it drained
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: drain

/// The same without a word.
pub(crate) fn drain_quietly(stream: &mut FromClient) -> io::Result<()> {
    match io::copy(stream, &mut io::sink()) {
        Err(error) if error.kind() != WouldBlock => Err(error),
        _ => Ok(()),
    }
}

/// Two event loops share a listener. One caller wakes both, and there is nothing left for the second.
pub(crate) fn two_loops(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: hint
    stage.step(text::an_event_is_a_hint());
    let listener = net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let mut loops = Vec::new();
    for listener in [listener.try_clone()?, listener] {
        let (poll, mut listener) = (Poll::new()?, TcpListener::from_std(listener));
        poll.registry().register(&mut listener, Token(0), Interest::READABLE)?;
        loops.push((poll, listener));
    }
    let _caller = TcpStream::connect(address)?;
    let mut events = Events::with_capacity(1);
    for (number, (poll, _)) in (1..).zip(&mut loops) {
        poll.poll(&mut events, PATIENCE)?;
        let told = format!("poll() → {}", names(&events));
        stage.fact(Side::SERVER, text::in_loop(number, told));
    }
    for (number, (_, listener)) in (1..).zip(&loops) {
        let accepted = match listener.accept() {
            Ok(_) => "Ok",
            Err(error) => errno(&error).map_or("?", |(name, _)| name),
        };
        let accepted = format!("accept() → {accepted}");
        stage.fact(Side::SERVER, text::in_loop(number, accepted));
    }
    // ANCHOR_END: hint
    Ok(())
}
