//! What a run of the lab found out: the one value that tables, pages and files are made from.

use narrate::Lang;
use serde::{Deserialize, Serialize};

/// Everything about one run. `report.json` is this, and reads back as this.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Results {
    /// Where it ran.
    pub machine: Machine,
    /// What was asked of the lab.
    pub plan: Plan,
    /// What the machine can do at most.
    pub limits: Limits,
    /// The candidates, in the order in which they are listed.
    #[serde(alias = "contestants")]
    pub candidates: Vec<Participant>,
    /// The main table, and its neighbours: each candidate under each [`Setting`].
    pub cells: Vec<Cell>,
    /// How far one transport differs from itself.
    pub control: Control,
    /// The candidates that were not measured, or not to the end, and why.
    pub excluded: Vec<Excluded>,
    /// What this machine or this run lacks, each a sentence for the reader in both languages.
    pub lacking: Vec<Sentence>,
    /// What well-known tools do against the same servers, with `--reference-tools`.
    #[serde(default, alias = "rivals")]
    pub reference_tools: Vec<ToolComparison>,
    /// What `--explain` found, one change after the other.
    pub changes: Vec<Change>,
    /// What is to be said of the note's claims.
    pub verdicts: Vec<ClaimVerdict>,
}

/// A sentence of a run, in both languages: a report shows both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Sentence {
    /// The sentence that `say` makes, in each language, whichever this process speaks.
    pub fn of(say: impl Fn() -> String) -> Sentence {
        Sentence { vi: Lang::Vi.within(&say), en: Lang::En.within(&say) }
    }
}

/// Where it was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Machine {
    /// The processor's name.
    pub cpu: String,
    /// How many cores.
    pub cores: usize,
    /// The kernel and its version.
    pub system: String,
    /// The compiler and its version.
    pub rust: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// `release` or `debug`: figures of a debug build are about the compiler.
    pub build: String,
    /// The kernel's congestion control, such as `cubic`.
    pub congestion_control: Option<String>,
    /// Processes that wanted to run (`/proc/loadavg`, one minute) before the run and after it.
    pub load: Option<[f64; 2]>,
    /// Where the ends ran, as a sentence.
    pub placement: Sentence,
    /// The network between the ends: loopback, a link with delay and loss, another machine.
    pub network: Sentence,
}

/// What was asked of the lab.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Plan {
    /// Rounds of the main table.
    pub rounds: usize,
    /// Of each measurement in each round.
    pub millis: u64,
    /// The seed of the payloads.
    pub seed: u64,
    /// The whole run, in seconds.
    pub took: f64,
    /// Payload bytes by kind.
    pub kinds: Vec<PayloadSize>,
}

/// How large frames of a kind are.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PayloadSize {
    /// The name.
    pub name: String,
    /// Payload bytes.
    pub bytes: usize,
}

/// What this machine can do at most, measured in the same run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Limits {
    /// Copying memory, one core, bytes a second, for each size of [`Limits::loopback`].
    pub memcpy: f64,
    /// XXH3 of a frame, one core, bytes a second: the part of each frame's time that is the check.
    pub checksum: f64,
    /// What the measuring itself costs for each frame, in nanoseconds.
    pub harness_ns: f64,
    /// TCP one way, with no acknowledgement: frames a second.
    pub loopback: Vec<OneWay>,
}

/// One-way TCP with writes of one frame each.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct OneWay {
    /// The kind of payload.
    pub kind: String,
    /// Payload bytes.
    pub bytes: usize,
    /// Frames a second by our own sender and receiver.
    pub ours: f64,
    /// The same by `iperf3`, where installed.
    pub iperf3: Option<f64>,
}

/// A candidate that took part.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Participant {
    /// The name.
    pub name: String,
    /// Where the program comes from.
    #[serde(alias = "family")]
    pub implementation: Implementation,
    /// Copies of the payload in user space, both ends together, as its file says; `None` where they were not counted.
    pub copies: Option<u32>,
}

/// Whose program it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Implementation {
    /// A transport of this lab, in Rust.
    Rust,
    /// A program of the folder `peers`, in Python.
    Python,
    /// What the reader brought with `--add`.
    Yours,
}

