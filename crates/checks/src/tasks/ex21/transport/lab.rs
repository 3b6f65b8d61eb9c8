//! The lab's side of the contract (crates/lab/CONTRACT.md): a server, a driver, and what the driver says.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use super::hints::{FIGURES_DISAGREE, NOT_READY, SPEAKS_OTHERWISE};
use crate::{CheckRun, Explain, Failure, InteractiveProcess, Server, Symptom, sentence};

/// How long an answer may take in which nothing but frames is carried.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// How long it may take to notice that the server has gone: the ten seconds of the contract, and some more.
pub(super) const NOTICE_TIMEOUT: Duration = Duration::from_secs(15);

/// A picture of 1920 × 1080 dots, 3 bytes each.
pub(super) const FULL_HD: usize = 1920 * 1080 * 3;

/// A server and the driver that has connected to it.
pub(super) struct Lab {
    pub(super) server: Server<String>,
    pub(super) driver: Driver,
}

impl Lab {
    pub(super) fn open(check: &mut CheckRun) -> Result<Lab, Failure> {
        Lab::open_with(check, &["serve"])
    }

    pub(super) fn open_with(check: &mut CheckRun, serve: &[&str]) -> Result<Lab, Failure> {
        let server = check.start_at_any_address(serve)?;
        let driver = Driver::connect(check, &server).or_hint(&NOT_READY)?;
        Ok(Lab { server, driver })
    }
}

/// A file of the lab, and the checksum that its bytes really have.
pub(super) struct Picture {
    file: PathBuf,
    pub(super) checksum: u64,
}

impl Picture {
    /// Random bytes, in a file that `load KIND` finds.
    pub(super) fn new(check: &mut CheckRun, name: &str, length: usize) -> Result<Picture, Failure> {
        let bytes = check.rng().bytes(length);
        Ok(Picture { file: check.file(&format!("{name}.bin"), &bytes)?, checksum: xxh3_64(&bytes) })
    }
}

/// A driver, told on its stdin what to do.
pub(super) struct Driver {
    pub(super) process: InteractiveProcess,
}

impl Driver {
    pub(super) fn connect(check: &mut CheckRun, server: &Server<String>) -> Result<Driver, Failure> {
        let folder = check.path("")?;
        let process = check.spawn_interactive(&["drive", &server.address, "--frames", &folder.to_string_lossy()])?;
        let mut driver = Driver { process };
        let line = driver.receive(ANSWER_TIMEOUT)?;
        match line.as_str() {
            "READY" => Ok(driver),
            _ => Err(not_as_agreed("READY", &line)),
        }
    }

    /// `load KIND`: so many frames must be there.
    pub(super) fn load(&mut self, kind: &str, count: usize) -> Result<(), Failure> {
        let due = format!("loaded {count}");
        let line = self.ask(&format!("load {kind}"))?;
        if line == due { Ok(()) } else { Err(not_as_agreed(&due, &line)).or_hint(&SPEAKS_OTHERWISE) }
    }

    /// Sends `picture` under `number`; the acknowledgement must be of this number and what its bytes are.
    pub(super) fn carry(&mut self, number: u64, picture: &Picture) -> Result<(), Failure> {
        self.carry_announced(number, picture.checksum, picture)
    }

    /// The same, with a checksum of our choice in the announcement.
    pub(super) fn carry_announced(&mut self, number: u64, announced: u64, picture: &Picture) -> Result<(), Failure> {
        let due = format!("ack {number} {:016x}", picture.checksum);
        let line = self.ask(&self.sending(number, announced, picture))?;
        if line == due { Ok(()) } else { Err(not_as_agreed(&due, &line)) }
    }

    /// The line that sends `picture`.
    pub(super) fn sending(&self, number: u64, announced: u64, picture: &Picture) -> String {
        format!("send {number} {announced:016x} {}", picture.file.display())
    }

    /// Asks for a measurement of `frames` frames, `window` of them at once, and looks at the answer from all sides.
    pub(super) fn measure(&mut self, window: u64, frames: u64) -> Result<Measurement, Failure> {
        let since = Instant::now();
        let line = self.ask(&format!("measure window={window} frames={frames}"))?;
        let measured = Measurement::read(&line)?;
        measured.agrees(since.elapsed())?;
        measured.has(frames)?;
        Ok(measured)
    }

    /// Tells it `line` and waits for the answer.
    pub(super) fn ask(&mut self, line: &str) -> Result<String, Failure> {
        self.process.send_line(line);
        self.receive(ANSWER_TIMEOUT)
    }

    pub(super) fn receive(&mut self, timeout: Duration) -> Result<String, Failure> {
        self.process.receive_line(timeout)
    }
}

