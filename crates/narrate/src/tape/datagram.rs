//! Datagrams on the tape: each is whole, or will never be.

use super::{INDENT, Tape};
use crate::tap::datagram::{DatagramEvent, Socket};
use crate::text;

impl Tape {
    pub(crate) fn datagram(&mut self, socket: Socket, event: &DatagramEvent) {
        let said = match event {
            DatagramEvent::Sent { to, bytes } => text::tape_sent(bytes.len(), to),
            DatagramEvent::Received { from, bytes } => text::tape_received(bytes.len(), from),
            DatagramEvent::Refused { to } => text::tape_refused(to),
        };
        self.lines.push(format!("{:INDENT$}│ {:<6}   {said}", "", socket.side.label));
        match (event, self.annotate) {
            (DatagramEvent::Sent { bytes, .. }, Some(annotate)) => {
                let mut rest = *bytes;
                for span in annotate(socket.side, bytes) {
                    let (covered, after) = rest.split_at(span.length.min(rest.len()));
                    self.rows(covered);
                    self.meaning(&span.meaning);
                    rest = after;
                }
                self.rows(rest);
            }
            (DatagramEvent::Sent { bytes, .. } | DatagramEvent::Received { bytes, .. }, _) => self.rows(bytes),
            (DatagramEvent::Refused { .. }, _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Side, Span};

    /// Two bytes of number, then the rest, if there is any.
    fn numbered(_: Side, bytes: &[u8]) -> Vec<Span> {
        vec![Span { length: 2.min(bytes.len()), meaning: "number".into() }]
    }

    #[test]
    fn what_no_span_covers_is_shown_and_does_not_wait_for_the_next_datagram() {
        let mut tape = Tape::new(Some(numbered), false);
        let socket = Socket { side: Side::CLIENT, local: "127.0.0.1:1".parse().unwrap() };
        let to = "127.0.0.1:2".parse().unwrap();
        for _ in 0..2 {
            tape.datagram(socket, &DatagramEvent::Sent { to, bytes: &[0, 1, b'a'] });
            let printed = tape.take_lines().join("\n");
            assert!(printed.contains("00 01") && printed.contains("number") && printed.contains("61"), "{printed}");
        }
    }
}
