//! Text a line at a time: what both processes of this lesson say to each other.

use std::io::{self, BufRead, Read};

/// The longest line that we take, in bytes. A stranger decides how much comes; we, how much we keep.
const MAX_LINE: u64 = 200;

/// The next line with its end. Less than that when the stream ends first, or the line is too long;
/// nothing at all when the other side will say nothing more.
///
/// A read alone gives bytes, as many as have come, and no lines: that is the subject of lesson 04.
pub(crate) fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    from.take(MAX_LINE).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

/// What a stranger said, fit for our screen: control characters could move the cursor or worse.
pub(crate) fn quoted(line: &str) -> String {
    format!("“{}”", line.trim_end_matches(['\r', '\n']).escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one_then_nothing() {
        let mut from: &[u8] = b"one\ntwo";
        assert_eq!(read_line(&mut from).unwrap(), "one\n");
        assert_eq!(read_line(&mut from).unwrap(), "two");
        assert_eq!(read_line(&mut from).unwrap(), "");
    }

    #[test]
    fn a_line_without_end_is_cut_and_not_gathered_for_ever() {
        let mut from = io::repeat(b'x');
        assert_eq!(read_line(&mut io::BufReader::new(&mut from)).unwrap().len() as u64, MAX_LINE);
    }

    #[test]
    fn letters_with_marks_are_shown_and_control_characters_are_not() {
        assert_eq!(quoted("chào\x1b[2J\r\n"), "“chào\\u{1b}[2J”");
    }
}
