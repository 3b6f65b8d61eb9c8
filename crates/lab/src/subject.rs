//! What is measured: a program and its transports, each of which it serves and drives as CONTRACT.md says.

use std::io;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use narrate::Error;

use crate::results::{ClaimVerdict, Results};
use crate::text;

/// One transport of the program.
pub trait Subject: Sync {
    /// The name in tables and files; it never changes.
    fn name(&self) -> &'static str;

    /// True for those that are all compared with each other; false for a variant that differs from one of them in a single
    /// choice.
    fn is_in_table(&self) -> bool;

    /// Copies of the payload in user space, both ends together. The two that the kernel makes, into the socket and
    /// out of it, are not counted.
    fn copies(&self) -> u32;

    /// Whether it travels in UDP datagrams: a relay must know.
    fn uses_datagrams(&self) -> bool;

    /// Runs the server: announces its address on standard output, and serves until standard input ends. Each frame costs
    /// `work` of CPU time.
    ///
    /// # Errors
    /// When it cannot listen.
    fn serve(&self, host: IpAddr, work: Duration) -> Result<(), Error>;

    /// Runs the driver: connects, then does what standard input says, with the payloads in the folder `frames`.
    ///
    /// # Errors
    /// When standard output is closed. Every other failure is an answer, `error …`.
    fn drive(&self, address: &str, frames: &Path) -> io::Result<()>;
}

/// A program that is measured, and what its report is about.
pub struct Program<'a> {
    /// The name of the package, as in `cargo run -p NAME`.
    pub name: &'static str,
    /// Every transport, in the order in which reports list them.
    pub transports: Vec<&'a dyn Subject>,
    /// The transport that is measured twice, as if it were two: what differs between the two is noise.
    pub control: &'static str,
    /// The transports that do what a well-known tool does.
    pub references: &'static [(Tool, &'static str)],
    /// The changes that `--explain` measures, in the order in which a reader should meet them.
    pub choices: &'static [Choice],
    /// Draws from a run what it says of each claim.
    pub claims: fn(&Results) -> Vec<ClaimVerdict>,
    /// Measures for this long what the measuring loop costs by itself, with a transport that does nothing: nanoseconds a frame.
    pub harness: fn(Duration) -> Result<f64, String>,
}

/// A load generator that can call one of our servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `wrk`: HTTP/1.1.
    Wrk,
    /// `h2load`: HTTP/2 without TLS.
    H2load,
    /// `sockperf`: TCP. It measures against a server of its own.
    Sockperf,
}

/// One choice of a programmer: the candidate that made it well, the one that did not, and what the difference is called.
pub struct Choice {
    /// Names the change in files.
    pub id: &'static str,
    /// The payload that shows it best.
    pub payload: &'static str,
    /// The candidate without the change. Names that begin with `py ` are Python peers.
    pub before: &'static str,
    /// The candidate with it.
    pub after: &'static str,
    /// What changed.
    pub title: fn() -> String,
    /// Why it costs what it costs.
    pub why: fn() -> String,
}

impl<'a> Program<'a> {
    /// Returns the transport of that name.
    ///
    /// # Errors
    /// When there is none; the sentence names them all.
    pub(crate) fn transport(&self, name: &str) -> Result<&'a dyn Subject, Error> {
        let all = || self.transports.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
        let found = self.transports.iter().find(|one| one.name() == name);
        found.copied().ok_or_else(|| Error::new(text::no_transport(name, all())))
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    struct Named(&'static str);

    impl Subject for Named {
        fn name(&self) -> &'static str {
            self.0
        }
        fn is_in_table(&self) -> bool {
            true
        }
        fn copies(&self) -> u32 {
            0
        }
        fn uses_datagrams(&self) -> bool {
            false
        }
        fn serve(&self, _: IpAddr, _: Duration) -> Result<(), Error> {
            Ok(())
        }
        fn drive(&self, _: &str, _: &Path) -> io::Result<()> {
            Ok(())
        }
    }

    /// A program with two transports that carry nothing.
    pub(crate) fn program() -> Program<'static> {
        Program {
            name: "example",
            transports: vec![&Named("tcp"), &Named("unix")],
            control: "tcp",
            references: &[],
            choices: &[],
            claims: |_| Vec::new(),
            harness: |_| Ok(0.0),
        }
    }
}
