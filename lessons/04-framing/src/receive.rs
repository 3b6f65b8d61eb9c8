//! The one loop that every protocol on a stream needs: read, keep, cut off what is whole.

use std::fmt;
use std::io::{self, ErrorKind, Read};

use crate::text;

/// The longest message that we take, in bytes. A protocol of your own needs such a number too: as
/// small as its longest honest message allows, since a peer can make us hold this much.
pub(crate) const LIMIT: usize = 1024;

// ANCHOR: rule
/// The whole of framing in one question: where does the first message end?
/// `None`: more bytes must come before anybody can tell.
pub(crate) type Rule = fn(bytes: &[u8]) -> Result<Option<usize>, Broken>;
// ANCHOR_END: rule

/// What [`receive`] tells of while it works.
pub(crate) enum Heard<'a> {
    /// What one read gave.
    Read(&'a [u8]),
    /// A whole message, with the bytes that frame it.
    Message(&'a [u8]),
}

// ANCHOR: receive
/// Reads `stream` to its end, at most `room` bytes a time, and cuts it by `rule`.
pub(crate) fn receive(
    mut stream: impl Read,
    room: usize,
    rule: Rule,
    mut heard: impl FnMut(Heard) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let mut buffer = vec![0; room];
    let mut kept = Vec::new(); // what has come and is not a whole message yet
    loop {
        let count = match stream.read(&mut buffer) {
            Ok(0) if kept.is_empty() => return Ok(()), // the end, and all was whole
            Ok(0) => return Err(Broken::CutShort { kept: kept.len() }),
            Ok(count) => count,
            // A signal came and no bytes: nothing is lost, we ask again.
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        heard(Heard::Read(&buffer[..count]))?;
        kept.extend_from_slice(&buffer[..count]);
        // `while`, not `if`: one read may have brought several messages.
        while let Some(end) = rule(&kept)? {
            heard(Heard::Message(&kept[..end]))?;
            kept.drain(..end); // what stands behind it is the beginning of the next
        }
    }
}
// ANCHOR_END: receive

/// Why there can be no further message on this stream. Close it: after a broken message nobody
/// knows where the next one begins.
#[derive(Debug)]
pub(crate) enum Broken {
    /// A message says, or already shows, that it is longer than [`LIMIT`].
    TooLong { length: usize },
    /// The stream ended inside a message, after the `kept` first bytes of it.
    CutShort { kept: usize },
    /// Nothing came, or nothing was taken, for as long as the stream's timeout allows.
    Silent,
    /// The connection failed.
    Network(narrate::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => Broken::Silent,
            _ => Broken::Network(error.into()),
        }
    }
}

impl From<Broken> for narrate::Error {
    fn from(broken: Broken) -> narrate::Error {
        narrate::Error::new(broken.to_string())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::TooLong { length } => f.write_str(&text::too_long(length, LIMIT)),
            Broken::CutShort { kept } => f.write_str(&text::cut_short(kept)),
            Broken::Silent => f.write_str(&text::silent()),
            Broken::Network(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Broken {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{frame, line};

    /// What `receive` makes of `bytes` when every read brings at most `room` of them.
    fn received(bytes: &[u8], room: usize, rule: Rule) -> (Vec<Vec<u8>>, Result<(), Broken>) {
        let mut messages = Vec::new();
        let end = receive(bytes, room, rule, |heard| {
            if let Heard::Message(whole) = heard {
                messages.push(whole.to_vec());
            }
            Ok(())
        });
        (messages, end)
    }

    #[test]
    fn wherever_the_reads_are_cut_the_messages_are_the_same() {
        let frames = ["một", "", "hai\nba"].map(|text| frame::frame(text.as_bytes()).unwrap());
        let bytes = frames.concat();
        for room in 1..=bytes.len() {
            let (messages, end) = received(&bytes, room, frame::end);
            assert_eq!(messages, frames, "in reads of {room}");
            assert!(end.is_ok());
        }
    }

    #[test]
    fn an_end_inside_a_message_is_an_error_and_what_came_before_it_stands() {
        let (messages, end) = received(b"mot\nhai", 2, line::end);
        assert_eq!(messages, [b"mot\n"]);
        assert!(matches!(end, Err(Broken::CutShort { kept: 3 })), "{end:?}");
    }

    #[test]
    fn what_is_kept_never_grows_past_the_limit() {
        let mut read = 0;
        let end = receive(io::repeat(b'x'), 100, line::end, |heard| {
            if let Heard::Read(bytes) = heard {
                read += bytes.len();
            }
            Ok(())
        });
        assert!(matches!(end, Err(Broken::TooLong { .. })), "{end:?}");
        assert!(read <= LIMIT + 100 + 1, "read {read} bytes of one line");
    }

    #[test]
    fn a_read_that_a_signal_interrupts_is_tried_again_and_silence_is_an_error() {
        struct Fails(Vec<ErrorKind>);
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                self.0.pop().map_or(Ok(0), |kind| Err(kind.into()))
            }
        }
        let end = |kinds| receive(Fails(kinds), 1, line::end, |_| Ok(()));
        assert!(end(vec![ErrorKind::Interrupted]).is_ok());
        assert!(matches!(end(vec![ErrorKind::WouldBlock]), Err(Broken::Silent)));
        assert!(matches!(end(vec![ErrorKind::ConnectionReset]), Err(Broken::Network(_))));
    }
}
