//! Frames as we send them: right ones, and each thing about them that can be wrong.

use tungstenite::Bytes;
use tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tungstenite::protocol::frame::{Frame as Wire, FrameHeader};

use crate::Failure;

/// A frame to send: right when it is made, and wrong in the ways that are asked for.
///
/// ```
/// use checks::Frame;
/// let wrong = Frame::text("hello").unmasked();
/// let first = Frame::text("hel").unfinished();
/// let last = Frame::continuation(b"lo");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub(super) opcode: OpCode,
    pub(super) payload: Vec<u8>,
    pub(super) last: bool,
    pub(super) reserved: [bool; 3],
    pub(super) masked: bool,
    /// The length that the header tells, when it is not that of the payload.
    pub(super) announced: Option<u64>,
}

impl Frame {
    fn new(opcode: OpCode, payload: &[u8]) -> Frame {
        Frame { opcode, payload: payload.to_vec(), last: true, reserved: [false; 3], masked: true, announced: None }
    }

    /// Makes a whole text message.
    pub fn text(text: &str) -> Frame {
        Frame::text_bytes(text.as_bytes())
    }

    /// Makes a whole text message, which may not be valid UTF-8.
    pub fn text_bytes(bytes: &[u8]) -> Frame {
        Frame::new(OpCode::Data(Data::Text), bytes)
    }

    /// Makes a whole binary message.
    pub fn binary(bytes: &[u8]) -> Frame {
        Frame::new(OpCode::Data(Data::Binary), bytes)
    }

    /// Makes a further frame of a message, its last one unless it is [`unfinished`](Frame::unfinished).
    pub fn continuation(bytes: &[u8]) -> Frame {
        Frame::new(OpCode::Data(Data::Continue), bytes)
    }

    /// Makes a ping.
    pub fn ping(bytes: &[u8]) -> Frame {
        Frame::new(OpCode::Control(Control::Ping), bytes)
    }

    /// Makes a pong, asked for or not.
    pub fn pong(bytes: &[u8]) -> Frame {
        Frame::new(OpCode::Control(Control::Pong), bytes)
    }

    /// Makes a Close with a code and a reason.
    pub fn close(code: u16, reason: &str) -> Frame {
        let mut payload = code.to_be_bytes().to_vec();
        payload.extend_from_slice(reason.as_bytes());
        Frame::close_with(&payload)
    }

    /// Makes a Close with any payload: none at all, or one that is wrong.
    pub fn close_with(payload: &[u8]) -> Frame {
        Frame::new(OpCode::Control(Control::Close), payload)
    }

    /// Makes a frame of a kind that the protocol does not know (3 to 7 for data, 11 to 15 for control).
    pub fn of_kind(kind: u8, payload: &[u8]) -> Frame {
        Frame::new(OpCode::from(kind & 0x0f), payload)
    }

    /// Clears FIN: more frames of this message follow.
    pub fn unfinished(self) -> Frame {
        Frame { last: false, ..self }
    }

    /// Leaves the payload unmasked, as only a server may send it.
    pub fn unmasked(self) -> Frame {
        Frame { masked: false, ..self }
    }

    /// Sets reserved bits, which belong to extensions that have not been negotiated.
    pub fn reserved(self, bits: [bool; 3]) -> Frame {
        Frame { reserved: bits, ..self }
    }

    /// Writes `length` into the header, whatever the payload is.
    pub fn announcing(self, length: u64) -> Frame {
        Frame { announced: Some(length), ..self }
    }

    /// Returns the bytes on the wire, masked with `mask` if this frame is.
    pub(super) fn encode(&self, mask: [u8; 4]) -> Result<Vec<u8>, Failure> {
        let mask = self.masked.then_some(mask);
        let [rsv1, rsv2, rsv3] = self.reserved;
        let header = FrameHeader { is_final: self.last, rsv1, rsv2, rsv3, opcode: self.opcode, mask };
        let infra = |error| Failure::infra("frame", &error);
        let mut whole = Vec::with_capacity(self.payload.len() + 14);
        Wire::from_payload(header.clone(), Bytes::from(self.payload.clone())).format(&mut whole).map_err(infra)?;
        let Some(announced) = self.announced else { return Ok(whole) };
        // The same payload behind a header that says something else about it.
        let honest = header.len(self.payload.len() as u64);
        let mut bytes = Vec::new();
        header.format(announced, &mut bytes).map_err(infra)?;
        bytes.extend_from_slice(&whole[honest..]);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encode_matches_the_example_of_the_rfc() {
        // RFC 6455, section 5.7: a single-frame masked text message, and an unmasked one.
        let masked = Frame::text("Hello").encode([0x37, 0xfa, 0x21, 0x3d]).unwrap();
        assert_eq!(masked, [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58]);
        let bare = Frame::text("Hello").unmasked().encode([0; 4]).unwrap();
        assert_eq!(bare, [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
    }

    #[test]
    fn encode_writes_each_fault_that_was_asked_for() {
        let bits = Frame::ping(b"").unmasked().reserved([true, false, true]).encode([0; 4]).unwrap();
        assert_eq!(bits, [0x80 | 0x50 | 0x09, 0]);
        let first = Frame::binary(b"a").unfinished().unmasked().encode([0; 4]).unwrap();
        assert_eq!(first, [0x02, 1, b'a']);
        let kind = Frame::of_kind(0x0b, b"").unmasked().encode([0; 4]).unwrap();
        assert_eq!(kind, [0x8b, 0]);
        let more = Frame::text("ab").unmasked().announcing(300).encode([0; 4]).unwrap();
        assert_eq!(more, [0x81, 126, 1, 44, b'a', b'b']);
    }
}
