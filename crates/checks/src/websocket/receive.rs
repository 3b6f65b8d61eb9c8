//! Receiving: frames are put together to messages, and whatever goes wrong has a name.

use std::io::Cursor;

use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::{Frame, WebSocketPeer};
use crate::{Difference, Direction, Failure, Sentence, Symptom, Text, sentence};

/// A message is longer than this only by mistake.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Longer texts are shown by their difference only.
const SHORT: usize = 40;

/// What came from the program: a whole message, however many frames it took, or a control frame.
/// Its pings are answered and passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A text message.
    Text(String),
    /// A binary message.
    Binary(Vec<u8>),
    /// A pong.
    Pong(Vec<u8>),
    /// A Close: its code, if it has one, and its reason.
    Close(Option<u16>, String),
}

/// A message of which only the first frames have come.
pub(super) struct PartialMessage {
    kind: Data,
    payload: Vec<u8>,
}

impl WebSocketPeer {
    /// Returns the next message or control frame.
    pub fn receive(&mut self) -> Result<Received, Failure> {
        loop {
            let (header, payload) = self.read_frame()?;
            let received = match header.opcode {
                OpCode::Control(Control::Ping) => {
                    self.record(Direction::In, Frame::ping(&payload).in_words(), &payload);
                    self.send(&Frame::pong(&payload))?;
                    continue;
                }
                OpCode::Control(Control::Pong) => Received::Pong(payload),
                OpCode::Control(_) => closed(&payload),
                OpCode::Data(kind) => match self.joined(kind, header.is_final, payload)? {
                    Some(message) => message,
                    None => continue,
                },
            };
            self.record(Direction::In, received.in_words(), received.in_bytes());
            return Ok(received);
        }
    }

    /// The next message must be this text.
    pub fn expect_text(&mut self, expected: &str) -> Result<(), Failure> {
        match self.receive()? {
            Received::Text(came) if came == expected => Ok(()),
            Received::Text(came) => {
                let what = if came.chars().count().max(expected.chars().count()) <= SHORT {
                    sentence! {
                        vi: "Lẽ ra là text {expected:?}, tôi nhận được {came:?}.",
                        en: "The text {expected:?} was due; I received {came:?}.",
                    }
                } else {
                    Text {
                        vi: "Text nhận được không phải text lẽ ra phải tới.",
                        en: "The text that came is not the one that was due.",
                    }
                    .into()
                };
                Err(differs(what, expected.as_bytes(), came.as_bytes()))
            }
            other => Err(another_kind(&Frame::text(expected).in_words(), &other)),
        }
    }

    /// The next message must be binary, and these bytes.
    pub fn expect_binary(&mut self, expected: &[u8]) -> Result<(), Failure> {
        let due = sentence! { vi: "tin nhị phân", en: "a binary message" };
        self.expect_bytes(expected, due, |received| match received {
            Received::Binary(bytes) => Ok(bytes),
            other => Err(other),
        })
    }

    /// The next frame must be a pong with these bytes.
    pub fn expect_pong(&mut self, expected: &[u8]) -> Result<(), Failure> {
        let due = sentence! { vi: "một pong", en: "a pong" };
        self.expect_bytes(expected, due, |received| match received {
            Received::Pong(bytes) => Ok(bytes),
            other => Err(other),
        })
    }

    /// The next frame must be a Close with this code.
    pub fn expect_close(&mut self, code: u16) -> Result<(), Failure> {
        let came = self.expect_any_close()?;
        if came == Some(code) {
            return Ok(());
        }
        let came = came.map_or_else(|| "-".to_owned(), |code| code.to_string());
        Err(Failure::new(
            Symptom::WrongCode,
            sentence! {
                vi: "Mã trong khung Close lẽ ra là {code}, tôi nhận được {came}.",
                en: "The code in the Close frame had to be {code}; I received {came}.",
            },
        ))
    }

    /// The next frame must be a Close. Returns its code.
    pub fn expect_any_close(&mut self) -> Result<Option<u16>, Failure> {
        match self.receive()? {
            Received::Close(code, _) => Ok(code),
            other => Err(another_kind(&sentence! { vi: "một khung Close", en: "a Close frame" }, &other)),
        }
    }

    fn expect_bytes(
        &mut self,
        expected: &[u8],
        due: Sentence,
        of_kind: impl FnOnce(Received) -> Result<Vec<u8>, Received>,
    ) -> Result<(), Failure> {
        match of_kind(self.receive()?) {
            Ok(came) if came == expected => Ok(()),
            Ok(came) => {
                let (got, wanted) = (came.len(), expected.len());
                let what = sentence! {
                    vi: "Tôi nhận được {got} byte, không phải {wanted} byte lẽ ra phải tới.",
                    en: "I received {got} bytes; they are not the {wanted} bytes that were due.",
                };
                Err(differs(what, expected, &came))
            }
            Err(other) => Err(another_kind(&due, &other)),
        }
    }

