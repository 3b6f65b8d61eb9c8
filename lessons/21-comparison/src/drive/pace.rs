//! How fast frames are sent, and how long each takes: the measuring loop of every transport in Rust.

use std::collections::VecDeque;
use std::time::{Duration, Instant};
use std::{io, thread};

use bytes::Bytes;
use hdrhistogram::Histogram;
use lab::contract::{Measure, Measurement, Until, checksum};

use crate::frame::{Acknowledgement, Frame};
use crate::transport::Client;

/// The longest latency that is told apart, in nanoseconds: a minute.
const LONGEST: u64 = 60_000_000_000;
/// Before a frame is due, sleep for all but this much, and spin through the rest: a sleeper wakes up tens of
/// microseconds late, which would count as latency of the transport.
const SPIN: Duration = Duration::from_micros(200);

/// A frame that is on its way.
struct OnItsWay {
    number: u64,
    checksum: u64,
    since: Instant,
}

/// Sends the loaded frames in turn until it is enough. `number` is that of the last frame ever sent.
pub(crate) fn run(
    client: &mut dyn Client,
    loaded: &[(u64, Bytes)],
    number: &mut u64,
    Measure { window, until, rate }: Measure,
) -> Result<Measurement, String> {
    let mut latencies = Histogram::new_with_bounds(1, LONGEST, 3).map_err(|why| why.to_string())?;
    let mut on_their_way: VecDeque<OnItsWay> = VecDeque::with_capacity(window);
    let (mut sent, mut frames) = (0_u64, 0_u64);
    let start = Instant::now();
    let mut last = start;
    loop {
        // ANCHOR: due
        // Open loop: the time at which the next frame is due does not depend on the frames before it.
        let due = rate.map(|rate| start + Duration::from_secs_f64(sent as f64 / rate));
        let enough = match until {
            Until::Frames(count) => sent >= count,
            Until::Time(time) => last.max(due.unwrap_or(last)).duration_since(start) >= time,
        };
        if enough && on_their_way.is_empty() {
            break;
        }
        if !enough && on_their_way.len() < window && due.is_none_or(|due| Instant::now() >= due) {
            *number += 1;
            let (checksum, payload) = &loaded[sent as usize % loaded.len()];
            let frame = Frame { number: *number, checksum: *checksum, payload: payload.clone() };
            let since = due.unwrap_or_else(Instant::now);
            client.send(&frame).map_err(|why| format!("frame {number} could not be sent: {why}"))?;
            on_their_way.push_back(OnItsWay { number: frame.number, checksum: frame.checksum, since });
            sent += 1;
            if on_their_way.len() < window && due.is_none() {
                continue; // first fill the window, then wait
            }
        }
        // ANCHOR_END: due
        if on_their_way.is_empty() {
            last = Instant::now();
            due.into_iter().for_each(wait_until);
            continue;
        }
        // While the window has room, the next frame that is due must not wait for an acknowledgement.
        let no_longer_than = due.filter(|_| !enough && on_their_way.len() < window);
        let Some(ack) = client.receive(no_longer_than).map_err(|why| format!("after frame {number}: {why}"))? else {
            continue;
        };
        last = Instant::now();
        let at = on_their_way.iter().position(|frame| frame.number == ack.number);
        let frame = at
            .and_then(|at| on_their_way.remove(at))
            .ok_or_else(|| format!("an acknowledgement of frame {} that nobody waits for", ack.number))?;
        if frame.checksum != ack.checksum {
            let (told, ours) = (ack.checksum, frame.checksum);
            return Err(format!("frame {}: the server computed {told:016x}, it should be {ours:016x}", frame.number));
        }
        frames += 1;
        latencies.saturating_record((last.duration_since(frame.since).as_nanos() as u64).max(1));
    }
    let latencies = latencies.iter_recorded().map(|one| (one.value_iterated_to(), one.count_at_value())).collect();
    Ok(Measurement { frames, took: last.duration_since(start), latencies })
}

/// Measures for this long what the loop itself costs for each frame, in nanoseconds, with a client that does nothing.
pub(crate) fn harness(time: Duration) -> Result<f64, String> {
    struct Nothing(Option<Acknowledgement>);
    impl Client for Nothing {
        fn send(&mut self, frame: &Frame) -> io::Result<()> {
            self.0 = Some(Acknowledgement { number: frame.number, checksum: frame.checksum });
            Ok(())
        }
        fn receive(&mut self, _: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
            Ok(self.0.take())
        }
    }
    let frames = [(checksum(b""), Bytes::new())];
    let measure = Measure { window: 1, until: Until::Time(time), rate: None };
    Ok(1e9 / run(&mut Nothing(None), &frames, &mut 0, measure)?.rate())
}