/// A line that is not the one that had to come. `error …` is a symptom of its own.
pub(super) fn not_as_agreed(due: &str, line: &str) -> Failure {
    match line.strip_prefix("error") {
        Some(_) => Failure::new(
            Symptom::UnexpectedError,
            sentence! {
                vi: "`drive` báo \"{line}\", lẽ ra là \"{due}\".",
                en: "`drive` says \"{line}\"; I expected \"{due}\".",
            },
        ),
        None => Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "`drive` trả lời \"{line}\", lẽ ra là \"{due}\".",
                en: "`drive` answers \"{line}\"; I expected \"{due}\".",
            },
        ),
    }
}

/// What a driver says of a measurement.
pub(super) struct Measurement {
    pub(super) frames: u64,
    pub(super) took: Duration,
    /// Rising, each with how many frames had it.
    latencies: Vec<(u64, u64)>,
}

impl Measurement {
    pub(super) fn read(line: &str) -> Result<Measurement, Failure> {
        let form = "measured FRAMES NANOSECONDS LATENCIES";
        let wrong = || Err(not_as_agreed(form, line)).hint(Symptom::WrongOutput, &SPEAKS_OTHERWISE);
        let ["measured", frames, took, latencies] = line.split(' ').collect::<Vec<_>>()[..] else { return wrong() };
        let pair = |pair: &str| {
            let (value, count) = pair.split_once(':')?;
            Some((value.parse().ok()?, count.parse().ok()?))
        };
        let latencies: Option<Vec<(u64, u64)>> = latencies.split(',').map(pair).collect();
        match (frames.parse(), took.parse(), latencies) {
            (Ok(frames), Ok(took), Some(latencies)) => {
                Ok(Measurement { frames, took: Duration::from_nanos(took), latencies })
            }
            _ => wrong(),
        }
    }

    /// Its own figures agree with each other, and with our clock, on which all of it took `ours`.
    pub(super) fn agrees(&self, ours: Duration) -> Result<(), Failure> {
        let Measurement { frames, took, latencies } = self;
        let counted: u64 = latencies.iter().map(|(_, count)| count).sum();
        let trouble = if counted != *frames {
            sentence! {
                vi: "Nó báo {frames} khung, mà số lần trong LATENCIES cộng lại là {counted}.",
                en: "It reports {frames} frames, and the counts in LATENCIES add up to {counted}.",
            }
        } else if !latencies.is_sorted_by(|one, next| one.0 < next.0) {
            sentence! { vi: "LATENCIES không tăng dần.", en: "LATENCIES do not rise." }
        } else if took.is_zero() || *took > ours {
            let (took, ours) = (shown(*took), shown(ours));
            sentence! {
                vi: "Nó báo NANOSECONDS là {took}; theo đồng hồ của tôi, từ lúc hỏi tới lúc nghe trả lời là \
                 {ours}.",
                en: "It reports {took} of NANOSECONDS; on my clock, {ours} passed from question to answer.",
            }
        } else if self.largest() > *took {
            let (largest, took) = (shown(self.largest()), shown(*took));
            sentence! {
                vi: "Có khung mất {largest}, lâu hơn cả lần đo ({took}).",
                en: "A frame took {largest}, longer than the whole measurement ({took}).",
            }
        } else {
            return Ok(());
        };
        Err(Failure::new(Symptom::WrongOutput, trouble)).or_hint(&FIGURES_DISAGREE)
    }

    fn has(&self, due: u64) -> Result<(), Failure> {
        let frames = self.frames;
        if frames == due {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Tôi bảo gửi {due} khung, nó báo {frames}.",
                en: "I asked for {due} frames, and it reports {frames}.",
            },
        ))
        .or_hint(&FIGURES_DISAGREE)
    }

    /// The least that the longest latency can have been: values may be rounded to three digits.
    pub(super) fn largest(&self) -> Duration {
        self.latencies.last().map_or(Duration::ZERO, |(value, _)| unrounded(*value))
    }

    /// The most that the shortest latency can have been.
    pub(super) fn smallest(&self) -> Duration {
        self.latencies.first().map_or(Duration::ZERO, |(value, _)| Duration::from_nanos(value + value / 100))
    }

    /// All latencies added up: the least that it can have been.
    pub(super) fn sum(&self) -> Duration {
        self.latencies.iter().map(|(value, count)| unrounded(value * count)).sum()
    }
}

fn unrounded(nanos: u64) -> Duration {
    Duration::from_nanos(nanos - nanos / 100)
}

/// A time in whole units, which both languages write alike.
pub(super) fn shown(time: Duration) -> String {
    match time.as_millis() {
        0..10 => format!("{} µs", time.as_micros()),
        millis => format!("{millis} ms"),
    }
}
