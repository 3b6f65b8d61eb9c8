//! What holds for the core whatever the conditions, the seed and the packets.

use std::time::Duration;

use link::{Conditions, Counts, Deliveries, Dropped, Link, Outcome};
use proptest::prelude::*;

const SECOND: u128 = 1_000_000_000;

/// A packet: how long after the one before, and how many bytes.
type Packet = (Duration, usize);

fn packets() -> impl Strategy<Value = Vec<Packet>> {
    let gap = prop_oneof![Just(0), 0..3_000_000_u64].prop_map(Duration::from_nanos);
    proptest::collection::vec((gap, 1..1501_usize), 1..150)
}

fn conditions() -> impl Strategy<Value = Conditions> {
    let share = || prop_oneof![Just(0.0), Just(1.0), 0.0..1.0];
    let rate = prop_oneof![Just(None), Just(Some(0)), (1..20_000_000_u64).prop_map(Some)];
    let delay = prop_oneof![Just(0), 0..100_000_u64].prop_map(Duration::from_micros);
    (rate, delay, share(), share(), share(), prop_oneof![Just(0), 0..300_000_u64]).prop_map(
        |(rate, delay, loss, duplicate, reorder, queue)| Conditions { rate, delay, loss, duplicate, reorder, queue },
    )
}

/// The outcomes of `packets`, with the time at which each was offered.
fn outcomes(link: &mut Link, packets: &[Packet]) -> Vec<(Duration, usize, Outcome)> {
    let mut now = Duration::ZERO;
    let each = packets.iter().map(|&(gap, bytes)| {
        now += gap;
        (now, bytes, link.transmit(now, bytes))
    });
    each.collect()
}

