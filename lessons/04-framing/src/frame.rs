//! A length in front: four bytes that say how many follow, then that many bytes.

use crate::receive::{FrameError, LIMIT};

/// Bytes of the length in front of a message.
pub(crate) const HEADER: usize = 4;

// ANCHOR: frame
/// A message with its length in front; one buffer, so that both leave in one write.
/// Big-endian: the most significant byte comes first, as in most protocols.
pub(crate) fn frame(message: &[u8]) -> Result<Vec<u8>, FrameError> {
    let length = message.len();
    if length > LIMIT {
        return Err(FrameError::TooLong { length }); // the peer would reject it too
    }
    Ok([&(length as u32).to_be_bytes(), message].concat())
}
// ANCHOR_END: frame

// ANCHOR: end
/// Where the first frame ends, which cannot be told until four bytes have come.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, FrameError> {
    let Some(header) = bytes.first_chunk::<HEADER>() else { return Ok(None) };
    let length = u32::from_be_bytes(*header) as usize;
    if length > LIMIT {
        return Err(FrameError::TooLong { length }); // before a byte of it has come
    }
    let end = HEADER + length;
    Ok((bytes.len() >= end).then_some(end))
}
// ANCHOR_END: end

/// What a whole frame carries.
pub(crate) fn message(frame: &[u8]) -> &[u8] {
    &frame[HEADER..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_counts_bytes_and_puts_the_most_significant_first() {
        assert_eq!(frame("một".as_bytes()).unwrap(), b"\0\0\0\x05m\xe1\xbb\x99t");
        assert_eq!(frame(&[7; 258]).unwrap()[..5], [0, 0, 1, 2, 7]);
    }

    #[test]
    fn end_takes_an_empty_message() {
        assert_eq!(end(&frame(b"").unwrap()).unwrap(), Some(HEADER));
    }

    #[test]
    fn end_waits_for_a_whole_header_and_a_whole_message() {
        assert_eq!(end(b"\0\0\0").unwrap(), None);
        assert_eq!(end(b"\0\0\0\x02x").unwrap(), None);
        assert_eq!(end(b"\0\0\0\x02xyz").unwrap(), Some(6));
    }

    #[test]
    fn end_takes_the_longest_frame_and_rejects_one_byte_more_by_its_header_alone() {
        assert_eq!(end(&frame(&[0; LIMIT]).unwrap()).unwrap(), Some(HEADER + LIMIT));
        let header = (LIMIT as u32 + 1).to_be_bytes();
        assert!(matches!(end(&header), Err(FrameError::TooLong { length }) if length == LIMIT + 1));
        assert!(matches!(frame(&[0; LIMIT + 1]), Err(FrameError::TooLong { .. })));
        assert!(matches!(end(b"\xff\xff\xff\xff"), Err(FrameError::TooLong { length: 0xffff_ffff })));
    }
}
