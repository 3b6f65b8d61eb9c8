//! One line of a story about what crossed, or about a call and its result.

use std::io;
use std::net::Shutdown;

use crate::event::{Correspondent, Side, Source};
use crate::screen::{Colour, FACT_INDENT, LABEL, WIDTH, fitting, hex_line};
use crate::text;

/// Bytes that the line of a crossing shows at most; more are counted, not shown (the tape shows all).
const CROSSING_BYTES: usize = 12;
/// The same beside a call and its result, which take some of the line.
const CALL_BYTES: usize = 10;
/// Bytes that are kept for it.
const KEPT: usize = 16;

/// Something that happened and is not printed yet.
pub(super) struct Entry {
    pub(super) source: Source,
    /// The other end's side, where the story has said it.
    pub(super) peer: Option<Side>,
    pub(super) call: &'static str,
    /// A line of its own, whatever stands around it.
    pub(super) as_call: bool,
    pub(super) what: What,
    pub(super) times: usize,
}

pub(super) enum What {
    Read(Bytes),
    Wrote(Bytes, usize),
    Received(Correspondent, Bytes),
    Sent(Correspondent, Bytes),
    End,
    Shutdown(Shutdown),
    Failed { name: String, meaning: Option<String> },
}

/// The first of some bytes, and how many they are in all.
#[derive(Clone, Default)]
pub(super) struct Bytes {
    pub(super) head: Vec<u8>,
    pub(super) count: usize,
}

impl Bytes {
    pub(super) fn of(bytes: &[u8]) -> Bytes {
        Bytes { head: bytes[..bytes.len().min(KEPT)].to_vec(), count: bytes.len() }
    }

    pub(super) fn append(&mut self, other: &Bytes) {
        if self.head.len() == self.count {
            self.head.extend(other.head.iter().take(KEPT.saturating_sub(self.head.len())));
        }
        self.count += other.count;
    }

    pub(super) fn skip(self, count: usize) -> Bytes {
        Bytes { head: self.head.into_iter().skip(count).collect(), count: self.count - count }
    }
}

/// The name of an end on the screen.
#[derive(Clone, PartialEq)]
pub(super) enum Label {
    Side(Side),
    Name(String),
}

impl Label {
    pub(super) fn shown(&self, colour: Colour) -> String {
        match self {
            Label::Side(side) => colour.label(*side),
            Label::Name(name) => format!("{name:<LABEL$}"),
        }
    }

    pub(super) fn width(&self) -> usize {
        match self {
            Label::Side(side) => side.label.chars().count().max(LABEL),
            Label::Name(name) => name.chars().count().max(LABEL),
        }
    }
}

/// Bytes that went one way.
pub(super) struct Crossing {
    pub(super) from: Label,
    pub(super) to: Label,
    /// The end whose tap has heard them.
    pub(super) source: Source,
    pub(super) is_stream: bool,
    pub(super) bytes: Bytes,
}

impl Crossing {
    /// `client → server   78 69 6e   "xin"`.
    pub(super) fn lines(&self, colour: Colour) -> Vec<String> {
        let Crossing { from, to, bytes, .. } = self;
        let taken = FACT_INDENT + from.width() + 3 + to.width() + 3;
        let shown = fitting(&bytes.head, CROSSING_BYTES, WIDTH.saturating_sub(taken));
        let arrow = format!("{:FACT_INDENT$}{} → {}", "", from.shown(colour), to.shown(colour));
        let mut lines = vec![format!("{arrow}   {}", hex_line(shown))];
        if bytes.count > shown.len() {
            lines.push(format!("{:taken$}{}", "", text::bytes_more(bytes.count - shown.len())));
        }
        lines
    }

    /// Whether what goes `from` one side `to` the other now belongs to the same line. A datagram never does.
    pub(super) fn is_continued_by(&self, from: &Label, to: &Label, source: Source) -> bool {
        self.is_stream && self.source == source && self.from == *from && self.to == *to
    }
}

impl Entry {
    /// `server   read() → 3    78 69 6e   "xin"`, and the like for everything that a call can give.
    pub(super) fn lines(&self, peer: &Label, colour: Colour) -> Vec<String> {
        let peer = match peer {
            Label::Side(side) if !side.is_named() => "",
            Label::Side(side) => side.label,
            Label::Name(name) => name,
        };
        let mut call = format!("{}({peer})", self.call);
        let (result, bytes) = match &self.what {
            What::Read(bytes) | What::Received(_, bytes) | What::Sent(_, bytes) => {
                (bytes.count.to_string(), Some(bytes))
            }
            What::Wrote(bytes, offered) if bytes.count < *offered => {
                (text::count_of(bytes.count, offered), Some(bytes))
            }
            What::Wrote(bytes, _) => (bytes.count.to_string(), Some(bytes)),
            What::End => (0.to_string(), None),
            What::Shutdown(how) => {
                call = format!("{}({how:?})", self.call);
                (text::ok(), None)
            }
            What::Failed { name, meaning: Some(meaning) } if self.times == 1 => (format!("{name}: {meaning}"), None),
            What::Failed { name, .. } => (name.clone(), None),
        };
        let result = if self.times > 1 { format!("{result} × {}", self.times) } else { result };
        let own = Label::Side(self.source.side());
        let start = format!("{:FACT_INDENT$}{}   {call} → ", "", own.shown(colour));
        let Some(bytes) = bytes else { return vec![format!("{start}{result}")] };
        let taken = FACT_INDENT + own.width() + 3 + call.chars().count() + 3 + result.chars().count().max(2) + 3;
        let shown = fitting(&bytes.head, CALL_BYTES, WIDTH.saturating_sub(taken));
        let mut lines = vec![format!("{start}{result:<2}   {}", hex_line(shown))];
        if bytes.count > shown.len() {
            let indent = FACT_INDENT + own.width() + 3;
            lines.push(format!("{:indent$}{}", "", text::bytes_more(bytes.count - shown.len())));
        }
        lines
    }
}

/// A call that a signal interrupted is called again, and one that would have to wait matters only where calls do.
pub(super) fn is_told(error: &io::Error, as_call: bool) -> bool {
    match error.kind() {
        io::ErrorKind::Interrupted => false,
        io::ErrorKind::WouldBlock => as_call,
        _ => true,
    }
}
