//! Looking without waiting.

use std::mem::MaybeUninit;

use super::Peer;
use crate::Failure;

impl Peer {
    /// Is there something to read by now: a byte, the end, or news that the connection is cut?
    pub fn arrived(&self) -> Result<bool, Failure> {
        if !self.pending.is_empty() {
            return Ok(true);
        }
        self.nonblocking(true)?;
        let looked = self.socket.peek(&mut [MaybeUninit::uninit()]);
        self.nonblocking(false)?;
        Ok(!looked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock))
    }
}
