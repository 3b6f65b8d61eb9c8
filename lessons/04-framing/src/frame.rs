//! A length in front: four bytes that say how many follow, then that many bytes.

use crate::receive::{Broken, LIMIT};

/// Bytes of the length in front of a message.
pub(crate) const HEADER: usize = 4;

// ANCHOR: frame
/// A message with its length in front; one buffer, so that both leave in one write.
/// Big-endian: the most significant byte comes first, as in most protocols.
pub(crate) fn frame(message: &[u8]) -> Result<Vec<u8>, Broken> {
    let length = message.len();
    if length > LIMIT {
        return Err(Broken::TooLong { length }); // the peer would refuse it too
    }
    Ok([&(length as u32).to_be_bytes(), message].concat())
}
// ANCHOR_END: frame

// ANCHOR: end
/// Where the first frame ends. Until four bytes have come, nobody can tell.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    let Some(header) = bytes.first_chunk::<HEADER>() else { return Ok(None) };
    let length = u32::from_be_bytes(*header) as usize;
    if length > LIMIT {
        return Err(Broken::TooLong { length }); // before a byte of it has come
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
    fn the_length_counts_bytes_and_the_most_significant_comes_first() {
        assert_eq!(frame("một".as_bytes()).unwrap(), b"\0\0\0\x05m\xe1\xbb\x99t");
        assert_eq!(frame(&[7; 258]).unwrap()[..5], [0, 0, 1, 2, 7]);
    }

    #[test]
    fn an_empty_message_is_a_message() {
        assert_eq!(end(&frame(b"").unwrap()).unwrap(), Some(HEADER));
    }

    #[test]
    fn half_a_header_and_half_a_message_wait() {
        assert_eq!(end(b"\0\0\0").unwrap(), None);
        assert_eq!(end(b"\0\0\0\x02x").unwrap(), None);
        assert_eq!(end(b"\0\0\0\x02xyz").unwrap(), Some(6));
    }

    #[test]
    fn the_longest_frame_passes_and_one_byte_more_is_refused_by_its_header_alone() {
        assert_eq!(end(&frame(&[0; LIMIT]).unwrap()).unwrap(), Some(HEADER + LIMIT));
        let header = (LIMIT as u32 + 1).to_be_bytes();
        assert!(matches!(end(&header), Err(Broken::TooLong { length }) if length == LIMIT + 1));
        assert!(matches!(frame(&[0; LIMIT + 1]), Err(Broken::TooLong { .. })));
        assert!(matches!(end(b"\xff\xff\xff\xff"), Err(Broken::TooLong { length: 0xffff_ffff })));
    }
}
