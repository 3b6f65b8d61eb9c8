//! What a message holds: the picture as it is, as text, or compressed.

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use flate2::Compression;
use flate2::bufread::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use tungstenite::Message;
use tungstenite::protocol::frame::Frame as Fragment;
use tungstenite::protocol::frame::coding::{Data, OpCode};

use super::wrong;
use crate::frame::{Acknowledgement, Frame, MAX_PAYLOAD};

/// Number and checksum, in front of a picture in a binary message.
const HEADER: usize = 16;
/// What JSON puts around a picture is well below that.
const BRACES: usize = 1024;

/// A message may go in fragments (RFC 6455, 5.4). So a picture is not copied behind its number, each part is masked
/// while it is in the processor's cache, and the server reads one while the next is masked. In one piece, a raw picture
/// takes much longer.
const FRAGMENT: usize = 128 * 1024;

/// How a frame becomes a message.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Content {
    /// Binary: number, checksum, picture.
    #[default]
    Binary,
    /// Text: JSON can hold a picture only as characters, and base64 makes four of three bytes. A third more to send,
    /// and each byte is turned over twice: into base64, then again where JSON is written, read and checked to be
    /// UTF-8.
    Base64,
    /// Binary, with the picture deflated: what the permessage-deflate extension (RFC 7692) would do, which Python's
    /// websockets agrees upon unless it is told not to. tungstenite has no such extension, so this
    /// compresses by itself, at the same level (6), each frame alone. It shows what that costs: a JPEG is
    /// compressed already, about a hundredth is saved, and every frame pays milliseconds.
    Deflate,
}

/// The text message.
#[derive(Serialize, Deserialize)]
struct Picture<'a> {
    number: u64,
    /// 16 hex digits: a number in JSON is safe up to 2⁵³ only.
    checksum: Cow<'a, str>,
    #[serde(borrow)]
    data: Cow<'a, str>,
}

impl Content {
    /// The longest message that a frame can make.
    pub(super) fn most(self) -> usize {
        match self {
            Content::Binary => HEADER + MAX_PAYLOAD,
            Content::Base64 => MAX_PAYLOAD.div_ceil(3) * 4 + BRACES,
            // What does not shrink is stored: 5 bytes more for each block of 32 KiB or less (RFC 1951, 3.2.4).
            Content::Deflate => HEADER + MAX_PAYLOAD + MAX_PAYLOAD / 1024,
        }
    }

    /// Puts a message together, and hands it to `write`: whole, or in fragments, one after the other.
    pub(super) fn pack(self, frame: &Frame, mut write: impl FnMut(Message) -> io::Result<()>) -> io::Result<()> {
        let header = Acknowledgement { number: frame.number, checksum: frame.checksum }.to_bytes();
        match self {
            Content::Binary => {
                let mut rest = frame.payload.clone();
                write(fragment(Data::Binary, Bytes::copy_from_slice(&header), false))?;
                while rest.len() > FRAGMENT {
                    write(fragment(Data::Continue, rest.split_to(FRAGMENT), false))?;
                }
                write(fragment(Data::Continue, rest, true))
            }
            Content::Base64 => {
                let picture = Picture {
                    number: frame.number,
                    checksum: format!("{:016x}", frame.checksum).into(),
                    data: STANDARD.encode(&frame.payload).into(),
                };
                write(Message::text(serde_json::to_string(&picture)?))
            }
            Content::Deflate => {
                let mut deflating = DeflateEncoder::new(header.to_vec(), Compression::default());
                deflating.write_all(&frame.payload)?;
                write(Message::binary(deflating.finish()?))
            }
        }
    }