fn wait_until(due: Instant) {
    let left = due.saturating_duration_since(Instant::now());
    thread::sleep(left.saturating_sub(SPIN));
    while Instant::now() < due {
        std::hint::spin_loop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acknowledges what it was given, in any order that `next` picks.
    struct CorrectServer {
        waiting: Vec<Acknowledgement>,
        most: usize,
        next: fn(usize) -> usize,
    }

    impl Client for CorrectServer {
        fn send(&mut self, frame: &Frame) -> io::Result<()> {
            self.waiting.push(Acknowledgement { number: frame.number, checksum: frame.checksum });
            self.most = self.most.max(self.waiting.len());
            Ok(())
        }

        fn receive(&mut self, _: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
            let at = (self.next)(self.waiting.len());
            Ok(Some(self.waiting.remove(at)))
        }
    }

    fn frames() -> Vec<(u64, Bytes)> {
        [&b"a"[..], b"bc", b""].map(|payload| (checksum(payload), Bytes::from_static(payload))).to_vec()
    }

    fn measured(client: &mut dyn Client, words: &str) -> Result<Measurement, String> {
        run(client, &frames(), &mut 0, words.parse()?)
    }

    #[test]
    fn run_sends_as_many_frames_as_asked_and_never_more_than_the_window_in_flight() {
        for next in [|_| 0, |count: usize| count - 1] {
            let mut client = CorrectServer { waiting: Vec::new(), most: 0, next };
            let measured = measured(&mut client, "window=4 frames=10").unwrap();
            assert_eq!(
                (measured.frames, measured.latencies.iter().map(|(_, count)| count).sum::<u64>(), client.most),
                (10, 10, 4)
            );
        }
    }

    #[test]
    fn run_counts_latency_from_when_a_frame_was_due() {
        // Acknowledged only after the second frame was due: with one frame at a time it cannot be sent before.
        struct Late(CorrectServer);
        impl Client for Late {
            fn send(&mut self, frame: &Frame) -> io::Result<()> {
                self.0.send(frame)
            }
            fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
                let since = Instant::now();
                while since.elapsed() < Duration::from_millis(2) {}
                self.0.receive(until)
            }
        }
        let mut client = Late(CorrectServer { waiting: Vec::new(), most: 0, next: |_| 0 });
        let measured = measured(&mut client, "window=1 frames=5 rate=1000").unwrap();
        // Frame k is due at k ms and done at 2 (k + 1) ms at the earliest: the fifth takes 6 ms or more.
        let longest = measured.latencies.iter().map(|(nanoseconds, _)| *nanoseconds).max().unwrap();
        assert!(longest >= 6_000_000, "{longest}");
    }

    #[test]
    fn run_sends_no_frame_that_is_due_after_the_time() {
        let mut client = CorrectServer { waiting: Vec::new(), most: 0, next: |_| 0 };
        // Due at 0, 10, 20 ms: the third belongs to what comes after. On a slow machine the second is not sent either.
        let measured = measured(&mut client, "window=1 millis=20 rate=100").unwrap();
        assert!((1..=2).contains(&measured.frames), "{}", measured.frames);
    }

    #[test]
    fn run_refuses_a_wrong_acknowledgement() {
        struct LyingServer(fn(&Frame) -> Acknowledgement, Option<Acknowledgement>);
        impl Client for LyingServer {
            fn send(&mut self, frame: &Frame) -> io::Result<()> {
                self.1 = Some((self.0)(frame));
                Ok(())
            }
            fn receive(&mut self, _: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
                Ok(self.1.take())
            }
        }
        let other_number = |frame: &Frame| Acknowledgement { number: frame.number + 1, checksum: frame.checksum };
        let other_sum = |frame: &Frame| Acknowledgement { number: frame.number, checksum: frame.checksum ^ 1 };
        for (lie, complaint) in [(other_number as fn(&Frame) -> _, "nobody waits"), (other_sum, "the server computed")]
        {
            let Err(why) = measured(&mut LyingServer(lie, None), "window=1 frames=1") else { panic!("believed") };
            assert!(why.contains(complaint), "{why}");
        }
    }
}
