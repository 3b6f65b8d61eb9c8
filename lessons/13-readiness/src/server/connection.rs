//! One client of the event loop: the bytes that it sent and has not been sent back yet.

use std::io::{self, ErrorKind, Read, Write};

use mio::event::Source;
use mio::{Interest, Registry, Token};

/// The most bytes that one read takes.
pub const BUFFER_SIZE: usize = 16 * 1024;
/// With so many bytes to send back, reading stops: the client has to read first.
const MAX_UNSENT: usize = 64 * 1024;
/// Reads before the other connections are processed again, even if there is more to read.
const MAX_READS: usize = 8;

pub struct Connection<S> {
    stream: S,
    /// Read and not yet sent back. Empty it holds no memory, as with most of 10,000 clients at any moment.
    unsent: Vec<u8>,
    /// The client has closed its sending half.
    ended: bool,
    /// The run queue holds this connection.
    queued: bool,
    /// Registered for WRITABLE too.
    writable_registered: bool,
}

/// What remains to be done after a connection has been processed.
pub enum Progress {
    /// Nothing until the next event.
    Blocked,
    /// There may be more to read, and no event will say so again.
    MoreToRead,
    /// The client has ended and has all its bytes back.
    Finished,
}

impl<S: Read + Write + Source> Connection<S> {
    pub fn new(stream: S) -> Connection<S> {
        Connection { stream, unsent: Vec::new(), ended: false, queued: false, writable_registered: false }
    }

    /// Returns true for the first caller, who then puts the connection into the run queue.
    pub fn needs_queueing(&mut self) -> bool {
        !std::mem::replace(&mut self.queued, true)
    }

    /// Sends and reads as far as it goes without waiting, within bounds.
    pub fn process(&mut self, buffer: &mut [u8], registry: &Registry, token: Token) -> io::Result<Progress> {
        self.queued = false;
        let progress = self.echo(buffer)?;
        self.update_interest(registry, token)?;
        Ok(progress)
    }

    // ANCHOR: echo
    fn echo(&mut self, buffer: &mut [u8]) -> io::Result<Progress> {
        for _ in 0..MAX_READS {
            self.send()?;
            match (self.ended, self.unsent.len()) {
                (true, 0) => return Ok(Progress::Finished),
                (true, _) | (_, MAX_UNSENT..) => return Ok(Progress::Blocked), // WRITABLE will come
                _ => {}
            }
            match self.stream.read(buffer) {
                Ok(0) => self.ended = true,
                Ok(count) => self.unsent.extend_from_slice(&buffer[..count]),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => return Ok(Progress::Blocked), // drained
                    ErrorKind::Interrupted => {}
                    _ => return Err(error),
                },
            }
        }
        Ok(Progress::MoreToRead)
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

    /// Registers for WRITABLE only while something is unsent: a socket is writable nearly always.
    // ANCHOR: interest
    fn update_interest(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        let needed = !self.unsent.is_empty();
        if needed != self.writable_registered {
            let interest = if needed { Interest::READABLE | Interest::WRITABLE } else { Interest::READABLE };
            registry.reregister(&mut self.stream, token, interest)?; // writable already? Then the event comes at once
            self.writable_registered = needed;
        }
        Ok(())
    }
    // ANCHOR_END: interest
}
