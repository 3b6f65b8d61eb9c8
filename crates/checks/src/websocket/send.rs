//! Sending: messages as a right client sends them, and wrong frames.

use super::{Frame, WebSocketPeer};
use crate::{Direction, Failure};

impl WebSocketPeer {
    /// Sends a text message.
    pub fn send_text(&mut self, text: &str) -> Result<(), Failure> {
        self.send(&Frame::text(text))
    }

    /// Sends a binary message.
    pub fn send_binary(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.send(&Frame::binary(bytes))
    }

    /// Sends a ping.
    pub fn send_ping(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.send(&Frame::ping(bytes))
    }

    /// Sends a Close with a code.
    pub fn send_close(&mut self, code: u16) -> Result<(), Failure> {
        self.send(&Frame::close(code, ""))
    }

    /// Sends one frame.
    pub fn send(&mut self, frame: &Frame) -> Result<(), Failure> {
        self.send_all(std::slice::from_ref(frame))
    }

    /// Sends frames in one go, so that they may meet in one read.
    pub fn send_all(&mut self, frames: &[Frame]) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        for frame in frames {
            self.record(Direction::Out, frame.in_words(), frame.in_bytes());
            let mask = self.masks.next_u64().to_le_bytes();
            bytes.extend(frame.encode([mask[0], mask[1], mask[2], mask[3]])?);
        }
        self.peer.send_unrecorded(&bytes)
    }

    /// Sends a frame cut in pieces of one byte, each only after the program has read the one before.
    pub fn send_bytewise(&mut self, frame: &Frame) -> Result<(), Failure> {
        self.record(Direction::Out, frame.in_words(), frame.in_bytes());
        let mask = self.masks.next_u64().to_le_bytes();
        for (index, byte) in frame.encode([mask[0], mask[1], mask[2], mask[3]])?.into_iter().enumerate() {
            if index > 0 {
                self.peer.wait_read()?;
            }
            self.peer.send_unrecorded(&[byte])?;
        }
        Ok(())
    }

    /// Sends bytes that are no frame.
    pub fn send_raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.peer.send(bytes)
    }
}
