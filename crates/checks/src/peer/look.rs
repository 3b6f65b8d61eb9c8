//! Looking whether something has come, without taking it.

use std::io;
use std::mem::MaybeUninit;
use std::time::Duration;

use super::Peer;
use crate::Failure;

impl Peer {
    /// Waits until the program says something or leaves, at most for `patience`. Says whether it did;
    /// what came is left for the next read.
    pub fn speaks_within(&self, patience: Duration) -> Result<bool, Failure> {
        if !self.pending.is_empty() {
            return Ok(true);
        }
        // Less than a millisecond may come out as zero, and zero means "for ever".
        let patience = patience.max(Duration::from_millis(1));
        self.socket.set_read_timeout(Some(patience)).map_err(|error| Failure::infra("SO_RCVTIMEO", &error))?;
        loop {
            match self.socket.peek(&mut [MaybeUninit::uninit()]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                    return Ok(false);
                }
                // An error tells that it has left; the next read gives it its name.
                Ok(_) | Err(_) => return Ok(true),
            }
        }
    }
}
