//! Type, length, value: a length in front, and before it a number that says what the value is.

use crate::receive::{Broken, LIMIT};

/// Bytes in front of a value: one of type, two of length.
pub(crate) const HEADER: usize = 3;

/// The value is the speaker's name.
pub(crate) const NAME: u8 = 1;
/// The value is what the speaker says.
pub(crate) const TEXT: u8 = 2;

/// What we may send fits the length of a value, and the longer one of a frame.
const _: () = assert!(LIMIT <= u16::MAX as usize);

// ANCHOR: tlv
/// A value with its type and its length (u16, big-endian) in front.
pub(crate) fn tlv(kind: u8, value: &[u8]) -> Result<Vec<u8>, Broken> {
    let length = value.len();
    if length > LIMIT {
        return Err(Broken::TooLong { length });
    }
    let [high, low] = (length as u16).to_be_bytes();
    Ok([&[kind, high, low], value].concat())
}

/// Where the first value ends. The type plays no part in it: a value of a kind that
/// we have never heard of ends where its length says, so we can step over it.
pub(crate) fn end(bytes: &[u8]) -> Result<Option<usize>, Broken> {
    let Some([_kind, high, low]) = bytes.first_chunk() else { return Ok(None) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length > LIMIT {
        return Err(Broken::TooLong { length });
    }
    let end = HEADER + length;
    Ok((bytes.len() >= end).then_some(end))
}
// ANCHOR_END: tlv

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_then_length_then_value() {
        assert_eq!(tlv(NAME, b"Lan").unwrap(), b"\x01\0\x03Lan");
    }

    #[test]
    fn the_end_of_an_unknown_type_is_found_all_the_same() {
        let bytes = [tlv(99, &[0xff; 300]).unwrap(), tlv(TEXT, b"a").unwrap()].concat();
        assert_eq!(end(&bytes).unwrap(), Some(HEADER + 300));
        assert_eq!(end(&bytes[..HEADER + 299]).unwrap(), None);
        assert_eq!(end(&bytes[..2]).unwrap(), None);
    }

    #[test]
    fn the_longest_value_passes_and_one_byte_more_does_not() {
        assert!(end(&tlv(TEXT, &[0; LIMIT]).unwrap()).is_ok());
        assert!(tlv(TEXT, &[0; LIMIT + 1]).is_err());
        assert!(matches!(end(b"\x02\xff\xff"), Err(Broken::TooLong { length: 0xffff })));
    }
}
