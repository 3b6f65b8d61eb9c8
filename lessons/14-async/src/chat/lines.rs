//! Lines out of a stream, one at a time, none longer than a limit.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// The most that one line holds, its end not counted.
pub(crate) const LONGEST: usize = 1024;
/// The longest line with CR and LF. As many bytes without an LF are too long a line.
const ROOM: usize = LONGEST + 2;

/// Why there is no next line, although the stream has not ended.
#[derive(Debug)]
pub(crate) enum Broken {
    TooLong,
    Network(io::Error),
}

// ANCHOR: lines
/// The bytes of an unfinished line are kept here, not in the future that waits for the rest.
pub(crate) struct Lines<R> {
    reader: R,
    kept: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(crate) fn new(reader: R) -> Lines<R> {
        Lines { reader, kept: Vec::with_capacity(ROOM) }
    }

    /// The next line without its end; `None` at the end of the stream. A last line may lack its LF.
    ///
    /// Cancel safe: its only `.await` is `read_buf`, which has either put bytes into `kept` or taken none.
    pub(crate) async fn next(&mut self) -> Result<Option<String>, Broken> {
        loop {
            if let Some(end) = self.kept.iter().position(|byte| *byte == b'\n') {
                let line = text(&self.kept[..end]);
                self.kept.drain(..=end);
                return line.map(Some);
            }
            if self.kept.len() >= ROOM {
                return Err(Broken::TooLong);
            }
            if self.reader.read_buf(&mut self.kept).await.map_err(Broken::Network)? == 0 {
                let rest = std::mem::take(&mut self.kept);
                return if rest.is_empty() { Ok(None) } else { text(&rest).map(Some) };
            }
        }
    }
    // ANCHOR_END: lines

    /// The stream again. What was kept of an unfinished line is gone.
    pub(crate) fn into_reader(self) -> R {
        self.reader
    }
}

/// A line for the screen: without CR; what is not UTF-8 becomes U+FFFD, so that nobody passes it on.
fn text(line: &[u8]) -> Result<String, Broken> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LONGEST { Err(Broken::TooLong) } else { Ok(String::from_utf8_lossy(line).into_owned()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The lines of `bytes`, and `true` when the last thing that came was a line too long.
    fn lines_of(bytes: &[u8]) -> (Vec<String>, bool) {
        lines_from(bytes)
    }

    fn lines_from(reader: impl AsyncRead + Unpin) -> (Vec<String>, bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut lines = Lines::new(reader);
        let mut found = Vec::new();
        loop {
            let next = runtime.block_on(lines.next());
            assert!(lines.kept.capacity() <= ROOM, "room for {} bytes", lines.kept.capacity());
            match next {
                Ok(Some(line)) => found.push(line),
                Ok(None) => return (found, false),
                Err(Broken::TooLong) => return (found, true),
                Err(Broken::Network(error)) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn crlf_is_lf_and_the_last_line_may_lack_both() {
        assert_eq!(lines_of(b"mai\r\n\nxin chao"), (vec!["mai".into(), "".into(), "xin chao".into()], false));
    }

    #[test]
    fn the_longest_line_is_a_line_and_one_byte_more_is_not() {
        for end in ["\n", "\r\n", ""] {
            let longest = "x".repeat(LONGEST);
            assert_eq!(lines_of(format!("{longest}{end}").as_bytes()), (vec![longest.clone()], false));
            assert_eq!(lines_of(format!("{longest}x{end}").as_bytes()), (vec![], true));
        }
    }

    #[test]
    fn what_is_no_utf_8_is_not_passed_on() {
        assert_eq!(lines_of(b"a\xff\n").0, ["a\u{fffd}"]);
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..10),
            (prop_oneof![0usize..9, LONGEST - 2..LONGEST + 4], "\r?\n?").prop_map(|(length, end)| [
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
        fn any_bytes_are_the_same_lines_wherever_they_are_cut(pieces in prop::collection::vec(piece(), 0..12)) {
            let empty: Box<dyn AsyncRead + Unpin> = Box::new(tokio::io::empty());
            let cut = pieces.iter().fold(empty, |before, piece| Box::new(before.chain(piece.as_slice())));
            let (lines, broken) = lines_from(cut);
            prop_assert_eq!(&(lines.clone(), broken), &lines_of(&pieces.concat()));
            let ended = lines.iter().all(|line| !line.contains('\n'));
            prop_assert!(ended);
            // None is left out, unless one was too long.
            let whole = pieces.concat();
            let written = whole.split_inclusive(|byte| *byte == b'\n').count();
            prop_assert_eq!(broken, lines.len() < written);
        }

        #[test]
        fn what_was_written_is_read(lines in prop::collection::vec("[^\r\n]{0,30}", 0..12)) {
            let written: String = lines.iter().map(|line| format!("{line}\n")).collect();
            prop_assert_eq!(lines_of(written.as_bytes()), (lines, false));
        }
    }
}
