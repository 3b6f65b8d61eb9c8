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
    use super::*;

    /// The lines of `bytes`, and `true` when the last thing that came was a line too long.
    fn lines_of(bytes: &[u8]) -> (Vec<String>, bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut lines = Lines::new(bytes);
        let mut found = Vec::new();
        loop {
            match runtime.block_on(lines.next()) {
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
}