    /// Adds a data frame to the message it belongs to; says the message when it is whole.
    fn joined(&mut self, kind: Data, last: bool, payload: Vec<u8>) -> Result<Option<Received>, Failure> {
        let mut message = match (kind, self.begun.take()) {
            (Data::Continue, Some(begun)) => begun,
            (Data::Continue, None) | (_, Some(_)) => {
                return Err(malformed(Text {
                    vi: "Các khung (frame) trong một tin không nối tiếp nhau.",
                    en: "The frames of a message do not follow each other.",
                }));
            }
            (kind, None) => PartialMessage { kind, payload: Vec::new() },
        };
        message.payload.extend(payload);
        if message.payload.len() as u64 > LONGEST {
            return Err(flood());
        }
        if !last {
            self.begun = Some(message);
            return Ok(None);
        }
        match message.kind {
            Data::Text => match String::from_utf8(message.payload) {
                Ok(text) => Ok(Some(Received::Text(text))),
                Err(_) => Err(malformed(Text {
                    vi: "Chương trình gửi một tin text mà không phải UTF-8.",
                    en: "The program sent a text message that is not UTF-8.",
                })),
            },
            _ => Ok(Some(Received::Binary(message.payload))),
        }
    }

    fn read_frame(&mut self) -> Result<(FrameHeader, Vec<u8>), Failure> {
        let mut bytes = self.peer.read_exactly(2).map_err(without_close)?;
        let (header, length) = loop {
            match FrameHeader::parse(&mut Cursor::new(&bytes)) {
                Ok(Some(parsed)) => break parsed,
                Ok(None) => bytes.extend(self.peer.read_exactly(1).map_err(without_close)?),
                Err(error) => {
                    self.record(Direction::In, Sentence::default(), &bytes);
                    return Err(malformed(sentence! {
                        vi: "Tôi nhận được một khung (frame) sai: {error}.",
                        en: "I received a wrong frame: {error}.",
                    }));
                }
            }
        };
        if header.mask.is_some() || header.rsv1 || header.rsv2 || header.rsv3 {
            self.record(Direction::In, Sentence::default(), &bytes);
            return Err(malformed(Text {
                vi: "Khung của server không được che (mask), và các bit RSV phải là 0.",
                en: "A server's frames are not masked, and their RSV bits are 0.",
            }));
        }
        if length > LONGEST {
            return Err(flood());
        }
        let payload = self.peer.read_exactly(length as usize).map_err(without_close)?;
        Ok((header, payload))
    }
}

fn closed(payload: &[u8]) -> Received {
    match payload {
        [high, low, reason @ ..] => {
            Received::Close(Some(u16::from_be_bytes([*high, *low])), String::from_utf8_lossy(reason).into_owned())
        }
        _ => Received::Close(None, String::new()),
    }
}

/// An end of the stream is no end of a WebSocket.
fn without_close(mut failure: Failure) -> Failure {
    if failure.symptom == Symptom::EndOfStream {
        failure.what = Text {
            vi: "Chương trình đóng kết nối TCP mà không gửi khung Close.",
            en: "The program closed the TCP connection without sending a Close frame.",
        }
        .into();
    }
    failure
}

/// Something came, but of another kind.
fn another_kind(due: &Sentence, came: &Received) -> Failure {
    let Sentence { vi: due_vi, en: due_en } = due;
    let Sentence { vi, en } = came.in_words();
    let symptom = if matches!(came, Received::Close(..)) { Symptom::Closed } else { Symptom::WrongFrame };
    Failure::new(
        symptom,
        sentence! { vi: "Lẽ ra là {due_vi}, tôi nhận được {vi}.", en: "What was due is {due_en}; I received {en}." },
    )
}

fn differs(what: Sentence, expected: &[u8], came: &[u8]) -> Failure {
    let shorter = expected.len().min(came.len());
    let difference = Difference::find(expected, came).unwrap_or_else(|| Difference::at(shorter, expected, came));
    let mut failure = Failure::new(Symptom::WrongBytes, what);
    failure.difference = Some(Box::new(difference));
    failure
}

fn malformed(what: impl Into<Sentence>) -> Failure {
    Failure::new(Symptom::WrongFrame, what)
}

fn flood() -> Failure {
    let most = LONGEST / 1024 / 1024;
    Failure::new(
        Symptom::RunawayOutput,
        sentence! {
            vi: "Chương trình gửi một tin dài hơn {most} MiB.",
            en: "The program sends a message of more than {most} MiB.",
        },
    )
}
