//! When a socket can be written to, and when it pays to ask.

use std::io::{self, ErrorKind::WouldBlock, Read, Write};
use std::net::{self, TcpListener};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Side, Stage};

use crate::{POLL_TIMEOUT, QUIET_TIMEOUT, events, text};

/// How often to ask about a socket on which nothing happens.
const ROUNDS: u32 = 1000;
/// The bytes that one write offers.
const CHUNK: usize = 64 * 1024;

/// Registers and polls again and again: nothing happens on the connection, and yet each round has an event.
pub(crate) fn writable_nearly_always(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: writable
    stage.step(text::writable_nearly_always());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let _client = net::TcpStream::connect(listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    server.set_nonblocking(true)?;
    let mut server = TcpStream::from_std(server);
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));
    let both = Interest::READABLE | Interest::WRITABLE;
    poll.registry().register(&mut server, Token(1), both)?;
    let mut writable = 0;
    for _ in 0..ROUNDS {
        poll.registry().reregister(&mut server, Token(1), both)?; // "report it again"
        poll.poll(&mut events, POLL_TIMEOUT)?;
        writable += events.iter().filter(|event| event.is_writable()).count();
    }
    stage.fact(Side::SERVER, format!("(reregister(), poll()) × {ROUNDS} → Token(1) writable × {writable}"));

    poll.registry().reregister(&mut server, Token(1), Interest::READABLE)?;
    poll.poll(&mut events, QUIET_TIMEOUT)?;
    stage.fact(Side::SERVER, text::readable_only(events::names(&events)));
    // ANCHOR_END: writable
    Ok(())
}

/// A client that does not read: the writer meets `WouldBlock`, does something else, and an event says when to go on.
pub(crate) fn slow_reader(stage: &Stage) -> Result<(), Error> {
    // Without taps: these are megabytes.
    // ANCHOR: slow
    stage.step(text::slow_reader());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = net::TcpStream::connect(listener.local_addr()?)?;
    client.set_read_timeout(POLL_TIMEOUT)?;
    let (server, _) = listener.accept()?;
    server.set_nonblocking(true)?;
    let mut server = TcpStream::from_std(server);
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));

    let (mut taken, mut writes) = send_until_blocked(&mut server)?;
    poll.registry().register(&mut server, Token(2), Interest::WRITABLE)?; // only now
    loop {
        poll.poll(&mut events, QUIET_TIMEOUT)?;
        if events.is_empty() {
            break;
        }
        let (more, further) = send_until_blocked(&mut server)?; // the kernels have enlarged their buffers
        taken += more;
        writes += further;
    }
    stage.fact(Side::SERVER, text::took_then_would_block(writes, taken));
    events::show(stage, "poll()", &events);
    let read = io::copy(&mut Read::by_ref(&mut client).take(taken), &mut io::sink())?;
    stage.fact(Side::CLIENT, text::reads(read));
    poll.poll(&mut events, POLL_TIMEOUT)?;
    events::show(stage, "poll()", &events);
    // ANCHOR_END: slow
    Ok(())
}

/// Writes until the kernel takes no more. Returns how many bytes it took, and in how many writes.
// ANCHOR: send_until_blocked
fn send_until_blocked(stream: &mut TcpStream) -> io::Result<(u64, u32)> {
    let (mut taken, mut writes) = (0, 0);
    loop {
        match stream.write(&[b'x'; CHUNK]) {
            Ok(count) => {
                taken += count as u64; // may be less than a CHUNK
                writes += 1;
            }
            Err(error) if error.kind() == WouldBlock => return Ok((taken, writes)),
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: send_until_blocked
