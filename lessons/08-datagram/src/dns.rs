//! A whole protocol in two datagrams: a DNS question and its answer (RFC 1035, section 4), and how
//! the tape reads them.

use std::net::{Ipv4Addr, Ipv6Addr};

use narrate::{Side, Span, Stage};

use crate::text;

/// The id of a query made by hand. On loopback no other program can answer it; over a network an attacker
/// that guesses the id can answer in the server's place (RFC 5452).
const ID: [u8; 2] = [0x08, 0x11];
/// The name in labels, each behind its length; then type A, class IN.
const QUESTION: &[u8] = b"\x05bai08\x04test\x00\x00\x01\x00\x01";
/// The name as in the question: byte 12; then type A, class IN, 60 s, 4 bytes: 127.0.0.8.
const ANSWER: &[u8] = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x08";

/// Bytes in front of the question.
const HEADER: usize = 12;
/// The bytes of the header by their meaning: id, flags, four counts.
const ONE_QUESTION: [u8; 10] = [0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0];
const ONE_ANSWER: [u8; 10] = [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];

// ANCHOR: messages
/// The question for the address of `bai08.test`.
pub(crate) fn query() -> Vec<u8> {
    [&ID[..], &ONE_QUESTION, QUESTION].concat()
}

/// The answer to `query`: its id, a new header, its question once more, and one record.
pub(crate) fn answer(query: &[u8]) -> Vec<u8> {
    [&query[..2], &ONE_ANSWER, &query[HEADER..], ANSWER].concat()
}
// ANCHOR_END: messages

/// Shows each part of `message` beside its meaning.
pub(crate) fn explain(stage: &Stage, side: Side, message: &[u8]) {
    let mut rest = message;
    for span in dissect(side, message) {
        let (bytes, after) = rest.split_at(span.length);
        stage.explained(side, bytes, &span.meaning);
        rest = after;
    }
}

/// Explains a datagram that is a DNS message from its first byte to its last; of any other, nothing.
pub(crate) fn dissect(_: Side, message: &[u8]) -> Vec<Span> {
    let mut reader = Reader { message, at: 0, spans: Vec::new() };
    match reader.message() {
        Some(()) if reader.at == message.len() => reader.spans,
        _ => Vec::new(),
    }
}

/// Reads a message from front to back and notes what each part means. `None`: this is no DNS.
struct Reader<'a> {
    message: &'a [u8],
    at: usize,
    spans: Vec<Span>,
}

impl Reader<'_> {
    fn message(&mut self) -> Option<()> {
        let id = self.number(self.at)?;
        self.covers(2, text::dns_id(format!("{id:#06x}")));
        let flags = self.number(self.at)?;
        let meaning = match (flags & 0x8000, flags & 0x000f) {
            (0, _) => text::dns_asks(if flags & 0x0100 == 0 { "-" } else { "RD" }),
            (_, code) => text::dns_answers(code, if flags & 0x0200 == 0 { "" } else { ", TC" }),
        };
        self.covers(2, meaning);
        let mut counts = [0; 4];
        for (place, count) in counts.iter_mut().enumerate() {
            *count = self.number(self.at + 2 * place)?;
        }
        self.covers(8, text::dns_counts(counts[0], counts[1], counts[2], counts[3]));
        for _ in 0..counts[0] {
            self.name()?;
            let (kind, class) = (self.number(self.at)?, self.number(self.at + 2)?);
            self.covers(4, text::dns_type(kind_name(kind), class));
        }
        for _ in 0..counts[1..].iter().map(|count| u32::from(*count)).sum() {
            self.record()?;
        }
        Some(())
    }

    fn record(&mut self) -> Option<()> {
        self.name()?;
        let (kind, class) = (self.number(self.at)?, self.number(self.at + 2)?);
        let seconds = u32::from(self.number(self.at + 4)?) << 16 | u32::from(self.number(self.at + 6)?);
        let length = usize::from(self.number(self.at + 8)?);
        let data = self.message.get(self.at + 10..self.at + 10 + length)?;
        if kind == OPT {
            self.covers(10, text::dns_opt(class, length)); // RFC 6891: these fields mean something else
        } else {
            self.covers(4, text::dns_type(kind_name(kind), class));
            self.covers(4, text::dns_ttl(seconds));
            self.covers(2, text::dns_length(length));
        }
        let meaning = match (kind, data) {
            (A, &[a, b, c, d]) => Ipv4Addr::new(a, b, c, d).to_string(),
            (AAAA, data) if length == 16 => Ipv6Addr::from(<[u8; 16]>::try_from(data).ok()?).to_string(),
            (CNAME, _) => text::dns_name(name_at(self.message, self.at)?.0),
            _ => text::dns_data(length),
        };
        self.covers(length, meaning);
        Some(())
    }

    fn name(&mut self) -> Option<()> {
        let (name, end) = name_at(self.message, self.at)?;
        let pointed = self.message[self.at] >= POINTER;
        let meaning = match self.number(self.at) {
            Some(target) if pointed => text::dns_pointer(target & 0x3fff, name),
            _ => text::dns_name(name),
        };
        self.covers(end - self.at, meaning);
        Some(())
    }

    /// The next `length` bytes are `meaning`; no bytes mean nothing.
    fn covers(&mut self, length: usize, meaning: String) {
        self.at += length;
        if length > 0 {
            self.spans.push(Span { length, meaning });
        }
    }

    fn number(&self, at: usize) -> Option<u16> {
        let bytes = self.message.get(at..at + 2)?;
        Some(u16::from_be_bytes([bytes[0], bytes[1]]))
    }
}

