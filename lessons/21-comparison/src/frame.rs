//! A frame, and the acknowledgement that proves it has arrived.

use std::time::{Duration, Instant};

use bytes::Bytes;
pub(crate) use lab::contract::{IO_TIMEOUT, MAX_PAYLOAD, checksum};

/// What is carried: a picture, with its number and what its checksum should be.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Rises by one from frame to frame.
    pub(crate) number: u64,
    /// XXH3-64 of the payload, as the sender announces it.
    pub(crate) checksum: u64,
    /// The picture. `Bytes` is shared when it is cloned: no transport pays for a copy that it does not need.
    pub(crate) payload: Bytes,
}

/// The server's word that a frame is there: its number, and the checksum of the payload *as it arrived*.
/// A server that has not read every byte cannot compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Acknowledgement {
    pub(crate) number: u64,
    pub(crate) checksum: u64,
}

impl Acknowledgement {
    /// Bytes of an acknowledgement on a wire of our own.
    pub(crate) const LENGTH: usize = 16;

    /// Number, then checksum, both in network byte order.
    pub(crate) fn to_bytes(self) -> [u8; Self::LENGTH] {
        (u128::from(self.number) << 64 | u128::from(self.checksum)).to_be_bytes()
    }

    /// The other way round.
    pub(crate) fn from_bytes(bytes: [u8; Self::LENGTH]) -> Acknowledgement {
        let both = u128::from_be_bytes(bytes);
        Acknowledgement { number: (both >> 64) as u64, checksum: both as u64 }
    }
}

/// What every server does with a frame once all of it has arrived.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Receiver {
    /// CPU time that each frame costs before it is acknowledged, as an inference would.
    pub(crate) work: Duration,
}

impl Receiver {
    // ANCHOR: acknowledge
    /// Takes a whole frame in: computes the checksum of what arrived, works,
    /// and acknowledges.
    pub(crate) fn acknowledge(self, number: u64, payload: &[u8]) -> Acknowledgement {
        let checksum = checksum(payload);
        if !self.work.is_zero() {
            // Busy, not asleep: a computation keeps the CPU, and an event loop
            // that runs it stands still.
            let start = Instant::now();
            while start.elapsed() < self.work {
                std::hint::spin_loop();
            }
        }
        Acknowledgement { number, checksum }
    }
    // ANCHOR_END: acknowledge
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acknowledgement_is_its_sixteen_bytes() {
        let ack = Acknowledgement { number: 7, checksum: 0x0102_0304_0506_0708 };
        assert_eq!(ack.to_bytes(), [0, 0, 0, 0, 0, 0, 0, 7, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(Acknowledgement::from_bytes(ack.to_bytes()), ack);
    }

    #[test]
    fn acknowledge_gives_another_checksum_for_one_other_bit() {
        let mut payload = vec![0; 50_000];
        let before = Receiver::default().acknowledge(1, &payload);
        payload[49_999] ^= 1;
        assert_ne!(Receiver::default().acknowledge(1, &payload), before);
    }
}
