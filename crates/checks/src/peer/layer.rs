//! For a protocol on top of the stream, which has better words for the record than bytes.

use super::Peer;
use crate::{Direction, Event, Failure, Said};

impl Peer {
    /// From now on what is received is not recorded here: the layer above says what it was.
    pub(crate) fn hush(&mut self) {
        self.hushed = true;
    }

    /// Adds to the record what went, in the words of the layer above.
    pub(crate) fn record(&self, direction: Direction, what: Said, bytes: &[u8]) {
        self.log.add(match bytes {
            [] => Event { direction, ..Event::aside(Some(self.index), what) },
            _ => Event::bytes(direction, self.index, bytes, what),
        });
    }

    /// Sends `bytes` that the layer above has recorded.
    pub(crate) fn push_unrecorded(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.push(bytes)
    }
}
