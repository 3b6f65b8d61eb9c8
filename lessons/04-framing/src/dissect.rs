//! What the bytes of each protocol mean, for the screen and for `--tape`.
//!
//! Each dissector names the parts of every message that is whole. What is left over waits on the
//! tape for the rest of it.

use narrate::{Side, Span};

use crate::receive::{FrameError, Framing, LIMIT};
use crate::{frame, line, text, tlv};

/// Lines: text, then its delimiter.
pub(crate) fn lines(_: Side, bytes: &[u8]) -> Vec<Span> {
    spans(bytes, line::end, |line| {
        let text = line::text(line);
        let delimiter = match line.len() - text.len() {
            1 => text::tape_lf(),
            _ => text::tape_cr_lf(),
        };
        vec![span(text.len(), crate::text::tape_text(text.len())), span(line.len() - text.len(), delimiter)]
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

/// The bytes of a whole message beside what it says.
pub(crate) fn shown(whole: &[u8], message: &str) -> String {
    let hex: Vec<String> = whole.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{:<31}{message}", hex.join(" ")) // ten bytes fit
}

/// A message as text, in quotes; control characters are escaped, so that they cannot move the cursor.
pub(crate) fn quoted(message: &[u8]) -> String {
    format!("\"{}\"", String::from_utf8_lossy(message).escape_debug())
}

/// What a whole value says: its type, and its text where the type is known.
pub(crate) fn value(whole: &[u8]) -> String {
    match whole[0] {
        tlv::NAME | tlv::TEXT => format!("{} {}", kind(whole[0]), quoted(&whole[tlv::HEADER..])),
        number => kind(number),
    }
}

/// The type of a value, by number and name.
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
fn spans(mut bytes: &[u8], framing: Framing, parts: fn(&[u8]) -> Vec<Span>) -> Vec<Span> {
    let mut spans = Vec::new();
    loop {
        match framing(bytes) {
            Ok(Some(end)) => {
                spans.extend(parts(&bytes[..end]).into_iter().filter(|part| part.length > 0));
                bytes = &bytes[end..];
            }
            Err(FrameError::TooLong { length }) => {
                // Where the next message begins cannot be known from here on.
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
    fn explained(dissector: narrate::Dissector, bytes: &[u8]) -> (Vec<(Vec<u8>, String)>, Vec<u8>) {
        let mut rest = bytes.to_vec();
        let spans = dissector(Side::CLIENT, bytes);
        (spans.into_iter().map(|span| (rest.drain(..span.length).collect(), span.meaning)).collect(), rest)
    }

    fn part(bytes: &str, meaning: String) -> (Vec<u8>, String) {
        (bytes.as_bytes().to_vec(), meaning)
    }

    #[test]
    fn lines_names_text_and_delimiter_and_of_an_empty_line_only_the_delimiter() {
        let (spans, rest) = explained(lines, b"mot\n\r\nhai");
        assert_eq!(
            spans,
            [part("mot", text::tape_text(3)), part("\n", text::tape_lf()), part("\r\n", text::tape_cr_lf()),]
        );
        assert_eq!(rest, b"hai");
    }

    #[test]
    fn frames_names_length_and_message() {
        let (spans, rest) = explained(frames, b"\0\0\0\x02ba\0\0\0\0\0\0");
        assert_eq!(
            spans,
            [
                part("\0\0\0\x02", text::tape_length(2)),
                part("ba", text::tape_message()),
                part("\0\0\0\0", text::tape_length(0)),
            ]
        );
        assert_eq!(rest, b"\0\0");
    }

    #[test]
    fn tlvs_names_the_type_even_when_it_is_unknown() {
        let (spans, rest) = explained(tlvs, b"\x01\0\x03Lanc\0\x01?");
        assert_eq!(
            spans,
            [
                part("\x01", text::kind(1, text::kind_name())),
                part("\0\x03", text::tape_length(3)),
                part("Lan", text::tape_value()),
                part("c", text::kind(99, text::kind_unknown())),
                part("\0\x01", text::tape_length(1)),
                part("?", text::tape_value()),
            ]
        );
        assert!(rest.is_empty());
    }

    #[test]
    fn frames_names_a_length_over_the_limit() {
        let (spans, rest) = explained(frames, b"GET / HTTP/1.1\r\n");
        assert_eq!(spans, [part("GET / HTTP/1.1\r\n", text::tape_too_long(1_195_725_856, LIMIT))]);
        assert!(rest.is_empty());
    }
}
