//! When a socket can be written to, and when it pays to ask.

use std::io::{self, ErrorKind::WouldBlock, Read, Write};
use std::net::{self, TcpListener};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Side, Stage};

use crate::people::{self, BINH};
use crate::{A_WHILE, PATIENCE, event, text};

/// How often to ask about a socket on which nothing happens.
const ROUNDS: u32 = 1000;
/// How much one write offers.
const CHUNK: usize = 64 * 1024;

/// Nobody does anything, and yet each round there is an event.
pub(crate) fn nearly_always(stage: &Stage, listener: &TcpListener) -> Result<(), Error> {
    // ANCHOR: writable
    stage.step(text::nearly_always_writable());
    let (_binh, mut to_binh) = people::call_event_loop(stage, listener, BINH)?;
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));
    let both = Interest::READABLE | Interest::WRITABLE;
    poll.registry().register(&mut *to_binh, Token(1), both)?;
    let mut woken = 0;
    for _ in 0..ROUNDS {
        poll.registry().reregister(&mut *to_binh, Token(1), both)?; // "tell me again"
        poll.poll(&mut events, PATIENCE)?;
        woken += events.iter().filter(|event| event.is_writable()).count();
    }
    stage.fact(Side::SERVER, format!("poll() × {ROUNDS} → Token(1) writable × {woken}"));

    poll.registry().reregister(&mut *to_binh, Token(1), Interest::READABLE)?;
    poll.poll(&mut events, Some(A_WHILE))?;
    stage.fact(Side::SERVER, text::only_readable(event::names(&events)));
    // ANCHOR_END: writable
    Ok(())
}

/// A reader that does not read: the writer meets `WouldBlock`, does something else, and is told when to go on.
pub(crate) fn a_slow_reader(stage: &Stage, listener: &TcpListener) -> Result<(), Error> {
    // Not on the tape: these are megabytes.
    // ANCHOR: slow
    stage.step(text::a_slow_reader());
    let mut slow = net::TcpStream::connect(listener.local_addr()?)?;
    slow.set_read_timeout(PATIENCE)?;
    let (ours, _) = listener.accept()?;
    ours.set_nonblocking(true)?;
    let mut ours = TcpStream::from_std(ours);
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));

    let mut taken = fill(&mut ours)?;
    poll.registry().register(&mut ours, Token(2), Interest::WRITABLE)?; // only now
    loop {
        poll.poll(&mut events, Some(A_WHILE))?;
        if events.is_empty() {
            break;
        }
        taken += fill(&mut ours)?; // the kernels have made room; once more
    }
    stage.fact(Side::SERVER, text::took_then_would_block(taken));
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));
    let read = io::copy(&mut Read::by_ref(&mut slow).take(taken), &mut io::sink())?;
    stage.fact(Side::CLIENT, text::reads(read));
    poll.poll(&mut events, PATIENCE)?;
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));
    // ANCHOR_END: slow
    Ok(())
}

/// Writes until the kernel takes no more. Returns how much it took.
// ANCHOR: fill
fn fill(stream: &mut TcpStream) -> io::Result<u64> {
    let mut taken = 0;
    loop {
        match stream.write(&[b'x'; CHUNK]) {
            Ok(count) => taken += count as u64, // may be less than a CHUNK
            Err(error) if error.kind() == WouldBlock => return Ok(taken),
            Err(error) => return Err(error),
        }
    }
}
// ANCHOR_END: fill
