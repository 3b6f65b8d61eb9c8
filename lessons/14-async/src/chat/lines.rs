//! Lines out of a stream, one at a time, none longer than a limit.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// The most bytes that one line holds, its end not counted.
pub const MAX_LINE: usize = 1024;
/// The longest line with CR and LF. As many bytes without an LF are too long a line.
const BUFFER_SIZE: usize = MAX_LINE + 2;

/// Why there is no next line, although the stream has not ended.
#[derive(Debug)]
pub enum FrameError {
    TooLong,
    Io(io::Error),
}

// ANCHOR: lines
/// Keeps the bytes of an unfinished line here, not in the future that waits for the rest.
pub struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub fn new(reader: R) -> Lines<R> {
        Lines { reader, buffer: Vec::with_capacity(BUFFER_SIZE) }
    }

    /// Returns the next line without its end; `None` at the end of the stream. A last line may lack its LF.
    ///
    /// Cancel safe: its only `.await` is `read_buf`, which has either put bytes into `buffer` or taken none.
    pub async fn next(&mut self) -> Result<Option<String>, FrameError> {
        loop {
            if let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') {
                let line = text(&self.buffer[..end]);
                self.buffer.drain(..=end);
                return line.map(Some);
            }
            if self.buffer.len() >= BUFFER_SIZE {
                return Err(FrameError::TooLong);
            }
            if self.reader.read_buf(&mut self.buffer).await.map_err(FrameError::Io)? == 0 {
                let rest = std::mem::take(&mut self.buffer);
                return if rest.is_empty() { Ok(None) } else { text(&rest).map(Some) };
            }
        }
    }
    // ANCHOR_END: lines

    /// Returns the stream. The buffered bytes of an unfinished line are lost.
    pub fn into_reader(self) -> R {
        self.reader
    }
}

/// Removes CR and replaces what is not UTF-8 by U+FFFD, so that the line is safe to pass on and to show.
fn text(line: &[u8]) -> Result<String, FrameError> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > MAX_LINE { Err(FrameError::TooLong) } else { Ok(String::from_utf8_lossy(line).into_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the lines of `bytes`, and whether a line that is too long ended them.
    fn lines_of(bytes: &[u8]) -> (Vec<String>, bool) {
        lines_from(bytes)
    }

    fn lines_from(reader: impl AsyncRead + Unpin) -> (Vec<String>, bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut lines = Lines::new(reader);
        let mut found = Vec::new();
        loop {
            let next = runtime.block_on(lines.next());
            assert!(lines.buffer.capacity() <= BUFFER_SIZE, "capacity {}", lines.buffer.capacity());
            match next {
                Ok(Some(line)) => found.push(line),
                Ok(None) => return (found, false),
                Err(FrameError::TooLong) => return (found, true),
                Err(FrameError::Io(error)) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn next_takes_crlf_for_lf_and_a_last_line_without_either() {
        assert_eq!(lines_of(b"mai\r\n\nxin chao"), (vec!["mai".into(), "".into(), "xin chao".into()], false));
    }

    #[test]
    fn next_returns_the_longest_line_and_fails_at_one_byte_more() {
        for end in ["\n", "\r\n", ""] {
            let longest = "x".repeat(MAX_LINE);
            assert_eq!(lines_of(format!("{longest}{end}").as_bytes()), (vec![longest.clone()], false));
            assert_eq!(lines_of(format!("{longest}x{end}").as_bytes()), (vec![], true));
        }
    }

    #[test]
    fn next_replaces_bytes_that_are_not_utf_8() {
        assert_eq!(lines_of(b"a\xff\n").0, ["a\u{fffd}"]);
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..10),
            (prop_oneof![0usize..9, MAX_LINE - 2..MAX_LINE + 4], "\r?\n?").prop_map(|(length, end)| [
                "x".repeat(length),
                end
            ]
            .concat()
            .into_bytes()),
        ]
    }

    proptest! {
        /// No read gives more than is left of one piece.
        #[test]
        fn next_returns_the_same_lines_wherever_the_bytes_are_cut(pieces in prop::collection::vec(piece(), 0..12)) {
            let empty: Box<dyn AsyncRead + Unpin> = Box::new(tokio::io::empty());
            let cut = pieces.iter().fold(empty, |before, piece| Box::new(before.chain(piece.as_slice())));
            let (lines, too_long) = lines_from(cut);
            prop_assert_eq!(&(lines.clone(), too_long), &lines_of(&pieces.concat()));
            let ended = lines.iter().all(|line| !line.contains('\n'));
            prop_assert!(ended);
            // None is left out, unless one was too long.
            let whole = pieces.concat();
            let written = whole.split_inclusive(|byte| *byte == b'\n').count();
            prop_assert_eq!(too_long, lines.len() < written);
        }

        #[test]
        fn next_returns_the_lines_that_were_written(lines in prop::collection::vec("[^\r\n]{0,30}", 0..12)) {
            let written: String = lines.iter().map(|line| format!("{line}\n")).collect();
            prop_assert_eq!(lines_of(written.as_bytes()), (lines, false));
        }
    }
}
