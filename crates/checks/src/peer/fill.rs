//! Bringing a program to the point where it is stuck because we do not read.

use std::io::{self, Write};
use std::time::Instant;

use super::Peer;
use crate::limits::{STEP, TRANSFER, poll};
use crate::{Failure, IfSupported, Said, Server, said};

impl Peer {
    /// Sends from `bytes`, without reading, until `server` is stuck: it cannot write, because
    /// nobody takes what it wrote, and for that reason does not read either. Says how many bytes
    /// have gone; all of them, if the program takes in whatever comes.
    pub fn fill<A>(&mut self, server: &Server<A>, bytes: &[u8]) -> Result<usize, Failure> {
        /// In so many looks one after the other nothing may move.
        const STILL: u32 = if cfg!(target_os = "linux") { 4 } else { 20 };
        let mut done = 0;
        let mut still = 0;
        let mut last_move = Instant::now();
        self.nonblocking(true)?;
        let outcome = poll(TRANSFER, || {
            let moved = match self.push_some(&bytes[done..]) {
                Ok(count) => count,
                Err(error) => return Some(Err(self.write_failure(&error, done, bytes.len()))),
            };
            done += moved;
            if moved > 0 {
                last_move = Instant::now();
            } else if last_move.elapsed() >= STEP {
                return Some(Ok(())); // stuck as well, but never asleep: it spins
            }
            self.sent += moved as u64;
            let asleep = match server.asleep().if_supported() {
                Ok(asleep) => asleep.unwrap_or(true),
                Err(failure) => return Some(Err(failure)),
            };
            // Asleep with our bytes before it, it waits for us to read; asleep with nothing before it and
            // nothing left on its way, it has taken everything in. What the kernels have not delivered yet
            // proves neither: on a busy machine they are late.
            let at_rest =
                self.arrived_at_program().is_none_or(|(waiting, all)| waiting || (all && done == bytes.len()));
            let stuck = moved == 0 && asleep && at_rest;
            still = if stuck { still + 1 } else { 0 };
            (still == STILL).then_some(Ok(()))
        });
        self.nonblocking(false)?;
        if done > 0 {
            self.record_sent(&bytes[..done], not_reading());
        }
        outcome.unwrap_or(Ok(())).map(|()| done)
    }

    /// Sends as much as the kernel takes at once: nothing, if it has no room.
    pub(super) fn push_some(&self, bytes: &[u8]) -> io::Result<usize> {
        match (&self.socket).write(bytes) {
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => Ok(0),
            other => other,
        }
    }
}

fn not_reading() -> Said {
    said! { vi: "tôi không đọc, cho tới khi server kẹt", en: "I do not read, until the server is stuck" }
}