/// Record types (RFC 1035, section 3.2.2; RFC 3596; RFC 6891).
const A: u16 = 1;
const CNAME: u16 = 5;
const AAAA: u16 = 28;
const OPT: u16 = 41;

fn kind_name(kind: u16) -> String {
    match kind {
        A => "A".into(),
        2 => "NS".into(),
        CNAME => "CNAME".into(),
        6 => "SOA".into(),
        12 => "PTR".into(),
        15 => "MX".into(),
        16 => "TXT".into(),
        AAAA => "AAAA".into(),
        other => other.to_string(),
    }
}

/// A length that is none: the rest of the name stands elsewhere.
const POINTER: u8 = 0xc0;
/// RFC 1035, section 2.3.4.
const LONGEST_NAME: usize = 255;

/// The name that begins at `start`, and where the next thing begins.
fn name_at(message: &[u8], start: usize) -> Option<(String, usize)> {
    let (mut name, mut at, mut began, mut end) = (String::new(), start, start, None);
    let mut length = 1; // the 0 at the end
    loop {
        match *message.get(at)? {
            0 => return Some((if name.is_empty() { ".".into() } else { name }, end.unwrap_or(at + 1))),
            size @ 1..=63 => {
                let size = usize::from(size);
                length += 1 + size;
                if length > LONGEST_NAME {
                    return None;
                }
                if !name.is_empty() {
                    name.push('.');
                }
                for byte in message.get(at + 1..at + 1 + size)? {
                    name.push(if byte.is_ascii_graphic() { char::from(*byte) } else { '·' });
                }
                at += 1 + size;
            }
            size if size >= POINTER => {
                let target = usize::from(size & 0x3f) << 8 | usize::from(*message.get(at + 1)?);
                end = end.or(Some(at + 2));
                if target >= began {
                    return None; // only ever back: so no pointer leads round in a circle
                }
                (at, began) = (target, target);
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn covered(message: &[u8]) -> usize {
        dissect(Side::SERVER, message).iter().map(|span| span.length).sum()
    }

    fn answer() -> Vec<u8> {
        [&ID[..], &ONE_ANSWER, QUESTION, ANSWER].concat()
    }

    #[test]
    fn the_answer_of_the_story_is_explained_to_its_last_byte() {
        let spans = dissect(Side::SERVER, &answer());
        assert_eq!(spans.last().map(|span| span.meaning.as_str()), Some("127.0.0.8"));
        assert_eq!(covered(&answer()), answer().len());
    }

    #[test]
    fn what_is_no_dns_is_left_unexplained() {
        for message in [&b""[..], b"xin chao", "xin chào bạn, hôm nay trời đẹp".as_bytes(), &answer()[..40]] {
            assert_eq!(covered(message), 0, "{message:?}");
        }
    }

    #[test]
    fn a_pointer_that_leads_round_in_a_circle_or_forward_is_no_name() {
        for target in [28, 30, 200] {
            let mut message = answer();
            message[29] = target; // the pointer itself stands at byte 28
            assert_eq!(covered(&message), 0, "{target}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_explained_whole_or_not_at_all(message in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert!([0, message.len()].contains(&covered(&message)));
        }

        /// Bytes at random hardly get past the header; a right message with a few of them wrong does.
        #[test]
        fn a_damaged_message_is_explained_whole_or_not_at_all(
            wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            length in any::<prop::sample::Index>(),
        ) {
            let mut message = answer();
            for (place, byte) in wrong {
                let place = place.index(message.len());
                message[place] = byte;
            }
            message.truncate(length.index(message.len()) + 1);
            prop_assert!([0, message.len()].contains(&covered(&message)));
        }
    }
}