/// Every arrival, in order of time: when, and how many bytes.
fn arrivals(outcomes: &[(Duration, usize, Outcome)]) -> Vec<(Duration, usize)> {
    let mut all: Vec<_> =
        outcomes.iter().flat_map(|&(_, bytes, outcome)| outcome.arrivals().map(move |at| (at, bytes))).collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn link_with_the_same_seed_gives_the_same_outcomes(conditions in conditions(), packets in packets(), seed: u64) {
        let [mut one, mut other] = [0, 1].map(|_| Link::new(conditions, seed));
        prop_assert_eq!(outcomes(&mut one, &packets), outcomes(&mut other, &packets));
        prop_assert_eq!(one.counts(), other.counts());
    }

    #[test]
    fn link_drops_the_same_packets_at_any_speed(conditions in conditions(), packets in packets(), seed: u64) {
        // The same packets through a link that queues, and through one where nobody ever waits.
        let queues = outcomes(&mut Link::new(conditions, seed), &packets);
        let free = outcomes(&mut Link::new(Conditions { rate: None, ..conditions }, seed), &packets);
        for ((_, _, queued), (_, _, free)) in queues.into_iter().zip(free) {
            match queued {
                Outcome::Dropped(Dropped::QueueFull) => {}
                Outcome::Dropped(Dropped::Lost) => prop_assert_eq!(free, queued),
                Outcome::Delivered { .. } => prop_assert_ne!(free, Outcome::Dropped(Dropped::Lost)),
            }
        }
    }

    #[test]
    fn link_counts_every_packet_once(conditions in conditions(), packets in packets(), seed: u64) {
        let mut link = Link::new(conditions, seed);
        let outcomes = outcomes(&mut link, &packets);
        let dropped = |why| outcomes.iter().filter(|(_, _, outcome)| *outcome == Outcome::Dropped(why)).count() as u64;
        let Counts { offered, duplicates, delivered, lost, queue_full, .. } = link.counts();
        prop_assert_eq!(offered, packets.len() as u64);
        prop_assert_eq!(delivered, arrivals(&outcomes).len() as u64);
        prop_assert_eq!((lost, queue_full), (dropped(Dropped::Lost), dropped(Dropped::QueueFull)));
        prop_assert_eq!(delivered + lost + queue_full, offered + duplicates);
    }

    #[test]
    fn link_without_reordering_keeps_the_order(conditions in conditions(), packets in packets(), seed: u64) {
        let mut link = Link::new(Conditions { reorder: 0.0, ..conditions }, seed);
        let mut last = Duration::ZERO;
        for at in outcomes(&mut link, &packets).into_iter().flat_map(|(_, _, outcome)| outcome.arrivals()) {
            prop_assert!(at >= last, "{at:?} after {last:?}");
            last = at;
        }
        prop_assert_eq!(link.counts().reordered, 0);
    }

    #[test]
    fn link_delivers_nothing_before_its_delay(conditions in conditions(), packets in packets(), seed: u64) {
        for (now, bytes, outcome) in outcomes(&mut Link::new(conditions, seed), &packets) {
            let sending = conditions.rate.filter(|&rate| rate > 0).map_or(0, |rate| bytes as u128 * SECOND / u128::from(rate));
            for at in outcome.arrivals() {
                prop_assert!((at - now).as_nanos() >= conditions.delay.as_nanos() + sending);
            }
        }
    }

    #[test]
    fn link_never_exceeds_its_rate_in_any_interval(conditions in conditions(), packets in packets(), seed: u64) {
        let Some(rate) = conditions.rate else { return Ok(()) };
        // What was held back may arrive together with what came later, so that much time counts as well.
        let slack = if conditions.reorder > 0.0 { conditions.held_back() } else { Duration::ZERO };
        let arrivals = arrivals(&outcomes(&mut Link::new(conditions, seed), &packets));
        prop_assert!(rate > 0 || arrivals.is_empty());
        for (first, &(from, _)) in arrivals.iter().enumerate() {
            let mut bytes = 0;
            // The packet that arrives at the very start was sent before it.
            for &(until, more) in &arrivals[first + 1..] {
                bytes += more as u128;
                let time = (until - from + slack).as_nanos();
                let most = time * u128::from(rate) / SECOND + if slack.is_zero() { 0 } else { 1500 };
                prop_assert!(bytes <= most, "{bytes} bytes in {:?}, {most} are the most", until - from);
            }
        }
    }

    #[test]
    fn fits_at_names_a_time_at_which_the_packet_is_accepted(conditions in conditions(), packets in packets(), seed: u64) {
        let mut link = Link::new(conditions, seed);
        let mut now = Duration::ZERO;
        for (gap, bytes) in packets {
            let asked = now + gap;
            now = link.fits_at(asked, bytes);
            if now > asked {
                prop_assert_eq!(link.clone().transmit(asked, bytes), Outcome::Dropped(Dropped::QueueFull));
            }
            if now == Duration::MAX {
                prop_assert_eq!(conditions.rate, Some(0));
                return Ok(());
            }
            prop_assert_ne!(link.transmit(now, bytes), Outcome::Dropped(Dropped::QueueFull));
        }
    }

    #[test]
    fn link_queues_no_more_bytes_than_its_limit(conditions in conditions(), packets in packets(), seed: u64) {
        let Some(rate) = conditions.rate else { return Ok(()) };
        let conditions = Conditions { reorder: 0.0, ..conditions };
        for (now, bytes, outcome) in outcomes(&mut Link::new(conditions, seed), &packets) {
            for at in outcome.arrivals() {
                let waits = (at - conditions.delay - now).as_nanos();
                let holds = u128::from(conditions.queue).max(bytes as u128) * SECOND;
                prop_assert!(waits * u128::from(rate) <= holds + u128::from(rate), "waits {waits} ns");
            }
        }
    }

    #[test]
    fn link_loses_and_doubles_the_share_asked_for(share in 0.0..=1.0, seed: u64) {
        const COUNT: u32 = 4000;
        let conditions = Conditions { loss: share, duplicate: share, reorder: share, ..Conditions::PERFECT };
        let mut link = Link::new(conditions, seed);
        outcomes(&mut link, &vec![(Duration::ZERO, 1000); COUNT as usize]);
        // Six standard deviations of a binomial count: a right link fails once in 500 million tries.
        let within = |count: u64, of: u64| {
            let [count, of] = [count, of].map(|number| number as f64);
            (count - share * of).abs() <= 6.0 * (share * (1.0 - share) * of).sqrt() + 1.0
        };
        let counts = link.counts();
        let arrived = counts.offered - counts.lost;
        prop_assert!(within(counts.lost, counts.offered), "{counts:?}");
        prop_assert!(within(counts.duplicates, arrived), "{counts:?}");
        prop_assert!(within(counts.reordered, arrived), "{counts:?}");
    }

    #[test]
    fn deliveries_leave_in_order_of_time_and_then_of_entry(times in proptest::collection::vec(0..50_u64, 0..100)) {
        let mut wire = Deliveries::new();
        for (nth, &time) in times.iter().enumerate() {
            wire.push(Duration::from_millis(time), nth);
        }
        let mut expected: Vec<_> = times.iter().copied().enumerate().map(|(nth, time)| (time, nth)).collect();
        expected.sort();
        for (time, nth) in expected {
            let at = Duration::from_millis(time);
            prop_assert_eq!(wire.next_at(), Some(at));
            prop_assert!(time == 0 || wire.pop(at - Duration::from_nanos(1)).is_none());
            prop_assert_eq!(wire.pop(at), Some(nth));
        }
        prop_assert!(wire.is_empty());
    }
}

