//! Medians and intervals that assume nothing about how noise is distributed.

use crate::results::{Interval, Latency};

/// How certain an interval has to be of holding the true median.
const CERTAINTY: f64 = 0.90;
/// How many bins a chart of latencies gets.
const BINS: usize = 100;

/// Median and interval of some rounds. The interval reaches from the k-th smallest to the k-th largest: the true
/// median is outside of it only if nearly all rounds fell on one side, and how likely that is says the toss
/// of a coin (Conover, Practical Nonparametric Statistics, 3.2). With too few rounds for that it is all of them.
pub(crate) fn interval(rounds: &[f64]) -> Option<Interval> {
    interval_of(rounds, CERTAINTY)
}

/// The same with another certainty of holding the true median, from 0 to 1.
pub fn interval_of(rounds: &[f64], certainty: f64) -> Option<Interval> {
    let mut sorted = rounds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len();
    let (low, high) = (*sorted.first()?, *sorted.last()?);
    let median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0;
    // Dropping k from either end leaves the median outside with twice the chance of at most k heads.
    let mut outside = 0.0;
    let mut interval = Interval { median, low, high };
    for (dropped, (low, high)) in sorted.iter().zip(sorted.iter().rev()).take(count / 2).enumerate() {
        outside += 2.0 * heads(count, dropped);
        if 1.0 - outside < certainty {
            break;
        }
        interval = Interval { median, low: *low, high: *high };
    }
    Some(interval)
}

/// The chance of exactly `heads` heads in `tosses` tosses.
fn heads(tosses: usize, heads: usize) -> f64 {
    let ways = (0..heads).fold(1.0, |ways, at| ways * (tosses - at) as f64 / (at + 1) as f64);
    ways * 0.5_f64.powi(tosses as i32)
}

/// The middle of some values; `None` of none.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    interval(values).map(|interval| interval.median)
}

/// Latencies of all rounds together, from nanoseconds and counts.
pub(crate) fn latency(pairs: impl IntoIterator<Item = (u64, u64)>) -> Latency {
    let mut pairs: Vec<(u64, u64)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    let frames: u64 = pairs.iter().map(|(_, count)| count).sum();
    let at = |share: f64| {
        let rank = ((frames as f64 * share).ceil() as u64).max(1);
        let mut seen = 0;
        let found = pairs.iter().find(|(_, count)| {
            seen += count;
            seen >= rank
        });
        found.map_or(0.0, |(value, _)| micros(*value))
    };
    Latency { frames, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1.0), bins: bins(&pairs) }
}

/// Bins whose borders grow by the same factor, as latencies spread over decades.
fn bins(pairs: &[(u64, u64)]) -> Vec<(f64, u64)> {
    let (Some((first, _)), Some((last, _))) = (pairs.first(), pairs.last()) else { return Vec::new() };
    let (first, last) = ((*first).max(1) as f64, (*last).max(1) as f64);
    let factor = (last / first).powf(1.0 / BINS as f64).max(1.005);
    let mut bins: Vec<(f64, u64)> = Vec::new();
    let mut border = first * factor;
    let mut count = 0;
    for (value, times) in pairs {
        while *value as f64 > border {
            if count > 0 {
                bins.push((border / 1e3, count));
            }
            count = 0;
            border *= factor;
        }
        count += times;
    }
    if count > 0 {
        bins.push((border / 1e3, count));
    }
    bins
}

fn micros(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interval_of_five_rounds_is_all_of_them_and_of_eight_without_the_outermost() {
        let five = interval(&[5.0, 1.0, 3.0, 2.0, 4.0]).unwrap();
        assert_eq!(five, Interval { median: 3.0, low: 1.0, high: 5.0 });
        // 2/256 + 16/256 = 7 % outside when one is dropped from either end; with two more it would be 29 %.
        let eight = interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 80.0]).unwrap();
        assert_eq!(eight, Interval { median: 4.5, low: 2.0, high: 7.0 });
        assert_eq!(interval(&[]), None);
    }

    #[test]
    fn interval_holds_the_true_median_as_often_as_it_says() {
        let mut random = crate::payloads::Random::new(3);
        let turns = 4_000;
        let mut held = 0;
        for _ in 0..turns {
            let rounds: Vec<f64> = (0..8).map(|_| (random.next() >> 11) as f64 / (1_u64 << 53) as f64).collect();
            let Interval { low, high, .. } = interval(&rounds).unwrap();
            held += usize::from(low <= 0.5 && 0.5 <= high);
        }
        let share = held as f64 / turns as f64;
        assert!((0.90..0.96).contains(&share), "{share}");
    }

    #[test]
    fn latency_counts_frames_and_its_bins_lose_none() {
        let latency = latency([(1_000, 98), (5_000, 1), (1_000_000, 1)]);
        assert_eq!((latency.frames, latency.p50, latency.p99, latency.max), (100, 1.0, 5.0, 1000.0));
        assert_eq!(latency.bins.iter().map(|(_, count)| count).sum::<u64>(), 100);
    }
}
