//! Bringing a program to the point where it is stuck because we do not read.

use std::io::{self, Write};

use super::Peer;
use crate::limits::{TRANSFER, poll};
use crate::{Failure, Said, Server, said};

impl Peer {
    /// Sends from `bytes`, without reading, until `server` is blocked: it cannot write, because
    /// nobody takes what it wrote, and for that reason does not read either. Says how many bytes
    /// have gone; all of them, if the program never gets stuck.
    pub fn fill(&mut self, server: &Server, bytes: &[u8]) -> Result<usize, Failure> {
        /// In so many looks one after the other nothing may move.
        const STILL: u32 = if cfg!(target_os = "linux") { 4 } else { 20 };
        let mut done = 0;
        let mut still = 0;
        self.nonblocking(true)?;
        let outcome = poll(TRANSFER, || {
            if done == bytes.len() {
                return Some(Ok(()));
            }
            match (&self.socket).write(&bytes[done..]) {
                Ok(count) => {
                    done += count;
                    still = 0;
                    None
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => match self.stuck(server) {
                    Ok(stuck) => {
                        still = if stuck { still + 1 } else { 0 };
                        (still == STILL).then_some(Ok(()))
                    }
                    Err(failure) => Some(Err(failure)),
                },
                Err(error) => Some(Err(self.write_failure(&error, done, bytes.len()))),
            }
        });
        self.nonblocking(false)?;
        self.sent += done as u64;
        self.record_sent(&bytes[..done], not_reading());
        outcome.unwrap_or(Ok(())).map(|()| done)
    }

    /// Does our data wait at a program that sleeps? Where the system does not tell, the kernel's
    /// "no room" has to do.
    fn stuck(&self, server: &Server) -> Result<bool, Failure> {
        match self.unread() {
            Some(unread) => Ok(unread && server.asleep()?),
            None => Ok(true),
        }
    }
}

fn not_reading() -> Said {
    said! { vi: "tôi không đọc, cho tới khi server kẹt", en: "I do not read, until the server is stuck" }
}
