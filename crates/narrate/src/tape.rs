//! `--tape`: every byte that crosses, in hex, with what it means beside it.

mod datagram;
#[cfg(unix)]
mod unix;

use std::fmt::Write as _;

use crate::stage::{WIDTH, wrap};
use crate::tap::{End, Event};
use crate::{Side, text};

/// Bytes in one row of the tape.
const ROW: usize = 12;
/// The most that waits to be explained, in bytes: a stranger may announce a message without end. What goes on
/// from there is shown and not explained.
const WAITING: usize = 128 * 1024;
/// Where the tape stands: to the right of a step's sentence.
const INDENT: usize = 6;

/// A run of bytes with one meaning, such as the length in front of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many bytes.
    pub length: usize,
    /// What they are, in the reader's language.
    pub meaning: String,
}

/// Splits the bytes that one side sent into spans, from the first byte on. What it leaves over is
/// the beginning of something still to come; it is offered again with the bytes that follow.
pub type Annotate = fn(from: Side, bytes: &[u8]) -> Vec<Span>;

/// Collects lines about events until somebody takes them.
pub(crate) struct Tape {
    annotate: Option<Annotate>,
    /// Ends that speak a protocol of their own.
    speaking: Vec<(End, Annotate)>,
    lines: Vec<String>,
    /// Only one side runs, so nobody else explains what its end reads.
    live: bool,
    /// Bytes that no span has covered yet: those that an end wrote, and those that it read.
    open: Vec<((End, Way), Vec<u8>)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Out,
    In,
}

impl Tape {
    pub(crate) fn new(annotate: Option<Annotate>, live: bool) -> Tape {
        Tape { annotate, speaking: Vec::new(), lines: Vec::new(), live, open: Vec::new() }
    }

    /// What `end` writes, and reads where only one side runs, is explained by `annotate`, whatever the lesson speaks elsewhere.
    pub(crate) fn speaks(&mut self, end: End, annotate: Annotate) {
        self.speaking.push((end, annotate));
    }

    fn annotate(&self, end: End) -> Option<Annotate> {
        self.speaking.iter().find(|(of, _)| *of == end).map(|(_, annotate)| *annotate).or(self.annotate)
    }

    pub(crate) fn take_lines(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lines)
    }

    pub(crate) fn heard(&mut self, end: End, event: &Event) {
        let said = match event {
            Event::Wrote(bytes) => text::tape_wrote(bytes.len()),
            Event::Read(bytes) => text::tape_read(bytes.len()),
            Event::End => text::tape_end(),
            Event::Reset => text::tape_reset(),
            Event::HalfClosed => text::tape_half_close(),
            Event::Closed => text::tape_close(),
        };
        self.lines.push(format!("{:INDENT$}│ {:<6}   {said}", "", end.side.label));
        match (event, self.annotate(end)) {
            (Event::Wrote(bytes), Some(annotate)) => self.spans((end, Way::Out), end.side, bytes, annotate),
            (Event::Read(bytes), Some(annotate)) if self.live => {
                let from = if end.side.calls { Side::SERVER } else { Side::CLIENT };
                self.spans((end, Way::In), from, bytes, annotate);
            }
            (Event::Wrote(bytes) | Event::Read(bytes), _) => self.rows(bytes),
            (Event::Closed, _) => {
                self.open.retain(|((of, _), _)| *of != end);
                self.speaking.retain(|(of, _)| *of != end);
            }
            _ => {}
        }
    }

    fn rows(&mut self, bytes: &[u8]) {
        for row in bytes.chunks(ROW) {
            self.lines.push(format!("{:INDENT$}│    {}", "", hex_line(row)));
        }
    }

    /// Shows by meaning what went one way. A span may have begun in an earlier write.
    fn spans(&mut self, way: (End, Way), from: Side, bytes: &[u8], annotate: Annotate) {
        let mut open = match self.open.iter().position(|(of, _)| *of == way) {
            Some(at) => self.open.swap_remove(at).1,
            None => Vec::new(),
        };
        if open.len() > WAITING {
            self.rows(bytes);
            self.open.push((way, open)); // nobody knows where the next message would begin
            return;
        }
        let mut shown = open.len();
        open.extend_from_slice(bytes);
        for span in annotate(from, &open) {
            shown = 0;
            let covered: Vec<u8> = open.drain(..span.length.min(open.len())).collect();
            self.rows(&covered);
            self.meaning(&span.meaning);
        }
        if !open.is_empty() {
            self.rows(&open[shown..]);
            self.meaning(&text::tape_incomplete(open.len()));
            self.open.push((way, open));
        }
    }

    fn meaning(&mut self, meaning: &str) {
        for line in wrap(meaning, WIDTH - INDENT - 9) {
            self.lines.push(format!("{:INDENT$}│      ↳ {line}", ""));
        }
    }
}

