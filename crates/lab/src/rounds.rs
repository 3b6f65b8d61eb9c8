//! Measuring: every candidate under every setting, in several rounds whose order rotates.
//!
//! A machine warms up, slows down, and is disturbed by others. Measurement one after the other, the last
//! candidate would be compared with a different machine than the first. So all are measured once in each round,
//! shortly after one another, and the first of one round is the last of the next.

use std::path::Path;
use std::time::Duration;

use crate::candidate::Candidate;
use crate::contract::Measurement;
use crate::contract::{Measure, Until};
use crate::count;
use crate::pair::{Pair, RunConfig};
use crate::placement::Placement;
use crate::results::{Cell, Excluded, Setting};
use crate::statistics;
use crate::verify;

/// Before what counts: caches, congestion windows and buffers find their size.
const WARM_UP: Duration = Duration::from_millis(10);

/// A candidate that takes part, with its two programs at work.
pub(crate) struct Runner {
    pub(crate) candidate: Candidate,
    pair: Pair,
    /// False once it has said that it cannot have several frames on their way.
    pipelines: bool,
}

impl Runner {
    /// Bytes a frame that crossed the loopback interface, where the kernel counts them.
    pub(crate) fn wire(&mut self, kind: &str) -> Option<f64> {
        count::wire(&mut self.pair, kind)
    }
}

/// What came of one setting in one round.
struct Sample {
    measured: Measurement,
    cpu_server: Option<f64>,
    cpu_driver: Option<f64>,
}

/// All samples of one candidate under one setting.
struct Series {
    name: String,
    setting: Setting,
    samples: Vec<Sample>,
}

/// The candidates at work, what they did, and which were left out.
pub(crate) struct Rounds<'a> {
    pub(crate) runners: Vec<Runner>,
    pub(crate) excluded: Vec<Excluded>,
    frames: &'a Path,
    config: RunConfig<'a>,
    pub(crate) placement: Placement,
    series: Vec<Series>,
    /// Told about each measurement, for the progress bar.
    progress: &'a dyn Fn(&str),
}

