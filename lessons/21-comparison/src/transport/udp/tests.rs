//! Both ends of UDP on a path that loses, repeats and overtakes, in memory: time is a number, nothing sleeps.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bytes::Bytes;
use proptest::prelude::*;

use super::reassembly::Reassembly;
use super::sender::{Outgoing, Sender};
use super::wire::{Datagram, Reply};
use crate::frame::{Acknowledgement, Frame, Receiver, checksum};

/// What the path does to a datagram, by chance.
#[derive(Clone, Copy, Debug)]
struct Path {
    seed: u64,
    /// Of a thousand.
    lost: u64,
    twice: u64,
    /// Microseconds one way, and as much again at most.
    delay: u64,
    jitter: u64,
}

impl Path {
    fn chance(&mut self) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
    }

    /// When copies of a datagram arrive that leaves at that time.
    fn arrivals(&mut self, now: Duration) -> Vec<Duration> {
        let copies =
            if self.chance() % 1000 < self.lost { 0 } else { 1 + usize::from(self.chance() % 1000 < self.twice) };
        (0..copies).map(|_| now + Duration::from_micros(self.delay + self.chance() % (self.jitter + 1))).collect()
    }
}

enum Way {
    There(Vec<u8>),
    Back(Reply),
}

struct Outcome {
    acknowledged: Vec<Acknowledgement>,
    took: Duration,
    sent: usize,
    /// The most bytes that were ever on their way to the server.
    flying: usize,
}

/// Sends all frames over the path, `window` of them unacknowledged at most.
fn run(path: &mut Path, payloads: &[Bytes], window: usize, datagram: usize, capacity: u32) -> Outcome {
    let start = Instant::now();
    let (mut now, mut order) = (Duration::ZERO, 0_u64);
    let mut sender = Sender::new(7, datagram, capacity, Duration::from_micros(2 * path.delay), start);
    let mut reassembly = Reassembly::default();
    let mut events: BTreeMap<(Duration, u64), Way> = BTreeMap::new();
    let mut outcome = Outcome { acknowledged: Vec::new(), took: now, sent: 0, flying: 0 };
    let (mut pushed, mut out) = (0, Outgoing::default());
    while outcome.acknowledged.len() < payloads.len() {
        while pushed < payloads.len() && pushed - outcome.acknowledged.len() < window {
            let payload = payloads[pushed].clone();
            sender.push(Frame { number: pushed as u64, checksum: checksum(&payload), payload }, start + now);
            pushed += 1;
        }
        sender.tick(start + now);
        while sender.fill(&mut out, 64, start + now) {
            let all = [&out.bytes[..], &out.lone].concat();
            let each = if out.lone.is_empty() { out.each } else { all.len() };
            assert!(each <= datagram && all.len() <= super::wire::LONGEST);
            for one in all.chunks(each) {
                outcome.sent += 1;
                for at in path.arrivals(now) {
                    order += 1;
                    events.insert((at, order), Way::There(one.to_vec()));
                }
            }
        }
        let flying = events.values().map(|way| if let Way::There(bytes) = way { bytes.len() } else { 0 }).sum();
        outcome.flying = outcome.flying.max(flying);

        let deadline = sender.deadline().expect("something is on its way") - start;
        match events.first_entry() {
            Some(event) if event.key().0 <= deadline => {
                now = event.key().0;
                match event.remove() {
                    Way::Back(reply) => outcome.acknowledged.extend(sender.heard(&reply, start + now)),
                    Way::There(bytes) => {
                        let Some(Datagram::Fragment(fragment, payload)) = Datagram::parse(&bytes) else {
                            panic!("not ours")
                        };
                        let done = reassembly.take(&fragment, payload, Receiver::default());
                        let reply = Reply { driver: 7, capacity, done, ranges: reassembly.ranges().to_vec() };
                        for at in path.arrivals(now) {
                            order += 1;
                            events.insert((at, order), Way::Back(reply.clone()));
                        }
                    }
                }
            }
            _ => now = deadline,
        }
        assert!(now < Duration::from_secs(120), "it does not end");
    }
    outcome.took = now;
    outcome
}

fn payloads(lengths: &[usize]) -> Vec<Bytes> {
    lengths.iter().enumerate().map(|(at, length)| vec![at as u8 + 1; *length].into()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_frame_is_acknowledged_once_with_the_checksum_of_what_was_sent(
        seed: u64, lost in 0..300_u64, twice in 0..300_u64, jitter in 0..20_000_u64,
        lengths in prop::collection::vec(prop_oneof![Just(0), 1..5_000_usize, 5_000..60_000_usize], 1..12),
        window in 1..9_usize, datagram in prop_oneof![Just(1_400), Just(super::wire::LONGEST)]
    ) {
        let payloads = payloads(&lengths);
        let mut path = Path { seed, lost, twice, delay: 10_000, jitter };
        let mut acknowledged = run(&mut path, &payloads, window, datagram, 200_000).acknowledged;
        acknowledged.sort_by_key(|acknowledgement| acknowledgement.number);
        let expected: Vec<Acknowledgement> = payloads.iter().enumerate()
            .map(|(number, payload)| Acknowledgement { number: number as u64, checksum: checksum(payload) }).collect();
        prop_assert_eq!(acknowledged, expected);
    }
}

#[test]
fn sender_repeats_nothing_on_a_good_path_and_opens_the_window() {
    let mut path = Path { seed: 1, lost: 0, twice: 0, delay: 10_000, jitter: 0 };
    let outcome = run(&mut path, &payloads(&[1_351_000; 3]), 3, 1_400, 4_000_000);
    assert_eq!(outcome.sent, 3_000);
    // From 10 datagrams, doubling: 8 round trips carry 2,550, and the ninth what is left.
    assert_eq!(outcome.took, Duration::from_millis(9 * 20));
}

#[test]
fn sender_keeps_within_the_capacity_of_the_server() {
    let mut path = Path { seed: 1, lost: 0, twice: 0, delay: 10_000, jitter: 0 };
    let outcome = run(&mut path, &payloads(&[1_000_000]), 1, 1_400, 50_000);
    assert!((48_000..=50_000).contains(&outcome.flying), "{}", outcome.flying);
}

#[test]
fn sender_repeats_little_more_than_what_was_lost() {
    let mut path = Path { seed: 1, lost: 10, twice: 0, delay: 10_000, jitter: 0 };
    let outcome = run(&mut path, &payloads(&[1_351_000; 5]), 2, 1_400, 4_000_000);
    assert!((5_020..5_120).contains(&outcome.sent), "{}", outcome.sent);
}
