//! Random choices that a seed replays.
//!
//! Written out here, and not taken from a library, because the numbers that follow from a seed
//! must stay the same for as long as a failure may be replayed or a class regraded.

/// SplitMix64 (Steele, Lea and Flood, 2014): tiny, and every seed is a good one.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// Makes the generator for one check: the same `seed` and `name` always give the same numbers, no
    /// matter which other checks run beside it.
    pub fn new(seed: u64, name: &str) -> Rng {
        Rng { state: seed ^ fnv1a(name.as_bytes()) }
    }

    /// Returns the next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number from `from` up to and including `to`.
    pub fn between(&mut self, from: usize, to: usize) -> usize {
        let width = (to - from) as u64 + 1;
        from + (self.next_u64() % width) as usize
    }

    /// Returns `count` bytes, each of 0..=255 possible. They repeat after [`Rng::PERIOD`], so that much
    /// data costs little time and a loss of any likely length still shows.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count.min(Rng::PERIOD) {
            bytes.extend_from_slice(&self.next_u64().to_le_bytes());
        }
        bytes.truncate(count.min(Rng::PERIOD));
        while bytes.len() < count {
            let missing = count - bytes.len();
            bytes.extend_from_within(..missing.min(bytes.len()));
        }
        bytes
    }

    /// A prime: no buffer's length is a multiple of it.
    pub const PERIOD: usize = 65_521;

    /// Returns `count` lower-case letters: bytes that a person can read in a failure.
    pub fn word(&mut self, count: usize) -> String {
        let mut letter = || char::from(b'a' + (self.next_u64() % 26) as u8);
        std::iter::repeat_with(&mut letter).take(count).collect()
    }

    /// Returns up to `count` places, in order and without repetition, at which to cut `length` bytes
    /// in pieces that are never empty.
    pub fn cuts(&mut self, length: usize, count: usize) -> Vec<usize> {
        if length < 2 {
            return Vec::new();
        }
        let mut cuts: Vec<usize> = (0..count).map(|_| self.between(1, length - 1)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }
}

/// FNV-1a, 64 bits: a hash whose value never changes between versions and systems.
pub(crate) fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Parses a seed as reports print it (`0x2a`), or in decimal.
pub fn parse_seed(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Returns a seed from the system's entropy.
pub(crate) fn fresh_seed() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    // Short enough to copy by hand, which is what a seed is for.
    RandomState::new().build_hasher().finish() & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rng_repeats_the_reference_sequence() {
        // From the reference implementation, with the state 1234567.
        let mut rng = Rng { state: 1_234_567 };
        assert_eq!(rng.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn parse_seed_reads_what_was_printed() {
        assert_eq!((parse_seed("0x2a"), parse_seed("42")), (Some(42), Some(42)));
        assert_eq!((parse_seed("2a"), parse_seed("0xyz"), parse_seed("")), (None, None, None));
    }

    #[test]
    fn rng_differs_between_checks() {
        assert_ne!(Rng::new(7, "one").next_u64(), Rng::new(7, "two").next_u64());
    }

    #[test]
    fn cuts_leave_no_piece_empty() {
        let mut rng = Rng::new(1, "cuts");
        for length in 0..40 {
            let cuts = rng.cuts(length, 8);
            assert!(cuts.iter().all(|cut| (1..length).contains(cut)), "{length}: {cuts:?}");
            assert!(cuts.is_sorted_by(|one, next| one < next), "{cuts:?}");
        }
    }

    #[test]
    fn bytes_repeat_with_the_period_and_not_before() {
        let bytes = Rng::new(1, "bytes").bytes(Rng::PERIOD * 3 + 1000);
        assert_eq!(bytes.len(), Rng::PERIOD * 3 + 1000);
        assert!(bytes.iter().zip(&bytes[Rng::PERIOD..]).all(|(one, other)| one == other));
        assert_ne!(bytes[..4096], bytes[4096..8192]);
        assert_eq!(bytes[..100], Rng::new(1, "bytes").bytes(100));
    }

    #[test]
    fn between_reaches_both_ends_and_nothing_outside() {
        let mut rng = Rng::new(1, "between");
        let seen: std::collections::BTreeSet<_> = (0..200).map(|_| rng.between(3, 6)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [3, 4, 5, 6]);
    }
}
