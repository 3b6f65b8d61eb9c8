//! `--tape`: every byte that crosses (of pictures and the like, the first), in hex, with what it means beside it.

use crate::event::{Correspondent, Event, Side, Source};
use crate::screen::{FACT_INDENT as INDENT, WIDTH, hex_line, wrap};
use crate::text;

/// Bytes in one row of the tape.
const ROW: usize = 12;
/// Bytes of one call, or of one span, that are shown in full. Of more, the tape shows the first rows and counts the rest.
const SHOWN: usize = 4 * 1024;
/// The rows that it shows then.
const FIRST_ROWS: usize = 16;
/// The most that waits to be dissected, in bytes: a stranger may announce a message without end. What goes on
/// from there is shown and not explained.
const WAITING: usize = 128 * 1024;

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
pub type Dissector = fn(from: Side, bytes: &[u8]) -> Vec<Span>;

/// Collects lines about events until they are taken.
pub(crate) struct Tape {
    dissector: Option<Dissector>,
    /// Ends that speak a protocol of their own.
    dissectors: Vec<(Source, Dissector)>,
    lines: Vec<String>,
    /// Only one side runs, so what its end reads is explained here or nowhere.
    live: bool,
    /// Bytes that no span has covered yet: those that an end wrote, and those that it read.
    open: Vec<((Source, Way), Vec<u8>)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Out,
    In,
}

impl Tape {
    pub(crate) fn new(dissector: Option<Dissector>, live: bool) -> Tape {
        Tape { dissector, dissectors: Vec::new(), lines: Vec::new(), live, open: Vec::new() }
    }

    /// `dissector` explains what `source` writes (and reads, where only one side runs), whatever the lesson speaks elsewhere.
    pub(crate) fn dissect_with(&mut self, source: Source, dissector: Dissector) {
        self.dissectors.push((source, dissector));
    }

    fn dissector(&self, source: Source) -> Option<Dissector> {
        self.dissectors.iter().find(|(of, _)| *of == source).map(|(_, dissector)| *dissector).or(self.dissector)
    }

    pub(crate) fn take_lines(&mut self) -> Vec<String> {
        std::mem::take(&mut self.lines)
    }

    pub(crate) fn report(&mut self, source: Source, event: &Event) {
        let Some(sentence) = sentence(source, event) else { return };
        self.lines.push(format!("{:INDENT$}│ {:<6}   {sentence}", "", source.side().label));
        match (event, self.dissector(source)) {
            (Event::Wrote { bytes, .. }, Some(dissector)) => {
                self.spans((source, Way::Out), source.side(), bytes, dissector);
            }
            (Event::Read(bytes), Some(dissector)) if self.live => {
                self.spans((source, Way::In), source.side().other(), bytes, dissector);
            }
            (Event::Sent { bytes, .. }, Some(dissector)) => self.datagram(source.side(), bytes, dissector),
            (
                Event::Wrote { bytes, .. }
                | Event::Read(bytes)
                | Event::Sent { bytes, .. }
                | Event::Received { bytes, .. },
                _,
            ) => self.rows(bytes),
            (Event::Closed, _) => {
                self.open.retain(|((of, _), _)| *of != source);
                self.dissectors.retain(|(of, _)| *of != source);
            }
            _ => {}
        }
    }

    fn rows(&mut self, bytes: &[u8]) {
        let shown = if bytes.len() > SHOWN { FIRST_ROWS * ROW } else { bytes.len() };
        for row in bytes[..shown].chunks(ROW) {
            self.lines.push(format!("{:INDENT$}│    {}", "", hex_line(row)));
        }
        if shown < bytes.len() {
            self.lines.push(format!("{:INDENT$}│    {}", "", text::bytes_more(bytes.len() - shown)));
        }
    }

    /// Shows a datagram by meaning. It is whole, or will never be: nothing waits for the next one.
    fn datagram(&mut self, from: Side, bytes: &[u8], dissector: Dissector) {
        let mut rest = bytes;
        for span in dissector(from, bytes) {
            let (covered, after) = rest.split_at(span.length.min(rest.len()));
            self.rows(covered);
            self.meaning(&span.meaning);
            rest = after;
        }
        self.rows(rest);
    }

