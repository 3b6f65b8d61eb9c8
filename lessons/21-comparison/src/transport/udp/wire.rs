//! What the datagrams say. The driver sends fragments, the server replies. All numbers in network byte order.
//!
//! ```text
//! hello     0, driver 8
//! fragment  1, driver 8, sequence 8, frame 4, number 8, checksum 8, length 4, index 4, count 4, payload
//! reply     2, driver 8, capacity 4, has done 1 [frame 4, number 8, checksum 8], ranges: first 8, last 8, each
//! ```

use std::ops::Range;

use crate::frame::{Acknowledgement, MAX_PAYLOAD};

/// The longest payload of a UDP datagram over IPv4: 65,535 less 20 bytes of IP header and 8 of UDP.
pub(super) const LONGEST: usize = 65_507;
/// Bytes of a fragment before its payload.
pub(super) const HEADER: usize = 49;
/// Ranges in one reply, the newest ones. What was missed before that was sent again long ago.
pub(super) const RANGES: usize = 32;

const HELLO: u8 = 0;
const FRAGMENT: u8 = 1;
const REPLY: u8 = 2;

/// Part of a frame. The driver is a random number: a new driver on the port of an old one is not taken for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) driver: u64,
    /// Of the datagram: one that is sent again gets a new one, so that a reply says which of the two has arrived.
    pub(super) sequence: u64,
    /// Counts frames on this connection. Their numbers are the lab's affair, and may come again.
    pub(super) frame: u32,
    pub(super) number: u64,
    pub(super) checksum: u64,
    /// Of the whole payload.
    pub(super) length: u32,
    pub(super) index: u32,
    pub(super) count: u32,
}

impl Fragment {
    /// Where its bytes stand in the payload: all fragments of a frame are of one length, the last may be shorter.
    pub(super) fn place(&self) -> Range<usize> {
        let length = self.length as usize;
        let each = length.div_ceil(self.count as usize);
        (each * self.index as usize).min(length)..(each * (self.index as usize + 1)).min(length)
    }

    /// Appends what stands before the payload.
    pub(super) fn write_header(&self, out: &mut Vec<u8>) {
        out.push(FRAGMENT);
        out.extend_from_slice(&self.driver.to_be_bytes());
        out.extend_from_slice(&self.sequence.to_be_bytes());
        out.extend_from_slice(&self.frame.to_be_bytes());
        out.extend_from_slice(&self.number.to_be_bytes());
        out.extend_from_slice(&self.checksum.to_be_bytes());
        for part in [self.length, self.index, self.count] {
            out.extend_from_slice(&part.to_be_bytes());
        }
    }
}

/// What a server hears.
pub(super) enum Datagram<'a> {
    Hello { driver: u64 },
    Fragment(Fragment, &'a [u8]),
}

impl Datagram<'_> {
    /// `None` if the datagram is not of ours, or makes no sense.
    pub(super) fn parse(datagram: &[u8]) -> Option<Datagram<'_>> {
        let mut rest = datagram;
        match take::<1>(&mut rest)? {
            [HELLO] => Some(Datagram::Hello { driver: long(&mut rest)? }).filter(|_| rest.is_empty()),
            [FRAGMENT] => {
                let (driver, sequence, frame) = (long(&mut rest)?, long(&mut rest)?, short(&mut rest)?);
                let (number, checksum) = (long(&mut rest)?, long(&mut rest)?);
                let (length, index, count) = (short(&mut rest)?, short(&mut rest)?, short(&mut rest)?);
                if length as usize > MAX_PAYLOAD || index >= count || count > length.max(1) {
                    return None;
                }
                let fragment = Fragment { driver, sequence, frame, number, checksum, length, index, count };
                (fragment.place().len() == rest.len()).then_some(Datagram::Fragment(fragment, rest))
            }
            _ => None,
        }
    }
}

pub(super) fn hello(driver: u64) -> Vec<u8> {
    [&[HELLO][..], &driver.to_be_bytes()].concat()
}

/// What a server has got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) driver: u64,
    /// Bytes that the server's socket can hold until it reads them.
    pub(super) capacity: u32,
    /// A frame of which all fragments are there.
    pub(super) done: Option<(u32, Acknowledgement)>,
    /// Sequence numbers that have arrived, first and last of each range, rising.
    pub(super) ranges: Vec<(u64, u64)>,
}