#[test]
fn a_packet_takes_its_time_at_the_rate_then_the_delay() {
    let delay = Duration::from_millis(10);
    let mut link = Link::new(Conditions { rate: Some(link::megabits(100)), delay, ..Conditions::PERFECT }, 1);
    // 1500 bytes at 12.5 MB/s are 120 µs; the second waits for the first.
    let [first, second] = [0, 0].map(|_| link.transmit(Duration::ZERO, 1500));
    assert_eq!(first, Outcome::Delivered { at: delay + Duration::from_micros(120), copy: None });
    assert_eq!(second, Outcome::Delivered { at: delay + Duration::from_micros(240), copy: None });
}

#[test]
fn a_full_queue_drops_the_packet_that_comes_last() {
    let mut link = Link::new(Conditions { rate: Some(1_000_000), queue: 3000, ..Conditions::PERFECT }, 1);
    let outcomes = [0, 0, 0].map(|_| link.transmit(Duration::ZERO, 1500));
    assert!(matches!(
        outcomes,
        [Outcome::Delivered { .. }, Outcome::Delivered { .. }, Outcome::Dropped(Dropped::QueueFull)]
    ));
    // When the first has left there is room again.
    assert!(matches!(link.transmit(Duration::from_micros(1500), 1500), Outcome::Delivered { .. }));
}

#[test]
fn some_packet_is_overtaken_when_the_link_reorders() {
    let mut link = Link::new(Conditions { reorder: 0.2, ..Conditions::PERFECT }, 7);
    let packets = vec![(Duration::from_micros(100), 1000); 200];
    let times: Vec<_> =
        outcomes(&mut link, &packets).into_iter().flat_map(|(_, _, outcome)| outcome.arrivals()).collect();
    assert!(!times.is_sorted());
}

#[test]
fn the_two_directions_do_not_lose_in_step() {
    let half = Conditions { loss: 0.5, ..Conditions::PERFECT };
    let [mut forward, mut back] = Link::both_ways(half, half, 3);
    let packets = vec![(Duration::ZERO, 1000); 100];
    assert_ne!(outcomes(&mut forward, &packets), outcomes(&mut back, &packets));
}

#[test]
fn link_survives_meaningless_numbers() {
    let strange =
        Conditions { rate: Some(1), loss: f64::NAN, duplicate: 7.0, reorder: -1.0, queue: 0, ..Conditions::PERFECT };
    let mut link = Link::new(Conditions { delay: Duration::MAX, ..strange }, 0);
    for now in [Duration::MAX, Duration::ZERO, Duration::MAX] {
        link.transmit(now, usize::MAX);
    }
    assert_eq!(link.counts().lost, 0);
}
