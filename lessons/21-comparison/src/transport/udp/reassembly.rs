//! The receiving end of one driver: puts frames together, in whatever order and however often their fragments come, and
//! knows what to tell the driver about it.

use std::collections::BTreeMap;

use super::wire::{Fragment, RANGES};
use crate::frame::{Acknowledgement, MAX_PAYLOAD, Receiver};

/// Bytes of frames that are not whole yet. The driver sends frames one after the other, so that there are more than two
/// only after losses; a fragment of one that finds no space is as good as lost, and comes again.
const CAPACITY: usize = 2 * MAX_PAYLOAD;
/// Frames of which the acknowledgement is remembered, in case that it was lost. A driver has fewer on their way.
pub(super) const REMEMBERED: usize = 1024;

/// What one driver has sent.
#[derive(Default)]
pub(super) struct Reassembly {
    seen: Ranges,
    begun: BTreeMap<u32, Begun>,
    done: BTreeMap<u32, Acknowledgement>,
    /// Memory of a frame that is done, for the next one: fresh memory costs a page fault every 4 KiB.
    spare: Vec<u8>,
}

/// A frame of which something is missing.
struct Begun {
    number: u64,
    length: u32,
    bytes: Vec<u8>,
    arrived: Vec<bool>,
    missing: u32,
}

impl Reassembly {
    /// Takes a fragment in. Returns the acknowledgement of its frame if that is whole now, or was before.
    pub(super) fn take(
        &mut self,
        fragment: &Fragment,
        payload: &[u8],
        receiver: Receiver,
    ) -> Option<(u32, Acknowledgement)> {
        let frame = fragment.frame;
        if let Some(answer) = self.done.get(&frame) {
            // The driver has not heard of it: our reply was lost, or is still on its way.
            self.seen.insert(fragment.sequence);
            return Some((frame, *answer));
        }
        let answer = if fragment.count == 1 {
            receiver.acknowledge(fragment.number, payload) // whole as it is: nothing to put together
        } else {
            let bytes = self.put(fragment, payload)?;
            let answer = receiver.acknowledge(fragment.number, &bytes[..fragment.length as usize]);
            self.spare = bytes;
            answer
        };
        self.seen.insert(fragment.sequence);
        self.done.insert(frame, answer);
        if self.done.len() > REMEMBERED {
            self.done.pop_first();
        }
        Some((frame, answer))
    }

    /// Puts a fragment where it belongs. Returns the memory of the frame if it was the last that was missing.
    fn put(&mut self, fragment: &Fragment, payload: &[u8]) -> Option<Vec<u8>> {
        let begun = match self.begun.get_mut(&fragment.frame) {
            Some(begun) => begun,
            None => {
                let length = fragment.length as usize;
                if self.begun.values().map(|begun| begun.length as usize).sum::<usize>() + length > CAPACITY {
                    return None;
                }
                let mut bytes = std::mem::take(&mut self.spare);
                if bytes.len() < length {
                    // Fresh zeroes: the kernel gives a page when it is written. A driver that announces 16 MiB and sends
                    // 1 KB has cost 4 KiB.
                    bytes = vec![0; length];
                }
                let arrived = vec![false; fragment.count as usize];
                let (number, length, missing) = (fragment.number, fragment.length, fragment.count);
                self.begun.entry(fragment.frame).or_insert(Begun { number, length, bytes, arrived, missing })
            }
        };
        let same = (begun.number, begun.length, begun.arrived.len())
            == (fragment.number, fragment.length, fragment.count as usize);
        if !same {
            return None; // not of the frame that it says it is of
        }
        let arrived = &mut begun.arrived[fragment.index as usize];
        if !std::mem::replace(arrived, true) {
            begun.bytes[fragment.place()].copy_from_slice(payload);
            begun.missing -= 1;
        }
        if begun.missing > 0 {
            self.seen.insert(fragment.sequence);
            return None;
        }
        self.begun.remove(&fragment.frame).map(|begun| begun.bytes)
    }

    /// The sequence numbers that have arrived.
    pub(super) fn ranges(&self) -> &[(u64, u64)] {
        &self.seen.0
    }
}

