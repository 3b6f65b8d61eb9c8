//! What a run of the lab found out: the one value that tables, pages and files are made from.

use serde::{Deserialize, Serialize};

use super::contestant::Family;

/// Everything about one run. `report.json` is this, and reads back as this.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Results {
    pub(crate) machine: Machine,
    pub(crate) plan: Plan,
    pub(crate) limits: Limits,
    /// Who took part, in the order in which they are listed.
    pub(crate) contestants: Vec<Entrant>,
    /// The main table, and its neighbours: each contestant under each [`Setting`].
    pub(crate) cells: Vec<Cell>,
    pub(crate) control: Control,
    /// Who was not measured, or not to the end, and why.
    pub(crate) excluded: Vec<Excluded>,
    /// What this machine or this run lacks, each a sentence for the reader in both languages.
    pub(crate) lacking: Vec<Sentence>,
    /// What well-known tools do against the same servers, with `--rivals`.
    #[serde(default)]
    pub(crate) rivals: Vec<Rival>,
    /// What `--explain` found, one change after the other.
    pub(crate) changes: Vec<Change>,
    /// What is to be said of the note's claims.
    pub(crate) verdicts: Vec<Verdict>,
}

/// A sentence of a run, in both languages: a report shows both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sentence {
    pub(crate) vi: String,
    pub(crate) en: String,
}

/// Where it was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Machine {
    pub(crate) cpu: String,
    pub(crate) cores: usize,
    pub(crate) system: String,
    pub(crate) rust: String,
    pub(crate) date: String,
    /// `release` or `debug`: figures of a debug build are about the compiler.
    pub(crate) build: String,
    /// The kernel's congestion control, such as `cubic`.
    pub(crate) congestion_control: Option<String>,
    /// Processes that wanted to run (`/proc/loadavg`, one minute) before the run and after it.
    pub(crate) load: Option<[f64; 2]>,
    /// Where the ends ran, as a sentence.
    pub(crate) placement: Sentence,
    /// The network between the ends: loopback, a link with delay and loss, another machine.
    pub(crate) network: Sentence,
}

/// What was asked of the lab.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// Of each measurement in each round.
    pub(crate) millis: u64,
    pub(crate) seed: u64,
    /// The whole run, in seconds.
    pub(crate) took: f64,
    /// Payload bytes by kind.
    pub(crate) kinds: Vec<KindSize>,
}

/// How large frames of a kind are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct KindSize {
    pub(crate) name: String,
    pub(crate) bytes: usize,
}

/// What this machine can do at most, measured in the same run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Limits {
    /// Copying memory, one core, bytes a second, for each size of [`Limits::loopback`].
    pub(crate) memcpy: f64,
    /// XXH3 of a frame, one core, bytes a second: the part of each frame's time that is the check.
    pub(crate) checksum: f64,
    /// What the measuring itself costs for each frame, in nanoseconds.
    pub(crate) harness_ns: f64,
    /// TCP one way, with no acknowledgement: frames a second.
    pub(crate) loopback: Vec<OneWay>,
}

/// One-way TCP with writes of one frame each.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct OneWay {
    pub(crate) kind: String,
    pub(crate) bytes: usize,
    /// Frames a second by our own sender and receiver.
    pub(crate) ours: f64,
    /// The same by `iperf3`, where installed.
    pub(crate) iperf3: Option<f64>,
}

/// One who took part.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Entrant {
    pub(crate) name: String,
    pub(crate) family: Family,
    /// Copies of the payload in user space, both ends together, as its file says; `None` where nobody has counted.
    pub(crate) copies: Option<u32>,
}

