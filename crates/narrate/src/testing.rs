//! What every lesson is held to, as tests of the built program.
//!
//! A lesson's `tests/story.rs` is `fn main() -> ExitCode { Story { .. }.test() }`. Each test judges what
//! the program prints, as a reader would see it through a pipe.

mod attack;
mod capture;
mod golden;
mod manners;
mod run;
mod standalone;
mod udp;
#[cfg(unix)]
mod unix;

use std::net::TcpStream;
use std::path::PathBuf;
use std::process::ExitCode;

use libtest_mimic::Arguments;

pub use libtest_mimic::{Failed, Trial};

pub use attack::{Attacked, Enter, Honest, Peer};
pub use capture::{dissects, with_tshark};
pub use run::{Program, Said, Serving};

/// The lesson under test.
pub struct Story {
    /// The lesson's number.
    pub number: u8,
    /// The built program: `env!("CARGO_BIN_EXE_lesson03")`.
    pub program: &'static str,
    /// The lesson's folder: `env!("CARGO_MANIFEST_DIR")`. `transcript.vi.txt` and
    /// `transcript.en.txt` in it are recorded runs: the tests compare with them, the book shows them.
    pub folder: &'static str,
    /// Words whose next number differs from run to run, such as `pid` (in a row of a table, its
    /// next numbers). Addresses, ports and durations are masked anyway. A word that ends in `…`
    /// masks the rest of its line: for what differs from machine to machine.
    pub varying: &'static [&'static str],
    /// What the capture of `--pcap` must contain: a tshark display filter, and why.
    pub dissected: &'static [(&'static str, &'static str)],
    /// True when the lesson has `serve` and `connect`.
    pub sides: bool,
}

impl Story {
    /// Runs the tests. A test that needs what this machine lacks is reported as ignored, with the
    /// name of what is missing; with `COURSE_TEST_ALL=1` it fails instead.
    pub fn test(self) -> ExitCode {
        self.test_without(None)
    }

    /// As [`Story::test`], for a lesson whose two sides talk by UDP: its capture holds datagrams and
    /// no handshake, and `connect` can only say that no answer came.
    pub fn test_udp(self) -> ExitCode {
        self.run(None, Transport::Udp, Vec::new())
    }

    /// As [`Story::test`], where the machine may lack something that the recorded story shows, such
    /// as IPv6: `missing` names it, and the transcripts are then not compared. The story itself
    /// must come to its end all the same.
    pub fn test_without(self, missing: Option<&'static str>) -> ExitCode {
        self.test_with(missing, Vec::new())
    }

    /// As [`Story::test_without`], with `more` tests of the lesson's own, such as those of [`Attacked`].
    pub fn test_with(self, missing: Option<&'static str>, more: Vec<Trial>) -> ExitCode {
        self.run(missing, Transport::Tcp, more)
    }

    /// As [`Story::test`], for a lesson whose `serve` is made to last: it must survive every attack of
    /// [`Attacked`] while `honest` is served.
    pub fn test_under_attack(self, honest: Honest<TcpStream>) -> ExitCode {
        let attacked = Attacked::<TcpStream>::new(self.program, honest);
        self.test_with(None, attacked.trials())
    }

    /// As [`Story::test`], for a lesson whose two sides meet at a path. Its capture holds the TCP that
    /// the lesson compares with: Unix sockets send no packets. `more` are tests of its own.
    #[cfg(unix)]
    pub fn test_unix(self, more: Vec<Trial>) -> ExitCode {
        self.run(None, Transport::Unix, more)
    }

    fn run(self, missing: Option<&'static str>, transport: Transport, more: Vec<Trial>) -> ExitCode {
        let arguments = Arguments::from_args();
        let story: &'static Story = Box::leak(Box::new(self));
        let mut trials = golden::trials(story, missing);
        trials.extend(manners::trials(story, transport));
        trials.extend(capture::trials(story, transport));
        trials.extend(more);
        libtest_mimic::run(&arguments, trials).exit_code()
    }

    fn program(&self) -> Program {
        Program(PathBuf::from(self.program))
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