/// Under what a cell was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Setting {
    /// `jpeg`, `vga`, `hd`, or `sweepBYTES`.
    pub kind: String,
    /// Payload bytes.
    pub bytes: usize,
    /// Frames that may be unacknowledged; 1 is a question and an answer in turn.
    pub window: usize,
    /// Frames a second at which they were due; `None`: one after the other, as fast as it goes.
    pub rate: Option<f64>,
    /// Both ends on one core, or each on its own.
    pub one_core: bool,
    /// What each frame costs the server, in milliseconds.
    pub work_ms: u64,
}

impl Setting {
    /// One frame of this kind after the other, as fast as it goes, each end on its core, and no work.
    pub fn is_plain(&self, kind: &str) -> bool {
        self.kind == kind && self.window == 1 && self.rate.is_none() && !self.one_core && self.work_ms == 0
    }
}

/// One candidate under one setting.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cell {
    /// The name.
    pub name: String,
    /// The setting.
    pub setting: Setting,
    /// Frames a second of each round, in the order of the rounds.
    pub rounds: Vec<f64>,
    /// Frames a second over the rounds.
    pub fps: Interval,
    /// CPU time a frame in microseconds, of the server and of the driver, where the kernel tells.
    pub cpu_server: Option<Interval>,
    /// The same of the driver.
    pub cpu_driver: Option<Interval>,
    /// Latency over all rounds, in microseconds; with [`Setting::rate`] it counts from when a frame was due.
    pub latency: Latency,
    /// System calls a frame of both ends, by name, most frequent first; counted apart, under `strace`.
    pub calls: Option<Vec<Calls>>,
    /// Bytes a frame that crossed the loopback interface, headers and acknowledgements included; counted apart.
    pub wire: Option<f64>,
}

/// A median and an interval that holds the true one with at least 90 % certainty, whatever the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The median.
    pub median: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How long frames took, in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// How many frames.
    pub frames: u64,
    /// Half of the frames were faster.
    pub p50: f64,
    /// Nine in ten were faster.
    pub p90: f64,
    /// 99 in 100 were faster.
    pub p99: f64,
    /// The slowest.
    pub max: f64,
    /// Upper bounds and counts of about a hundred bins, for a chart.
    pub bins: Vec<(f64, u64)>,
}

/// How often a system call was made for each frame.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Calls {
    /// The name.
    pub name: String,
    /// By the server.
    pub server: f64,
    /// By the driver.
    pub driver: f64,
}

/// The same transport twice, as if it were two: what differs between them is what this machine's noise makes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Control {
    /// Whose double it is.
    pub of: String,
    /// What the double is called among the candidates.
    #[serde(default, alias = "double")]
    pub aa_control: String,
    /// The largest difference between the two medians over the settings of the main table, as a share (0.02 is 2 %).
    pub apart: f64,
    /// The spread to trust: `apart`, or the middle half-width of all intervals, whichever is larger.
    pub spread: f64,
}

/// A candidate that was left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Excluded {
    /// The name.
    pub name: String,
    /// Why.
    pub why: String,
}

/// A tool and we, in turns against the same server: frames a second, one at a time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ToolComparison {
    /// The tool.
    pub tool: String,
    /// The transport of ours that does the same.
    pub of: String,
    /// The kind of payload.
    pub kind: String,
    /// Payload bytes.
    pub bytes: usize,
    /// Frames a second of our transport.
    pub ours: f64,
    /// Frames a second of the tool.
    pub theirs: f64,
}

/// One change of `--explain`: the same thing before and after, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Change {
    /// Stable name of the change.
    pub id: String,
    /// What changed.
    pub title: Sentence,
    /// Why.
    pub why: Sentence,
    /// The kind of payload.
    pub kind: String,
    /// Without the change.
    pub before: CandidateRate,
    /// With it.
    pub after: CandidateRate,
    /// The same two with 25 ms of work in the server.
    pub before_work: Option<CandidateRate>,
    /// With it, and the same work.
    pub after_work: Option<CandidateRate>,
}

/// A candidate and what it did under one condition of `--explain`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CandidateRate {
    /// The name.
    pub name: String,
    /// Frames a second.
    pub fps: Interval,
}

/// What this run says of one of the note's claims.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ClaimVerdict {
    /// Such as `C30`.
    pub claim: String,
    /// The claim itself; empty in results of older runs.
    #[serde(default)]
    pub sentence: Sentence,
    /// `true`, `true-but`, `false`, or `open` where this run cannot tell.
    pub verdict: String,
    /// The figures that it follows from.
    pub because: Sentence,
}