/// `78 69 6e   "xin"`: bytes in hex, then as text. In UTF-8 text a control character is a middle
/// dot; in anything else every byte that is not printable ASCII is one.
pub(crate) fn hex_line(bytes: &[u8]) -> String {
    let hex = hex_of(bytes);
    let printable = |byte: &u8| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '·' };
    let text: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().map(|letter| if letter.is_control() { '·' } else { letter }).collect(),
        Err(_) => bytes.iter().map(printable).collect(),
    };
    format!("{hex}  \"{text}\"")
}

/// `78 69 6e `: bytes in hex, each with a blank behind it.
pub(crate) fn hex_of(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        let _ = write!(hex, "{byte:02x} ");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end() -> End {
        End { side: Side::CLIENT, local: "127.0.0.1:1".parse().unwrap(), peer: "127.0.0.1:2".parse().unwrap() }
    }

    /// Two bytes of length, then that many bytes.
    fn frames(_: Side, mut bytes: &[u8]) -> Vec<Span> {
        let mut spans = Vec::new();
        while let [high, low, rest @ ..] = bytes {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            if rest.len() < length {
                break;
            }
            spans.push(Span { length: 2, meaning: format!("length {length}") });
            spans.push(Span { length, meaning: "payload".into() });
            bytes = &rest[length..];
        }
        spans
    }

    #[test]
    fn letters_with_marks_stay_letters_and_control_bytes_become_dots() {
        assert_eq!(hex_line("ô".as_bytes()), "c3 b4   \"ô\"");
        assert_eq!(hex_line("ô\r\n".as_bytes()), "c3 b4 0d 0a   \"ô··\"");
        assert_eq!(hex_line(b"a\r\n\xff"), "61 0d 0a ff   \"a···\"");
    }

    #[test]
    fn every_byte_stands_on_the_tape_even_in_a_long_write() {
        let mut tape = Tape::new(None, false);
        tape.heard(end(), &Event::Wrote((0..=255).collect()));
        let printed = tape.take_lines().join("\n");
        for byte in 0..=255u8 {
            assert!(printed.contains(&format!("{byte:02x} ")), "{byte:02x} is missing");
        }
    }

    #[test]
    fn an_end_may_speak_a_protocol_that_the_rest_of_the_lesson_does_not() {
        let mut tape = Tape::new(None, false);
        let other = End { side: Side::SERVER, ..end() };
        tape.speaks(end(), frames);
        tape.heard(end(), &Event::Wrote(vec![0, 1, b'a']));
        assert!(tape.take_lines().join("\n").contains("payload"));
        tape.heard(other, &Event::Wrote(vec![0, 1, b'a']));
        assert!(!tape.take_lines().join("\n").contains("payload"));
    }

    #[test]
    fn a_frame_that_spans_two_writes_is_named_once_it_is_whole() {
        let mut tape = Tape::new(Some(frames), false);
        tape.heard(end(), &Event::Wrote(vec![0, 3, b'a']));
        assert!(!tape.take_lines().join("\n").contains("payload"));
        tape.heard(end(), &Event::Wrote(vec![b'b', b'c', 0]));
        let printed = tape.take_lines().join("\n");
        assert!(printed.contains("length 3") && printed.contains("\"abc\""), "{printed}");
    }

    #[test]
    fn where_only_one_side_runs_what_it_reads_is_explained_too() {
        for (live, times) in [(true, 1), (false, 0)] {
            let mut tape = Tape::new(Some(frames), live);
            tape.heard(end(), &Event::Read(vec![0, 2, b'a']));
            tape.heard(end(), &Event::Wrote(vec![0, 9])); // the other way has a message of its own
            tape.heard(end(), &Event::Read(vec![b'b']));
            assert_eq!(tape.take_lines().join("\n").matches("payload").count(), times);
        }
    }

    #[test]
    fn a_message_without_end_is_not_kept_and_nothing_is_kept_of_those_who_left() {
        let mut tape = Tape::new(Some(|_, _| Vec::new()), true);
        tape.speaks(end(), |_, _| Vec::new());
        for _ in 0..100 {
            tape.heard(end(), &Event::Read(vec![b'x'; 10_000]));
            tape.take_lines();
        }
        assert!(tape.open.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= WAITING + 10_000);
        tape.heard(end(), &Event::Closed);
        assert!(tape.open.is_empty() && tape.speaking.is_empty());
    }
}