impl Reply {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![REPLY];
        out.extend_from_slice(&self.driver.to_be_bytes());
        out.extend_from_slice(&self.capacity.to_be_bytes());
        out.push(self.done.is_some().into());
        if let Some((frame, acknowledgement)) = self.done {
            out.extend_from_slice(&frame.to_be_bytes());
            out.extend_from_slice(&acknowledgement.to_bytes());
        }
        for (first, last) in &self.ranges {
            out.extend_from_slice(&first.to_be_bytes());
            out.extend_from_slice(&last.to_be_bytes());
        }
        out
    }

    pub(super) fn parse(datagram: &[u8]) -> Option<Reply> {
        let mut rest = datagram;
        if take::<1>(&mut rest)? != [REPLY] {
            return None;
        }
        let (driver, capacity) = (long(&mut rest)?, short(&mut rest)?);
        let done = match take::<1>(&mut rest)? {
            [0] => None,
            _ => Some((short(&mut rest)?, Acknowledgement::from_bytes(take(&mut rest)?))),
        };
        let mut ranges = Vec::with_capacity(RANGES);
        while !rest.is_empty() && ranges.len() < RANGES {
            ranges.push((long(&mut rest)?, long(&mut rest)?));
        }
        Some(Reply { driver, capacity, done, ranges })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*first)
}

fn long(rest: &mut &[u8]) -> Option<u64> {
    take(rest).map(u64::from_be_bytes)
}

fn short(rest: &mut &[u8]) -> Option<u32> {
    take(rest).map(u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: Fragment =
        Fragment { driver: 1, sequence: 2, frame: 3, number: 4, checksum: 5, length: 10, index: 1, count: 3 };

    proptest! {
        #[test]
        fn fragments_cover_the_payload_once(length in 0..200_000_usize, most in 1..70_000_usize) {
            let count = length.div_ceil(most).max(1) as u32;
            let mut end = 0;
            for index in 0..count {
                let fragment = Fragment { length: length as u32, index, count, ..GOOD };
                prop_assert_eq!(fragment.place().start, end);
                prop_assert!(fragment.place().len() <= most);
                end = fragment.place().end;
            }
            prop_assert_eq!(end, length);
        }

        #[test]
        fn what_is_written_is_what_is_read(
            driver: u64, capacity: u32, done: Option<(u32, u64, u64)>,
            ranges in prop::collection::vec(any::<(u64, u64)>(), 0..=RANGES)
        ) {
            let done = done.map(|(frame, number, checksum)| (frame, Acknowledgement { number, checksum }));
            let reply = Reply { driver, capacity, done, ranges };
            prop_assert_eq!(Reply::parse(&reply.to_bytes()), Some(reply));
        }

        #[test]
        fn parse_survives_random_bytes(mut bytes: Vec<u8>, kind in 0..3_u8) {
            bytes.insert(0, kind);
            let _ = (Datagram::parse(&bytes).is_some(), Reply::parse(&bytes));
        }
    }

    #[test]
    fn parse_refuses_a_fragment_whose_figures_disagree() {
        let reads_back = |fragment: Fragment, length: usize| {
            let mut datagram = Vec::new();
            GOOD.write_header(&mut datagram);
            for (at, figure) in [(37, fragment.length), (41, fragment.index), (45, fragment.count)] {
                datagram[at..at + 4].copy_from_slice(&figure.to_be_bytes());
            }
            datagram.resize(length, 7);
            matches!(Datagram::parse(&datagram), Some(Datagram::Fragment(parsed, _)) if parsed == fragment)
        };
        assert!(reads_back(GOOD, HEADER + 4));
        assert!(!reads_back(GOOD, HEADER + 3));
        assert!(!reads_back(GOOD, HEADER + 5));
        assert!(!reads_back(GOOD, HEADER - 1));
        for wrong in [
            Fragment { index: 3, ..GOOD },
            Fragment { count: 0, ..GOOD },
            Fragment { count: 11, ..GOOD },
            Fragment { length: MAX_PAYLOAD as u32 + 1, ..GOOD },
            Fragment { length: u32::MAX, index: u32::MAX - 1, count: u32::MAX, ..GOOD },
        ] {
            assert!(!reads_back(wrong, HEADER + 4), "{wrong:?}");
        }
    }
}
