//! The one loop that every protocol on a stream needs: read, keep, cut off what is whole.

use std::fmt;
use std::io::{self, ErrorKind, Read};

use crate::text;

/// The longest message that is accepted, in bytes. A protocol of your own needs such a number too: as
/// small as its longest legitimate message allows, since a peer can make us hold this much.
pub(crate) const LIMIT: usize = 1024;

// ANCHOR: framing
/// The whole of framing in one question: where does the first message end?
/// `None`: it cannot be told before more bytes have come.
pub(crate) type Framing = fn(bytes: &[u8]) -> Result<Option<usize>, FrameError>;
// ANCHOR_END: framing

// ANCHOR: receive
/// Reads `stream` to its end, at most `buffer_size` bytes at a time, and hands each whole message, with the
/// bytes that frame it, to `handle`.
pub(crate) fn receive(
    mut stream: impl Read,
    buffer_size: usize,
    framing: Framing,
    mut handle: impl FnMut(&[u8]) -> Result<(), FrameError>,
) -> Result<(), FrameError> {
    let mut buffer = vec![0; buffer_size];
    let mut kept = Vec::new(); // what has come and is not a whole message yet
    loop {
        let count = match stream.read(&mut buffer) {
            Ok(0) if kept.is_empty() => return Ok(()), // the end, and all was whole
            Ok(0) => return Err(FrameError::CutShort { kept: kept.len() }),
            Ok(count) => count,
            // A signal came and no bytes: nothing is lost, we ask again.
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error.into()),
        };
        kept.extend_from_slice(&buffer[..count]);
        // `while`, not `if`: one read may have brought several messages.
        while let Some(end) = framing(&kept)? {
            handle(&kept[..end])?;
            kept.drain(..end); // what follows is the beginning of the next
        }
    }
}
// ANCHOR_END: receive

/// Why there can be no further message on this stream. Close it: after a malformed message it cannot be told
/// where the next one begins.
#[derive(Debug)]
pub(crate) enum FrameError {
    /// A message says, or already shows, that it is longer than [`LIMIT`].
    TooLong { length: usize },
    /// The stream ended inside a message, after the `kept` first bytes of it.
    CutShort { kept: usize },
    /// No byte came, or none was taken, for as long as the stream's timeout allows.
    TimedOut,
    /// The connection failed.
    Io(io::Error),
}

impl From<io::Error> for FrameError {
    fn from(error: io::Error) -> FrameError {
        match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut => FrameError::TimedOut,
            _ => FrameError::Io(error),
        }
    }
}

impl From<FrameError> for narrate::Error {
    fn from(error: FrameError) -> narrate::Error {
        match error {
            FrameError::Io(error) => error.into(),
            error => narrate::Error::new(error.to_string()),
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FrameError::TooLong { length } => f.write_str(&text::too_long(length, LIMIT)),
            FrameError::CutShort { kept } => f.write_str(&text::cut_short(kept)),
            FrameError::TimedOut => f.write_str(&text::timed_out()),
            FrameError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FrameError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{frame, line};

    /// As [`receive`], and returns the messages.
    fn receive_all(stream: impl Read, buffer_size: usize, framing: Framing) -> Result<Vec<Vec<u8>>, FrameError> {
        let mut messages = Vec::new();
        receive(stream, buffer_size, framing, |whole| {
            messages.push(whole.to_vec());
            Ok(())
        })?;
        Ok(messages)
    }

    #[test]
    fn receive_finds_the_same_messages_wherever_the_reads_are_cut() {
        let frames = ["một", "", "hai\nba"].map(|text| frame::frame(text.as_bytes()).unwrap());
        let bytes = frames.concat();
        for buffer_size in 1..=bytes.len() {
            let messages = receive_all(&bytes[..], buffer_size, frame::end).unwrap();
            assert_eq!(messages, frames, "in reads of {buffer_size}");
        }
    }

    #[test]
    fn receive_hands_over_whole_messages_before_an_end_inside_a_message_fails() {
        let mut messages = Vec::new();
        let end = receive(&b"mot\nhai"[..], 2, line::end, |whole| {
            messages.push(whole.to_vec());
            Ok(())
        });
        assert_eq!(messages, [b"mot\n"]);
        assert!(matches!(end, Err(FrameError::CutShort { kept: 3 })), "{end:?}");
    }

    #[test]
    fn receive_never_keeps_more_than_the_limit() {
        let mut stream = io::repeat(b'x').take(10 * LIMIT as u64);
        let end = receive(&mut stream, 100, line::end, |_| Ok(()));
        assert!(matches!(end, Err(FrameError::TooLong { .. })), "{end:?}");
        let read = 10 * LIMIT - stream.limit() as usize;
        assert!(read <= LIMIT + 100 + 1, "read {read} bytes of one line");
    }

    #[test]
    fn receive_reads_again_after_a_signal_and_fails_on_a_timeout() {
        struct Fails(Vec<ErrorKind>);
        impl Read for Fails {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                self.0.pop().map_or(Ok(0), |kind| Err(kind.into()))
            }
        }
        let end = |kinds| receive_all(Fails(kinds), 1, line::end);
        assert!(end(vec![ErrorKind::Interrupted]).is_ok());
        assert!(matches!(end(vec![ErrorKind::WouldBlock]), Err(FrameError::TimedOut)));
        assert!(matches!(end(vec![ErrorKind::ConnectionReset]), Err(FrameError::Io(_))));
    }
}
