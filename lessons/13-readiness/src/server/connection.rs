//! One client of the event loop: what it sent and has not been given back yet.

use std::io::{self, ErrorKind, Read, Write};

use mio::{Interest, Registry, Token};

use crate::people::FromClient;

/// The most that one read takes.
pub(super) const ROOM: usize = 16 * 1024;
/// With so many bytes to send back we read no more: the client has to read first.
const UNSENT: usize = 64 * 1024;
/// Reads in one turn. Then it is the others' turn, even if there is more to read.
const READS: usize = 8;

pub(super) struct Connection {
    stream: FromClient,
    /// Read and not yet sent back. Empty it holds no memory, as with most of 10,000 clients at any moment.
    unsent: Vec<u8>,
    /// The client has closed its sending half.
    ended: bool,
    /// Stands in the queue of turns.
    queued: bool,
    /// Registered for WRITABLE too.
    told_when_writable: bool,
}

/// What is to be done after a turn.
pub(super) enum Turn {
    /// Nothing until the next event.
    Waits,
    /// There may be more to read, and no event will say so again.
    HasMore,
    /// The client has ended and has all its bytes back.
    Over,
}

impl Connection {
    pub(super) fn new(stream: FromClient) -> Connection {
        Connection { stream, unsent: Vec::new(), ended: false, queued: false, told_when_writable: false }
    }

    /// True for the first who asks; then it stands in the queue.
    pub(super) fn wants_a_turn(&mut self) -> bool {
        !std::mem::replace(&mut self.queued, true)
    }

    /// Sends and reads as far as it goes without waiting, within bounds.
    pub(super) fn take_turn(&mut self, room: &mut [u8], registry: &Registry, token: Token) -> io::Result<Turn> {
        self.queued = false;
        let turn = self.echo(room)?;
        self.listen_for_what_we_need(registry, token)?;
        Ok(turn)
    }

    // ANCHOR: echo
    fn echo(&mut self, room: &mut [u8]) -> io::Result<Turn> {
        for _ in 0..READS {
            self.send()?;
            match (self.ended, self.unsent.len()) {
                (true, 0) => return Ok(Turn::Over),
                (true, _) | (_, UNSENT..) => return Ok(Turn::Waits), // WRITABLE will come
                _ => {}
            }
            match self.stream.read(room) {
                Ok(0) => self.ended = true,
                Ok(count) => self.unsent.extend_from_slice(&room[..count]),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => return Ok(Turn::Waits), // drained
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(Turn::HasMore)
    }

    /// Sends what is unsent, as far as the kernel takes it.
    fn send(&mut self) -> io::Result<()> {
        let mut sent = 0;
        while sent < self.unsent.len() {
            match self.stream.write(&self.unsent[sent..]) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(count) => sent += count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        match sent == self.unsent.len() {
            true => self.unsent = Vec::new(), // and its memory
            false => drop(self.unsent.drain(..sent)),
        }
        Ok(())
    }
    // ANCHOR_END: echo

    /// WRITABLE only while something is unsent: a socket is writable nearly always.
    // ANCHOR: interest
    fn listen_for_what_we_need(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        let needed = !self.unsent.is_empty();
        if needed != self.told_when_writable {
            let interest = if needed { Interest::READABLE | Interest::WRITABLE } else { Interest::READABLE };
            registry.reregister(&mut *self.stream, token, interest)?; // ready already? Then told at once
            self.told_when_writable = needed;
        }
        Ok(())
    }
    // ANCHOR_END: interest
}
