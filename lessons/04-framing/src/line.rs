//! A delimiter: a message is a line of text, and LF ends it.

use crate::receive::{Broken, LIMIT};

// ANCHOR: end
/// Where the first line ends: behind its LF.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    let lf = bytes.iter().position(|byte| *byte == b'\n');
    // Counted before its LF has come: a line without end would be kept for ever.
    let length = text(&bytes[..lf.map_or(bytes.len(), |at| at + 1)]).len();
    if length > LIMIT {
        return Err(Broken::TooLong { length });
    }
    Ok(lf.map(|at| at + 1))
}

/// What a line says, without the CR LF or LF behind it.
pub(crate) fn text(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
// ANCHOR_END: end

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_behind_its_lf_and_a_cr_in_front_of_it_is_no_text() {
        assert_eq!(end(b"mot\nhai").unwrap(), Some(4));
        assert_eq!(end(b"mot\r\nhai").unwrap(), Some(5));
        assert_eq!(text(b"mot\r\n"), b"mot");
        assert_eq!(text(b"mot\n"), b"mot");
        assert_eq!(text(b"a\rb\n"), b"a\rb");
    }

    #[test]
    fn a_cr_at_the_end_of_a_read_waits_for_its_lf() {
        assert_eq!(end(b"mot\r").unwrap(), None);
    }

    #[test]
    fn the_limit_counts_text_only_and_the_longest_line_passes() {
        let longest = vec![b'x'; LIMIT];
        for ending in ["", "\r", "\n", "\r\n"] {
            assert!(end(&[&longest, ending.as_bytes()].concat()).is_ok(), "{ending:?}");
            let error = end(&[longest.as_slice(), b"x", ending.as_bytes()].concat());
            assert!(matches!(error, Err(Broken::TooLong { length }) if length == LIMIT + 1), "{ending:?}");
        }
    }
}
