//! What the steps of the story have in common: a connection, a wait, a conversation in messages.

use std::io::{self, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use narrate::{Annotate, Error, Side, Stage, Tapped};

use crate::receive::{Heard, Rule, receive};
use crate::text;

/// Room for one read, in bytes. Far too little, so that every message comes in pieces.
pub(crate) const ROOM: usize = 3;

/// Both ends of a new connection.
pub(crate) fn pair(stage: &Stage, listener: &TcpListener) -> Result<(Tapped, Tapped), Error> {
    let client = stage.tap(Side::CLIENT, TcpStream::connect(listener.local_addr()?)?)?;
    Ok((client, stage.tap(Side::SERVER, listener.accept()?.0)?))
}

/// Waits until `count` bytes lie in the kernel, unread. No write promises when its bytes arrive,
/// and waiting for a while would be a guess; `peek` looks and takes nothing.
pub(crate) fn until_arrived(stream: &TcpStream, count: usize) -> io::Result<()> {
    let deadline = Instant::now() + Duration::from_secs(5);
    let mut room = vec![0; count];
    while stream.peek(&mut room)? < count {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::yield_now();
    }
    Ok(())
}

/// A client says all of `bytes` in one write and is done; the server reads a little at a time and
/// cuts by `rule`. Shows what crossed and what came out, and gives the messages back.
pub(crate) fn talk(
    stage: &Stage,
    listener: &TcpListener,
    bytes: &[u8],
    rule: Rule,
    annotate: Annotate,
) -> Result<Vec<Vec<u8>>, Error> {
    let (client, mut server) = pair(stage, listener)?;
    let mut client = client.speaking(annotate);
    client.write_all(bytes)?;
    client.shutdown(Shutdown::Write)?;
    until_arrived(&server, bytes.len())?;
    let (mut reads, mut messages) = (0, Vec::new());
    let end = receive(&mut server, ROOM, rule, |heard| {
        match heard {
            Heard::Read(_) => reads += 1,
            Heard::Message(whole) => messages.push(whole.to_vec()),
        }
        Ok(())
    });
    for message in &messages {
        stage.bytes(Side::CLIENT, Side::SERVER, message);
    }
    match end {
        Ok(()) => stage.fact(Side::SERVER, text::cut(bytes.len(), reads, messages.len())),
        Err(broken) => {
            stage.bytes(Side::CLIENT, Side::SERVER, &bytes[messages.concat().len()..]);
            stage.fact(Side::SERVER, broken);
        }
    }
    Ok(messages)
}
