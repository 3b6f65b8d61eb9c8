//! Bytes beside their meaning, in the story itself.

use super::Stage;
use crate::{Side, tape::hex_of};

/// Where the meaning of a short part begins, to the right of eight bytes.
const MEANING: usize = 8 * 3;

impl Stage {
    /// A part of a message and what it means: `c0 0c   name: as at byte 12`.
    pub fn explained(&self, side: Side, bytes: &[u8], meaning: &str) {
        self.fact(side, format!("{:<MEANING$} {meaning}", hex_of(bytes)));
    }
}