impl<'a> Rounds<'a> {
    /// Starts every candidate and verifies it. Excludes those that fail, with the reason.
    pub(crate) fn start(
        candidates: &[Candidate],
        frames: &'a Path,
        config: RunConfig<'a>,
        progress: &'a dyn Fn(&str),
    ) -> Rounds<'a> {
        let placement = Placement::best();
        let mut rounds = Rounds {
            runners: Vec::new(),
            excluded: Vec::new(),
            frames,
            config,
            placement,
            series: Vec::new(),
            progress,
        };
        for (turn, candidate) in candidates.iter().enumerate() {
            progress(&candidate.name);
            let started = rounds.pair(candidate).and_then(|mut pair| {
                verify::verify(&mut pair, frames, rounds.config.most, rounds.config.seed.wrapping_add(turn as u64))?;
                Ok(pair)
            });
            match started {
                Ok(pair) => rounds.runners.push(Runner { candidate: candidate.clone(), pair, pipelines: true }),
                Err(why) => rounds.excluded.push(Excluded { name: candidate.name.clone(), why }),
            }
        }
        rounds
    }

    /// Starts one candidate where it belongs.
    fn pair(&self, candidate: &Candidate) -> Result<Pair, String> {
        let pair = Pair::start(candidate, self.frames, &self.config)?;
        self.placement.apply(pair.server(), Some(pair.driver()))?;
        Ok(pair)
    }

    /// One round: each candidate, from the `round`-th on, under each of the settings, which all have the same kind.
    pub(crate) fn round(&mut self, round: usize, settings: &[Setting], time: Duration) {
        let count = self.runners.len();
        let order: Vec<usize> = (0..count).map(|at| (at + round) % count).collect();
        let mut failed = Vec::new();
        for at in order {
            if let Err(why) = self.turn(at, settings, time) {
                failed.push((self.runners[at].candidate.name.clone(), why));
            }
        }
        for (name, why) in failed {
            self.runners.retain(|runner| runner.candidate.name != name);
            // Half a row would be compared with whole ones.
            self.series.retain(|series| series.name != name);
            self.excluded.push(Excluded { name, why });
        }
    }

    /// One candidate under each of the settings.
    fn turn(&mut self, at: usize, settings: &[Setting], time: Duration) -> Result<(), String> {
        for setting in settings {
            if setting.window > 1 && !self.runners[at].pipelines {
                continue;
            }
            (self.progress)(&self.runners[at].candidate.name);
            let placement = self.placement;
            let runner = &mut self.runners[at];
            if setting.one_core {
                Placement::One.apply(runner.pair.server(), Some(runner.pair.driver()))?;
            }
            let sample = sample(&mut runner.pair, setting, time);
            if setting.one_core {
                placement.apply(runner.pair.server(), Some(runner.pair.driver()))?;
            }
            match sample {
                Ok(sample) => self.add(at, setting, sample),
                Err(_) if setting.window > 1 => {
                    // It may be one that cannot; after an error a driver may have ended, so it starts again.
                    let pair = self.pair(&self.runners[at].candidate)?;
                    self.runners[at].pair = pair;
                    self.runners[at].pipelines = false;
                    let name = &self.runners[at].candidate.name;
                    self.series.retain(|series| series.name != *name || series.setting.window == 1);
                }
                Err(why) => return Err(why),
            }
        }
        Ok(())
    }

    fn add(&mut self, at: usize, setting: &Setting, sample: Sample) {
        let name = &self.runners[at].candidate.name;
        match self.series.iter_mut().find(|series| series.name == *name && series.setting == *setting) {
            Some(series) => series.samples.push(sample),
            None => {
                self.series.push(Series { name: name.clone(), setting: setting.clone(), samples: vec![sample] });
            }
        }
    }

    /// What came of it all, candidate by candidate within each setting.
    pub(crate) fn cells(&self) -> Vec<Cell> {
        self.series.iter().filter_map(Series::cell).collect()
    }
}

/// One measurement, with the CPU time that it cost.
fn sample(pair: &mut Pair, setting: &Setting, time: Duration) -> Result<Sample, String> {
    pair.load(&setting.kind)?;
    let Setting { window, rate, .. } = *setting;
    pair.measure(Measure { window, until: Until::Time(WARM_UP.min(time)), rate: None })?;
    let processes = [pair.server(), Some(pair.driver())];
    let before = processes.map(|process| narrate::cpu_time(process?));
    // At a pace there are few frames in a short time, and latencies want many.
    let time = if rate.is_some() { time * 2 } else { time };
    let measured = pair.measure(Measure { window, until: Until::Time(time), rate })?;
    let after = processes.map(|process| narrate::cpu_time(process?));
    if measured.frames == 0 {
        return Err("not one frame in the time that was given".into());
    }
    let each = |at: usize| {
        let spent = after[at]?.saturating_sub(before[at]?);
        Some(spent.as_secs_f64() * 1e6 / measured.frames as f64)
    };
    Ok(Sample { cpu_server: each(0), cpu_driver: each(1), measured })
}

impl Series {
    fn cell(&self) -> Option<Cell> {
        let rounds: Vec<f64> = self.samples.iter().map(|sample| sample.measured.rate()).collect();
        let cpu = |of: fn(&Sample) -> Option<f64>| {
            let spent: Option<Vec<f64>> = self.samples.iter().map(of).collect();
            statistics::interval(&spent?)
        };
        Some(Cell {
            name: self.name.clone(),
            setting: self.setting.clone(),
            fps: statistics::interval(&rounds)?,
            rounds,
            cpu_server: cpu(|sample| sample.cpu_server),
            cpu_driver: cpu(|sample| sample.cpu_driver),
            latency: statistics::latency(self.samples.iter().flat_map(|sample| sample.measured.latencies.clone())),
            calls: None,
            wire: None,
        })
    }
}