    /// Shows by meaning what went one way. A span may have begun in an earlier write.
    fn spans(&mut self, way: (Source, Way), from: Side, bytes: &[u8], dissector: Dissector) {
        let mut open = match self.open.iter().position(|(of, _)| *of == way) {
            Some(at) => self.open.swap_remove(at).1,
            None => Vec::new(),
        };
        if open.len() > WAITING {
            self.rows(bytes);
            self.open.push((way, open)); // where the next message begins cannot be known any more
            return;
        }
        let mut shown = open.len();
        open.extend_from_slice(bytes);
        for span in dissector(from, &open) {
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

/// What happened, in words. Unix sockets send no packets, so no FIN and no RST.
fn sentence(source: Source, event: &Event) -> Option<String> {
    let unix = matches!(source, Source::Unix { .. });
    Some(match event {
        Event::Wrote { bytes, .. } => text::tape_wrote(bytes.len()),
        Event::Read(bytes) => text::tape_read(bytes.len()),
        Event::End => text::tape_end(),
        Event::Shutdown(std::net::Shutdown::Read) => return None,
        Event::Shutdown(_) if unix => text::tape_half_close_unix(),
        Event::Shutdown(_) => text::tape_half_close(),
        Event::Closed => text::tape_close(),
        Event::Sent { to, bytes } => text::tape_sent(bytes.len(), name(to)),
        Event::Received { from, bytes } => text::tape_received(bytes.len(), name(from)),
        Event::Failed { error, peer } => match (error.kind(), peer) {
            (std::io::ErrorKind::ConnectionReset, _) if unix => text::tape_reset_unix(),
            (std::io::ErrorKind::ConnectionReset, None) => text::tape_reset(),
            (std::io::ErrorKind::ConnectionRefused, Some(peer)) => text::tape_refused(peer),
            _ => return None,
        },
    })
}

fn name(correspondent: &Correspondent) -> String {
    match correspondent {
        Correspondent::Udp(address) => address.to_string(),
        Correspondent::Unix(name) => name.clone().unwrap_or_else(text::no_name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Endpoint;

    fn end() -> Source {
        let [local, peer] = ["127.0.0.1:1", "127.0.0.1:2"].map(|address| address.parse().unwrap());
        Source::Tcp(Endpoint { side: Side::CLIENT, local, peer: Some(peer) })
    }

    fn wrote(bytes: &[u8]) -> Event<'_> {
        Event::Wrote { bytes, offered: bytes.len() }
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
    fn tape_shows_the_beginning_of_a_long_write_and_counts_the_rest() {
        let mut tape = Tape::new(None, false);
        tape.report(end(), &wrote(&[7; SHOWN]));
        assert_eq!(tape.take_lines().len(), 1 + SHOWN.div_ceil(ROW));
        tape.report(end(), &wrote(&[7; SHOWN + 1]));
        let shown = tape.take_lines();
        assert_eq!(shown.len(), 1 + FIRST_ROWS + 1);
        assert!(shown.last().unwrap().contains(&text::bytes_more(SHOWN + 1 - FIRST_ROWS * ROW)));
    }

    fn lines(tape: &mut Tape) -> String {
        tape.take_lines().join("\n")
    }

    #[test]
    fn report_shows_every_byte_of_a_long_write() {
        let mut tape = Tape::new(None, false);
        tape.report(end(), &wrote(&(0..=255).collect::<Vec<u8>>()));
        let printed = lines(&mut tape);
        for byte in 0..=255u8 {
            assert!(printed.contains(&format!("{byte:02x} ")), "{byte:02x} is missing");
        }
    }

    #[test]
    fn dissect_with_concerns_one_end_only() {
        let mut tape = Tape::new(None, false);
        let other = Source::Udp { side: Side::SERVER, local: "127.0.0.1:3".parse().unwrap() };
        tape.dissect_with(end(), frames);
        tape.report(end(), &wrote(&[0, 1, b'a']));
        assert!(lines(&mut tape).contains("payload"));
        tape.report(other, &wrote(&[0, 1, b'a']));
        assert!(!lines(&mut tape).contains("payload"));
    }

    #[test]
    fn a_frame_that_spans_two_writes_is_named_once_it_is_whole() {
        let mut tape = Tape::new(Some(frames), false);
        tape.report(end(), &wrote(&[0, 3, b'a']));
        assert!(!lines(&mut tape).contains("payload"));
        tape.report(end(), &wrote(&[b'b', b'c', 0]));
        let printed = lines(&mut tape);
        assert!(printed.contains("length 3") && printed.contains("\"abc\""), "{printed}");
    }

    #[test]
    fn a_live_tape_dissects_what_is_read_too() {
        for (live, times) in [(true, 1), (false, 0)] {
            let mut tape = Tape::new(Some(frames), live);
            tape.report(end(), &Event::Read(&[0, 2, b'a']));
            tape.report(end(), &wrote(&[0, 9])); // the other way has a message of its own
            tape.report(end(), &Event::Read(b"b"));
            assert_eq!(lines(&mut tape).matches("payload").count(), times);
        }
    }

    #[test]
    fn a_message_without_end_is_not_kept_and_a_closed_end_leaves_nothing() {
        let mut tape = Tape::new(Some(|_, _| Vec::new()), true);
        tape.dissect_with(end(), |_, _| Vec::new());
        for _ in 0..100 {
            tape.report(end(), &Event::Read(&[b'x'; 10_000]));
            tape.take_lines();
        }
        assert!(tape.open.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() <= WAITING + 10_000);
        tape.report(end(), &Event::Closed);
        assert!(tape.open.is_empty() && tape.dissectors.is_empty());
    }

    #[test]
    fn a_datagram_shows_what_no_span_covers_and_keeps_nothing_of_it() {
        let number = |_: Side, bytes: &[u8]| vec![Span { length: 2.min(bytes.len()), meaning: "number".into() }];
        let mut tape = Tape::new(Some(number), false);
        let [local, to] = ["127.0.0.1:1", "127.0.0.1:2"].map(|address| address.parse().unwrap());
        for _ in 0..2 {
            let sent = Event::Sent { to: Correspondent::Udp(to), bytes: &[0, 1, b'a'] };
            tape.report(Source::Udp { side: Side::CLIENT, local }, &sent);
            let printed = lines(&mut tape);
            assert!(printed.contains("00 01") && printed.contains("number") && printed.contains("61"), "{printed}");
        }
    }

    #[test]
    fn a_half_close_of_a_unix_socket_is_no_fin() {
        let mut tape = Tape::new(None, false);
        let source = Source::Unix { side: Side::CLIENT, number: 0 };
        tape.report(source, &wrote(b"xin"));
        tape.report(source, &Event::Shutdown(std::net::Shutdown::Write));
        let printed = lines(&mut tape);
        assert!(printed.contains("78 69 6e") && !printed.contains("FIN"), "{printed}");
    }
}
