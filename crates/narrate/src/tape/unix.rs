//! Unix sockets on the tape: the same events, in words that name no packet.

use super::{INDENT, Tape};
use crate::tap::Event;
use crate::tap::unix::DatagramEvent;
use crate::{Side, text};

impl Tape {
    pub(crate) fn heard_unix(&mut self, side: Side, event: &Event) {
        let said = match event {
            Event::Wrote(bytes) => text::tape_wrote(bytes.len()),
            Event::Read(bytes) => text::tape_read(bytes.len()),
            Event::End => text::tape_end(),
            Event::Reset => text::unix::tape_reset(),
            Event::HalfClosed => text::unix::tape_half_close(),
            Event::Closed => text::tape_close(),
        };
        self.unix_line(side, &said);
        if let Event::Wrote(bytes) | Event::Read(bytes) = event {
            self.rows(bytes);
        }
    }

    pub(crate) fn datagram_unix(&mut self, side: Side, event: &DatagramEvent) {
        let (said, bytes) = match event {
            DatagramEvent::Sent { to, bytes } => (text::tape_sent(bytes.len(), to), bytes),
            DatagramEvent::Received { from, bytes } => (text::tape_received(bytes.len(), from), bytes),
        };
        self.unix_line(side, &said);
        self.rows(bytes);
    }

    fn unix_line(&mut self, side: Side, said: &str) {
        self.lines.push(format!("{:INDENT$}│ {:<6}   {said}", "", side.label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_close_between_unix_sockets_is_no_fin() {
        let mut tape = Tape::new(None, false);
        tape.heard_unix(Side::CLIENT, &Event::Wrote(b"xin".to_vec()));
        tape.heard_unix(Side::CLIENT, &Event::HalfClosed);
        let printed = tape.take_lines().join("\n");
        assert!(printed.contains("78 69 6e") && !printed.contains("FIN"), "{printed}");
    }
}