/// Numbers, as rising ranges of first and last that do not touch. Only the newest are kept.
#[derive(Default)]
struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    fn insert(&mut self, number: u64) {
        let ranges = &mut self.0;
        let at = ranges.partition_point(|(_, last)| *last < number);
        if ranges.get(at).is_some_and(|(first, _)| *first <= number) {
            return;
        }
        let before = at > 0 && ranges[at - 1].1 + 1 == number;
        let after = ranges.get(at).is_some_and(|(first, _)| *first == number.saturating_add(1));
        match (before, after) {
            (true, true) => ranges[at - 1].1 = ranges.remove(at).1,
            (true, false) => ranges[at - 1].1 = number,
            (false, true) => ranges[at].0 = number,
            (false, false) => ranges.insert(at, (number, number)),
        }
        if ranges.len() > RANGES {
            ranges.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::checksum;
    use proptest::prelude::*;

    fn fragment(frame: u32, index: u32, count: u32, length: usize) -> Fragment {
        let (sequence, number) = (u64::from(index), u64::from(frame) + 100);
        Fragment { driver: 1, sequence, frame, number, checksum: 0, length: length as u32, index, count }
    }

    proptest! {
        #[test]
        fn take_accepts_fragments_of_two_frames_in_any_order_and_twice(
            order in Just([0, 1].map(|frame| [0, 1, 2, 0, 2].map(|index| (frame, index))).concat()).prop_shuffle()
        ) {
            let payload = [vec![1; 10], vec![2; 11]];
            let mut reassembly = Reassembly::default();
            let mut acknowledged = [None; 2];
            for (frame, index) in order {
                let (bytes, fragment) = (&payload[frame], fragment(frame as u32, index, 3, payload[frame].len()));
                if let Some((done, answer)) = reassembly.take(&fragment, &bytes[fragment.place()], Receiver::default()) {
                    prop_assert_eq!(done, frame as u32);
                    prop_assert_eq!(answer, Acknowledgement { number: 100 + frame as u64, checksum: checksum(bytes) });
                    acknowledged[frame] = Some(answer);
                }
            }
            prop_assert!(acknowledged.iter().all(Option::is_some));
            prop_assert!(reassembly.begun.is_empty());
        }

        #[test]
        fn ranges_hold_what_was_inserted(numbers in prop::collection::vec(0..40_u64, 0..60)) {
            let mut ranges = Ranges::default();
            numbers.iter().for_each(|number| ranges.insert(*number));
            let held: Vec<u64> = ranges.0.iter().flat_map(|(first, last)| *first..=*last).collect();
            let mut expected = numbers;
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(held, expected);
            prop_assert!(ranges.0.windows(2).all(|two| two[0].1 + 1 < two[1].0));
        }
    }

    #[test]
    fn ranges_keep_the_newest_and_accept_the_largest_number() {
        let mut ranges = Ranges::default();
        (0..100).for_each(|number| ranges.insert(2 * number));
        ranges.insert(u64::MAX);
        ranges.insert(u64::MAX - 1);
        assert_eq!((ranges.0.len(), ranges.0[RANGES - 1]), (RANGES, (u64::MAX - 1, u64::MAX)));
    }

    #[test]
    fn take_refuses_frames_beyond_the_capacity() {
        let mut reassembly = Reassembly::default();
        for frame in 0..10 {
            let fragment = fragment(frame, 0, 1 << 20, MAX_PAYLOAD);
            assert_eq!(reassembly.take(&fragment, &[0; 16], Receiver::default()), None);
        }
        assert_eq!(reassembly.begun.len(), 2);
        // A frame that has begun goes on, one that contradicts it does not.
        let before = reassembly.begun[&1].missing;
        reassembly.take(&fragment(1, 1, 1 << 20, MAX_PAYLOAD), &[0; 16], Receiver::default());
        reassembly.take(&fragment(1, 2, 1 << 19, MAX_PAYLOAD), &[0; 32], Receiver::default());
        assert_eq!(reassembly.begun[&1].missing, before - 1);
    }
}
