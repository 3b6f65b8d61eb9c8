//! Both directions at once: whoever sends much without reading blocks the other, and then itself.

use std::io::{self, Write};
use std::net::Shutdown;
use std::thread;
use std::time::Instant;

use super::Peer;
use crate::limits::TRANSFER;
use crate::{Failure, said};

impl Peer {
    /// Sends `bytes` and, while they go, reads; what comes must be exactly `expected`.
    pub fn converse(&mut self, bytes: &[u8], expected: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, said! { vi: "vừa gửi vừa đọc", en: "while reading" });
        self.reading_meanwhile(bytes, |peer| peer.expect(expected))
    }

    /// Sends `bytes` without an entry in the record and, while they go, does `reading`.
    fn reading_meanwhile<T>(
        &mut self,
        bytes: &[u8],
        reading: impl FnOnce(&mut Peer) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let outgoing = self.socket.try_clone().map_err(|error| Failure::infra("dup", &error))?;
        let (read, written) = thread::scope(|scope| {
            let writer = scope.spawn(move || write_all(&outgoing, bytes));
            let read = reading(self);
            if read.is_err() {
                // The verdict is known; a writer that waits for room need not wait longer.
                let _ = self.socket.shutdown(Shutdown::Both);
            }
            (read, writer.join())
        });
        self.sent += bytes.len() as u64;
        let value = read?;
        match written {
            Ok(Ok(())) => Ok(value),
            Ok(Err((error, done))) => Err(self.write_failure(&error, done, bytes.len())),
            Err(_) => Err(Failure::infra("write", &"the writing thread panicked")),
        }
    }
}

/// Writes all of `bytes`, or says how many went before the error. A single write has its own limit, set
/// on the socket; a reader that takes a little now and then would never meet that one.
pub(super) fn write_all(mut socket: &socket2::Socket, bytes: &[u8]) -> Result<(), (io::Error, usize)> {
    let deadline = Instant::now() + TRANSFER;
    let mut done = 0;
    while done < bytes.len() {
        if Instant::now() > deadline {
            return Err((io::ErrorKind::TimedOut.into(), done));
        }
        match socket.write(&bytes[done..]) {
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err((error, done)),
        }
    }
    Ok(())
}