    /// Number and picture of a message that has arrived. The announced checksum is not looked at: the server answers
    /// with its own.
    pub(super) fn unpack(self, message: Message) -> io::Result<(u64, Bytes)> {
        match (self, message) {
            (Content::Base64, Message::Text(text)) => {
                let picture: Picture = serde_json::from_str(&text)?;
                let payload = STANDARD.decode(picture.data.as_bytes()).map_err(|why| wrong(&why.to_string()))?;
                within(payload.into()).map(|payload| (picture.number, payload))
            }
            (Content::Binary | Content::Deflate, Message::Binary(mut bytes)) => {
                if bytes.len() < HEADER {
                    return Err(wrong("a message that is too short to be a frame"));
                }
                let number =
                    bytes.split_to(HEADER).iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
                if self == Content::Deflate {
                    // A few hundred bytes can inflate into gigabytes: take one byte more than there may be, no more.
                    let mut inflated = Vec::new();
                    DeflateDecoder::new(bytes.as_ref()).take(MAX_PAYLOAD as u64 + 1).read_to_end(&mut inflated)?;
                    bytes = inflated.into();
                }
                within(bytes).map(|payload| (number, payload))
            }
            _ => Err(wrong("a message of the other kind, text or binary")),
        }
    }
}

fn fragment(kind: Data, bytes: Bytes, last: bool) -> Message {
    Message::Frame(Fragment::message(bytes, OpCode::Data(kind), last))
}

fn within(payload: Bytes) -> io::Result<Bytes> {
    if payload.len() > MAX_PAYLOAD { Err(wrong("a frame of more than 16 MiB")) } else { Ok(payload) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::checksum;

    const ALL: [Content; 3] = [Content::Binary, Content::Base64, Content::Deflate];

    fn packed(content: Content, payload: &[u8]) -> Message {
        let payload = Bytes::copy_from_slice(payload);
        let frame = Frame { number: u64::MAX - 1, checksum: checksum(&payload), payload };
        let (mut whole, mut fragments) = (None, Vec::new());
        let write = |message| {
            match message {
                Message::Frame(fragment) => fragments.extend_from_slice(fragment.payload()),
                message => whole = Some(message),
            }
            Ok(())
        };
        content.pack(&frame, write).unwrap();
        whole.unwrap_or_else(|| Message::binary(fragments)) // as the library puts them together
    }

    #[test]
    fn unpack_gives_what_pack_took() {
        let noise: Vec<u8> = (0..70_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for content in ALL {
            for length in [0, 1, 2, 3, 65_535, 70_000] {
                let (number, payload) = content.unpack(packed(content, &noise[..length])).unwrap();
                assert_eq!((number, payload.as_ref()), (u64::MAX - 1, &noise[..length]));
            }
        }
    }

    #[test]
    fn pack_takes_the_longest_frame_and_not_one_byte_more() {
        for content in [Content::Binary, Content::Base64] {
            let message = packed(content, &vec![0; MAX_PAYLOAD]);
            assert!(message.len() <= content.most(), "{} > {}", message.len(), content.most());
            assert_eq!(content.unpack(message).unwrap().1.len(), MAX_PAYLOAD);
            assert!(content.unpack(packed(content, &vec![0; MAX_PAYLOAD + 1])).is_err());
        }
    }

    #[test]
    fn unpack_refuses_what_inflates_beyond_the_limit() {
        let bomb = packed(Content::Deflate, &vec![0; MAX_PAYLOAD + 1]);
        assert!(bomb.len() < 100_000);
        assert!(Content::Deflate.unpack(bomb).is_err());
    }

    #[test]
    fn pack_grows_incompressible_bytes_by_less_than_the_limit() {
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        });
        let noise: Vec<u8> = noise.take(300_000).collect();
        let length = packed(Content::Deflate, &noise).len();
        assert!(length - noise.len() <= HEADER + noise.len() / 1024, "{length}");
    }

    #[test]
    fn unpack_refuses_what_makes_no_sense() {
        for content in ALL {
            for message in [
                Message::text(""),
                Message::text("{\"number\":1}"),
                Message::text("{\"number\":1,\"checksum\":\"\",\"data\":\"?\"}"),
                Message::binary(&b"short"[..]),
            ] {
                assert!(content.unpack(message).is_err());
            }
        }
        let cut_off = Message::binary(&[0xff; HEADER + 8][..]);
        assert!(Content::Deflate.unpack(cut_off).is_err());
    }
}
