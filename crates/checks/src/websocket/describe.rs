//! Frames in words, for the record that a failure shows.

use tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::{Frame, Received};
use crate::{Sentence, sentence};

/// Of a text, this many characters are shown.
const SHOWN: usize = 56;

impl Frame {
    /// What it is, with everything about it that is out of the ordinary.
    pub(super) fn in_words(&self) -> Sentence {
        let mut words = kind(self.opcode);
        if let OpCode::Data(Data::Text) = self.opcode
            && let Ok(text) = std::str::from_utf8(&self.payload)
        {
            words = text_in_words(text);
        }
        if let OpCode::Control(Control::Close) = self.opcode {
            words = close_in_words(&self.payload);
        }
        let mut add = |more: Sentence| {
            words.vi += &format!(", {}", more.vi);
            words.en += &format!(", {}", more.en);
        };
        if !self.last {
            add(sentence! { vi: "còn tiếp (FIN = 0)", en: "to be continued (FIN = 0)" });
        }
        if !self.masked {
            add(sentence! { vi: "không che", en: "not masked" });
        }
        if self.reserved != [false; 3] {
            add(sentence! { vi: "bit RSV khác 0", en: "RSV bits not 0" });
        }
        if let Some(length) = self.announced {
            add(sentence! { vi: "header báo {length} byte", en: "its header says {length} bytes" });
        }
        words
    }

    /// The bytes to show beside the words; none when the words have said it all.
    pub(super) fn in_bytes(&self) -> &[u8] {
        match self.opcode {
            OpCode::Data(Data::Text) if std::str::from_utf8(&self.payload).is_ok() => &[],
            OpCode::Control(Control::Close) if self.payload.len() != 1 => &[],
            _ => &self.payload,
        }
    }
}

impl Received {
    /// What it is, for the record.
    pub(super) fn in_words(&self) -> Sentence {
        match self {
            Received::Text(text) => text_in_words(text),
            Received::Binary(_) => kind(OpCode::Data(Data::Binary)),
            Received::Pong(_) => kind(OpCode::Control(Control::Pong)),
            Received::Close(Some(code), reason) => code_in_words(*code, reason),
            Received::Close(None, _) => close_in_words(&[]),
        }
    }

    /// The bytes to show beside the words.
    pub(super) fn in_bytes(&self) -> &[u8] {
        match self {
            Received::Text(_) | Received::Close(..) => &[],
            Received::Binary(bytes) | Received::Pong(bytes) => bytes,
        }
    }
}

/// `text "xin chao"`
pub(super) fn text_in_words(text: &str) -> Sentence {
    let shown: String = text.chars().take(SHOWN).collect::<String>().escape_debug().collect();
    if text.chars().nth(SHOWN).is_none() {
        return sentence! { vi: "text \"{shown}\"", en: "text \"{shown}\"" };
    }
    let bytes = text.len();
    sentence! { vi: "text \"{shown}…\" {bytes} byte", en: "text \"{shown}…\" {bytes} bytes" }
}

fn kind(opcode: OpCode) -> Sentence {
    let name = match opcode {
        OpCode::Data(Data::Text) => "text",
        OpCode::Data(Data::Binary) => "binary",
        OpCode::Data(Data::Continue) => "continuation",
        OpCode::Control(Control::Ping) => "ping",
        OpCode::Control(Control::Pong) => "pong",
        OpCode::Control(Control::Close) => "close",
        OpCode::Data(Data::Reserved(number)) | OpCode::Control(Control::Reserved(number)) => {
            return sentence! { vi: "opcode {number} (không có trong RFC)", en: "opcode {number} (not in the RFC)" };
        }
    };
    sentence! { vi: "{name}", en: "{name}" }
}

fn close_in_words(payload: &[u8]) -> Sentence {
    match payload {
        [] => sentence! { vi: "close không mã", en: "close without a code" },
        [_] => sentence! { vi: "close với nửa cái mã", en: "close with half a code" },
        [high, low, reason @ ..] => code_in_words(u16::from_be_bytes([*high, *low]), &String::from_utf8_lossy(reason)),
    }
}

fn code_in_words(code: u16, reason: &str) -> Sentence {
    let reason = reason.escape_debug();
    sentence! { vi: "close {code} \"{reason}\"", en: "close {code} \"{reason}\"" }
}