/// Under what a cell was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Setting {
    /// `jpeg`, `vga`, `hd`, or `sweepBYTES`.
    pub(crate) kind: String,
    /// Payload bytes.
    pub(crate) bytes: usize,
    /// Frames that may be unacknowledged; 1 is a question and an answer in turn.
    pub(crate) window: usize,
    /// Frames a second at which they were due; `None`: one after the other, as fast as it goes.
    pub(crate) rate: Option<f64>,
    /// Both ends on one core, or each on its own.
    pub(crate) one_core: bool,
    /// What each frame costs the server, in milliseconds.
    pub(crate) work_ms: u64,
}

impl Setting {
    /// One frame of this kind after the other, as fast as it goes, each end on its core, and no work.
    pub(crate) fn is_plain(&self, kind: &str) -> bool {
        self.kind == kind && self.window == 1 && self.rate.is_none() && !self.one_core && self.work_ms == 0
    }
}

/// One contestant under one setting.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Cell {
    pub(crate) name: String,
    pub(crate) setting: Setting,
    /// Frames a second of each round, in the order of the rounds.
    pub(crate) rounds: Vec<f64>,
    /// Frames a second over the rounds.
    pub(crate) fps: Interval,
    /// CPU time a frame in microseconds, of the server and of the driver, where the kernel tells.
    pub(crate) cpu_server: Option<Interval>,
    pub(crate) cpu_driver: Option<Interval>,
    /// Latency over all rounds, in microseconds; with [`Setting::rate`] it counts from when a frame was due.
    pub(crate) latency: Latency,
    /// System calls a frame of both ends, by name, most frequent first; counted apart, under `strace`.
    pub(crate) calls: Option<Vec<Calls>>,
    /// Bytes a frame that crossed the loopback interface, headers and acknowledgements included; counted apart.
    pub(crate) wire: Option<f64>,
}

/// A median and an interval that holds the true one with at least 90 % certainty, whatever the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Interval {
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// How long frames took, in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Latency {
    pub(crate) frames: u64,
    pub(crate) p50: f64,
    pub(crate) p90: f64,
    pub(crate) p99: f64,
    pub(crate) max: f64,
    /// Upper bounds and counts of about a hundred bins, for a chart.
    pub(crate) bins: Vec<(f64, u64)>,
}

/// How often a system call was made for each frame.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Calls {
    pub(crate) name: String,
    pub(crate) server: f64,
    pub(crate) driver: f64,
}

/// The same transport twice, as if it were two: what differs between them is what this machine's noise makes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Control {
    /// Whose double it is.
    pub(crate) of: String,
    /// What the double is called among the contestants.
    #[serde(default)]
    pub(crate) double: String,
    /// The largest difference between the two medians over the settings of the main table, as a share (0.02 is 2 %).
    pub(crate) apart: f64,
    /// The spread to trust: `apart`, or the middle half-width of all intervals, whichever is larger.
    pub(crate) spread: f64,
}

/// One who was left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Excluded {
    pub(crate) name: String,
    pub(crate) why: String,
}

/// A tool and we, in turns against the same server: frames a second, one at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Rival {
    pub(crate) tool: String,
    /// The transport of ours that does the same.
    pub(crate) of: String,
    pub(crate) kind: String,
    pub(crate) bytes: usize,
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
}

/// One change of `--explain`: the same thing before and after, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Change {
    /// Stable name of the change.
    pub(crate) id: String,
    pub(crate) title: Sentence,
    pub(crate) why: Sentence,
    pub(crate) kind: String,
    pub(crate) before: Measurement,
    pub(crate) after: Measurement,
    /// The same two with 25 ms of work in the server.
    pub(crate) before_work: Option<Measurement>,
    pub(crate) after_work: Option<Measurement>,
}

/// A contestant and what it did under one condition of `--explain`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Measurement {
    pub(crate) name: String,
    pub(crate) fps: Interval,
}

/// What this run says of one of the note's claims.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Verdict {
    /// Such as `C30`.
    pub(crate) claim: String,
    /// `true`, `true-but`, `false`, or `open` where this run cannot tell.
    pub(crate) verdict: String,
    pub(crate) because: Sentence,
}
