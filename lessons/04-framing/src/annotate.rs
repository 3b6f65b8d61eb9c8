//! What the bytes of each protocol mean, for `--tape`.
//!
//! Each function names the parts of every message that is whole. What is left over waits on the
//! tape for the rest of it.

use narrate::{Side, Span};

use crate::receive::{Broken, LIMIT, Rule};
use crate::{frame, line, text, tlv};

/// Lines: text, then its delimiter.
pub(crate) fn lines(_: Side, bytes: &[u8]) -> Vec<Span> {
    spans(bytes, line::end, |line| {
        let said = line::text(line);
        let delimiter = match line.len() - said.len() {
            1 => text::tape_lf(),
            _ => text::tape_cr_lf(),
        };
        vec![span(said.len(), text::tape_text(said.len())), span(line.len() - said.len(), delimiter)]
    })
}

/// Frames: a length of four bytes, then the message.
pub(crate) fn frames(_: Side, bytes: &[u8]) -> Vec<Span> {
    spans(bytes, frame::end, |whole| {
        let length = frame::message(whole).len();
        vec![span(frame::HEADER, text::tape_length(length)), span(length, text::tape_message())]
    })
}

/// Type, length, value.
pub(crate) fn tlvs(_: Side, bytes: &[u8]) -> Vec<Span> {
    spans(bytes, tlv::end, |whole| {
        let length = whole.len() - tlv::HEADER;
        vec![span(1, kind(whole[0])), span(2, text::tape_length(length)), span(length, text::tape_value())]
    })
}

/// The types of these whole values, in one line.
pub(crate) fn types(values: &[Vec<u8>]) -> String {
    let kinds: Vec<String> = values.iter().filter_map(|value| value.first()).map(|number| kind(*number)).collect();
    kinds.join(" · ")
}

/// A type of value, by number and name.
fn kind(number: u8) -> String {
    let name = match number {
        tlv::NAME => text::kind_name(),
        tlv::TEXT => text::kind_text(),
        _ => text::kind_unknown(),
    };
    text::kind(number, name)
}

/// The parts of every whole message at the front of `bytes`, in order. A part without bytes, such
/// as the text of an empty line, has no place on the tape.
fn spans(mut bytes: &[u8], rule: Rule, parts: fn(&[u8]) -> Vec<Span>) -> Vec<Span> {
    let mut spans = Vec::new();
    loop {
        match rule(bytes) {
            Ok(Some(end)) => {
                spans.extend(parts(&bytes[..end]).into_iter().filter(|part| part.length > 0));
                bytes = &bytes[end..];
            }
            Err(Broken::TooLong { length }) => {
                // Nothing on this connection can be understood from here on.
                spans.push(span(bytes.len(), text::tape_too_long(length, LIMIT)));
                return spans;
            }
            Ok(None) | Err(_) => return spans,
        }
    }
}

fn span(length: usize, meaning: String) -> Span {
    Span { length, meaning }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spans as bytes beside their meaning, and what they leave over.
    fn explained(annotate: narrate::Annotate, bytes: &[u8]) -> (Vec<(Vec<u8>, String)>, Vec<u8>) {
        let mut rest = bytes.to_vec();
        let spans = annotate(Side::CLIENT, bytes);
        (spans.into_iter().map(|span| (rest.drain(..span.length).collect(), span.meaning)).collect(), rest)
    }

    fn told(part: &str, meaning: String) -> (Vec<u8>, String) {
        (part.as_bytes().to_vec(), meaning)
    }

    #[test]
    fn a_line_is_text_and_delimiter_and_an_empty_one_only_the_delimiter() {
        let (spans, rest) = explained(lines, b"mot\n\r\nhai");
        assert_eq!(
            spans,
            [told("mot", text::tape_text(3)), told("\n", text::tape_lf()), told("\r\n", text::tape_cr_lf()),]
        );
        assert_eq!(rest, b"hai");
    }

    #[test]
    fn a_frame_is_length_and_message() {
        let (spans, rest) = explained(frames, b"\0\0\0\x02ba\0\0\0\0\0\0");
        assert_eq!(
            spans,
            [
                told("\0\0\0\x02", text::tape_length(2)),
                told("ba", text::tape_message()),
                told("\0\0\0\0", text::tape_length(0)),
            ]
        );
        assert_eq!(rest, b"\0\0");
    }

    #[test]
    fn a_value_has_its_type_named_even_when_nobody_knows_it() {
        let (spans, rest) = explained(tlvs, b"\x01\0\x03Lanc\0\x01?");
        assert_eq!(
            spans,
            [
                told("\x01", text::kind(1, text::kind_name())),
                told("\0\x03", text::tape_length(3)),
                told("Lan", text::tape_value()),
                told("c", text::kind(99, text::kind_unknown())),
                told("\0\x01", text::tape_length(1)),
                told("?", text::tape_value()),
            ]
        );
        assert!(rest.is_empty());
    }

    #[test]
    fn a_length_over_the_limit_is_named_as_one() {
        let (spans, rest) = explained(frames, b"GET / HTTP/1.1\r\n");
        assert_eq!(spans, [told("GET / HTTP/1.1\r\n", text::tape_too_long(1_195_725_856, LIMIT))]);
        assert!(rest.is_empty());
    }
}
