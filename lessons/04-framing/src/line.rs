//! A delimiter: a message is a line of text, and LF ends it.

use crate::receive::{FrameError, LIMIT};

// ANCHOR: end
/// Where the first line ends: after its LF.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, FrameError> {
    let lf = bytes.iter().position(|byte| *byte == b'\n');
    // Counted before its LF has come: a line without end would be kept forever.
    let length = text(&bytes[..lf.map_or(bytes.len(), |at| at + 1)]).len();
    if length > LIMIT {
        return Err(FrameError::TooLong { length });
    }
    Ok(lf.map(|at| at + 1))
}

/// The text of a line, without the CR LF or LF at its end.
pub(crate) fn text(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
// ANCHOR_END: end

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn end_is_after_the_lf_and_text_leaves_out_a_cr_before_it() {
        assert_eq!(end(b"mot\nhai").unwrap(), Some(4));
        assert_eq!(end(b"mot\r\nhai").unwrap(), Some(5));
        assert_eq!(text(b"mot\r\n"), b"mot");
        assert_eq!(text(b"mot\n"), b"mot");
        assert_eq!(text(b"a\rb\n"), b"a\rb");
    }

    #[test]
    fn end_waits_for_the_lf_after_a_cr() {
        assert_eq!(end(b"mot\r").unwrap(), None);
    }

    #[test]
    fn end_limits_the_text_only_and_takes_the_longest_line() {
        let longest = vec![b'x'; LIMIT];
        for ending in ["", "\r", "\n", "\r\n"] {
            assert!(end(&[&longest, ending.as_bytes()].concat()).is_ok(), "{ending:?}");
            let error = end(&[longest.as_slice(), b"x", ending.as_bytes()].concat());
            assert!(matches!(error, Err(FrameError::TooLong { length }) if length == LIMIT + 1), "{ending:?}");
        }
    }
}
