//! Type, length, value: a length in front, and before it a number that says what the value is.

use crate::receive::{FrameError, LIMIT};

/// Bytes in front of a value: one of type, two of length.
pub(crate) const HEADER: usize = 3;

/// The value is the sender's name.
pub(crate) const NAME: u8 = 1;
/// The value is the text of a message.
pub(crate) const TEXT: u8 = 2;

/// Every message within the limit fits the u16 of a value, and the u32 of a frame.
const _: () = assert!(LIMIT <= u16::MAX as usize);

// ANCHOR: tlv
/// A value with its type and its length (u16, big-endian) in front.
pub(crate) fn tlv(kind: u8, value: &[u8]) -> Result<Vec<u8>, FrameError> {
    let length = value.len();
    if length > LIMIT {
        return Err(FrameError::TooLong { length });
    }
    let [high, low] = (length as u16).to_be_bytes();
    Ok([&[kind, high, low], value].concat())
}

/// Where the first value ends. The type plays no part in it: a value of an unknown type ends where its length
/// says, so it can be skipped.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, FrameError> {
    let Some([_kind, high, low]) = bytes.first_chunk() else { return Ok(None) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length > LIMIT {
        return Err(FrameError::TooLong { length });
    }
    let end = HEADER + length;
    Ok((bytes.len() >= end).then_some(end))
}
// ANCHOR_END: tlv

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tlv_is_type_then_length_then_value() {
        assert_eq!(tlv(NAME, b"Lan").unwrap(), b"\x01\0\x03Lan");
    }

    #[test]
    fn end_skips_an_unknown_type() {
        let bytes = [tlv(99, &[0xff; 300]).unwrap(), tlv(TEXT, b"a").unwrap()].concat();
        assert_eq!(end(&bytes).unwrap(), Some(HEADER + 300));
        assert_eq!(end(&bytes[..HEADER + 299]).unwrap(), None);
        assert_eq!(end(&bytes[..2]).unwrap(), None);
    }

    #[test]
    fn end_takes_the_longest_value_and_rejects_one_byte_more() {
        assert!(end(&tlv(TEXT, &[0; LIMIT]).unwrap()).is_ok());
        assert!(tlv(TEXT, &[0; LIMIT + 1]).is_err());
        assert!(matches!(end(b"\x02\xff\xff"), Err(FrameError::TooLong { length: 0xffff })));
    }
}
