//! What every lesson is held to, as tests of the built program.
//!
//! A lesson's `tests/story.rs` is `fn main() -> ExitCode { Story::new(…).run() }`. Each test judges what
//! the program prints, as a reader would see it through a pipe; one reads `src/main.rs` and measures how much of
//! the story is narration.

mod attack;
mod capture;
mod cli_contract;
mod copied;
mod golden;
mod run;
mod share;
mod udp;
#[cfg(unix)]
mod unix;

use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::Arguments;

pub use libtest_mimic::{Failed, Trial};

pub use attack::{Attacks, Handshake, LegitimateClient, Peer};
pub use capture::{dissects, with_tshark};
pub use run::{Program, ProgramOutput, Server};

/// The tests of one lesson, and what is particular about it.
pub struct Story {
    subject: Subject,
    copied: Vec<&'static str>,
    trials: Vec<Trial>,
}

/// The lesson under test.
struct Subject {
    number: u8,
    program: &'static str,
    folder: &'static str,
    transport: Transport,
    varying: &'static [&'static str],
    dissected: &'static [(&'static str, &'static str)],
    missing: Option<&'static str>,
}

impl Subject {
    fn program(&self) -> Program {
        Program(PathBuf::from(self.program))
    }
}

impl Story {
    /// The lesson of this number; `program` is the built one, `env!("CARGO_BIN_EXE_lesson03")`, and `folder` is
    /// `env!("CARGO_MANIFEST_DIR")`. `transcript.vi.txt` and `transcript.en.txt` in it are recorded runs: the tests
    /// compare with them, the book shows them. Its two sides talk by TCP, unless it is said otherwise.
    pub fn new(number: u8, program: &'static str, folder: &'static str) -> Story {
        let (varying, dissected, missing) = Default::default();
        let subject = Subject { number, program, folder, transport: Transport::Tcp, varying, dissected, missing };
        Story { subject, copied: Vec::new(), trials: Vec::new() }
    }

    /// The two sides talk by UDP: the capture holds datagrams and no handshake, `connect` can only say that no
    /// answer came, and `serve` must survive datagrams that no client sends.
    pub fn udp(mut self) -> Story {
        self.subject.transport = Transport::Udp;
        self
    }

    /// The two sides meet at a path. The capture holds the TCP that the lesson compares with: Unix sockets send no
    /// packets.
    #[cfg(unix)]
    pub fn unix(mut self) -> Story {
        self.subject.transport = Transport::Unix;
        self
    }

    /// Words whose next number differs from run to run, such as `pid` (in a row of a table, its next numbers).
    /// Addresses, ports and durations are masked anyway. A word that ends in `…` masks the rest of its line: for
    /// what differs from machine to machine.
    pub fn varying(mut self, words: &'static [&'static str]) -> Story {
        self.subject.varying = words;
        self
    }

    /// What the capture of `--pcap` must contain: a tshark display filter, and why.
    pub fn dissected(mut self, filters: &'static [(&'static str, &'static str)]) -> Story {
        self.subject.dissected = filters;
        self
    }

    /// The machine may lack something that the recorded story shows, such as IPv6: `missing` names it, and the
    /// transcripts are then not compared. The story itself must come to its end all the same.
    pub fn needs(mut self, missing: Option<&'static str>) -> Story {
        self.subject.missing = missing;
        self
    }

    /// `serve` is made to last: it must survive each of `attacks` while a legitimate client is served.
    pub fn attacked_by<P: Peer>(mut self, attacks: Attacks<P>) -> Story {
        self.trials.extend(attacks.trials(self.subject.program));
        self
    }

    /// `file`, such as `src/server.rs`, is a server that a reader may copy: it compiles in an empty crate, with
    /// the dependencies that a ` ```toml ` block in its header names.
    pub fn copied(mut self, file: &'static str) -> Story {
        self.copied.push(file);
        self
    }

    /// Tests of the lesson's own.
    pub fn also(mut self, trials: Vec<Trial>) -> Story {
        self.trials.extend(trials);
        self
    }

    /// Runs the tests. A test that needs what this machine lacks is reported as ignored, with the
    /// name of what is missing; with `COURSE_TEST_ALL=1` it fails instead.
    pub fn run(self) -> ExitCode {
        let arguments = Arguments::from_args();
        let subject: &'static Subject = Box::leak(Box::new(self.subject));
        let mut trials = golden::trials(subject);
        trials.extend(cli_contract::trials(subject));
        trials.extend(capture::trials(subject));
        trials.push(share::trial_of(subject));
        trials.extend(self.copied.into_iter().map(|file| copied::trial_of(subject, file)));
        trials.extend(self.trials);
        libtest_mimic::run(&arguments, trials).exit_code()
    }
}

/// What the two sides of a lesson talk by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transport {
    Tcp,
    Udp,
    #[cfg(unix)]
    Unix,
}

/// A test by its name, as a sentence.
fn trial(name: impl Into<String>, test: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
    Trial::test(name, test)
}

/// A test that needs something of the machine; `missing` names it when it is not there, and the test
/// is then ignored, or fails with `COURSE_TEST_ALL=1`.
pub fn needing(missing: Option<&str>, name: &str, test: impl FnOnce() -> Result<(), Failed> + Send + 'static) -> Trial {
    let Some(missing) = missing else { return trial(name, test) };
    if std::env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
        let complaint = format!("COURSE_TEST_ALL=1, but this machine lacks {missing}");
        return trial(name, move || Err(complaint.into()));
    }
    trial(format!("{name} (needs {missing})"), test).with_ignored_flag(true)
}

/// A test of what only some systems permit: `refused` names what this one does not, and the test is then
/// ignored, whatever the environment says. No package can be installed against that.
pub fn where_permitted(
    refused: Option<&str>,
    name: &str,
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    match refused {
        None => trial(name, test),
        Some(refused) => trial(format!("{name} (not permitted here: {refused})"), test).with_ignored_flag(true),
    }
}

/// Fails with `complaint` unless `holds`.
///
/// # Errors
/// When it does not hold.
pub fn must(holds: bool, complaint: impl FnOnce() -> String) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(complaint().into()) }
}

/// The next of some bytes that look random and are the same in every run: a multiplication by the constants of
/// splitmix64, of which one byte is taken. Good enough to confuse a parser, not for statistics.
fn next_byte(seed: &mut u64) -> u8 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 56) as u8
}
