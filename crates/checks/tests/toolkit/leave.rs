//! Does the toolkit see how a server leaves, when it is told to and when it is not?

#[cfg(unix)]
use checks::Signal;
use checks::{Ended, Failure, Server, Symptom, Trial};
use libtest_mimic::Trial as Test;

use crate::cases::{Case, meets, playing};

pub fn tests() -> Vec<Test> {
    [CASES, UNIX_CASES, LINUX_CASES].into_iter().flatten().map(|case| Test::test(case.0, || meets(case))).collect()
}

const CASES: &[Case] = &[
    ("a server that leaves with 0 has left well", None, |trial| leaves(trial, "leaves")?.expect_code(0)),
    ("a server that leaves with 0 has not failed", Some(Symptom::WrongExit), |trial| {
        leaves(trial, "leaves")?.expect_code(1)
    }),
    ("a server says a line and fails", None, |trial| {
        let ended = leaves(trial, "complains")?;
        ended.expect_code(1)?;
        ended.expect_stderr_line("CUT 2")
    }),
    ("part of a line on stderr is another line", Some(Symptom::WrongOutput), |trial| {
        leaves(trial, "complains")?.expect_stderr_line("CUT")
    }),
    ("a panic is not an exit code", Some(Symptom::Panicked), |trial| leaves(trial, "panics")?.expect_code(101)),
    ("a server does not leave", Some(Symptom::StillRunning), |trial| leaves(trial, "serves").map(drop)),
    ("a server listens on", Some(Symptom::StillListening), |trial| start(trial, "serves")?.expect_refusal()),
    ("a server listens no more and still serves", None, |trial| {
        let server = start(trial, "deaf")?;
        let mut peer = server.connect()?;
        server.expect_refusal()?;
        peer.send(b"hello")?;
        peer.expect(b"hello")
    }),
];

#[cfg(unix)]
const UNIX_CASES: &[Case] = &[
    ("a server is ended by SIGTERM", None, |trial| {
        let server = start(trial, "serves")?;
        server.signal(Signal::Terminate)?;
        server.expect_exit().map(drop)
    }),
    ("to be ended by SIGTERM is not an exit code", Some(Symptom::WrongExit), |trial| {
        let server = start(trial, "serves")?;
        server.signal(Signal::Terminate)?;
        server.expect_exit()?.expect_code(0)
    }),
];

#[cfg(not(unix))]
const UNIX_CASES: &[Case] = &[];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("a server that waits settles", None, |trial| start(trial, "serves")?.settle()),
    ("a server that has left does not settle", Some(Symptom::Exited), |trial| {
        let server = start(trial, "leaves")?;
        server.connect()?.close();
        server.expect_exit()?;
        server.settle()
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn start(trial: &mut Trial, behaviour: &str) -> Result<Server, Failure> {
    trial.start_with(&playing(behaviour))
}

/// What is left of a server that somebody has called.
fn leaves(trial: &mut Trial, behaviour: &str) -> Result<Ended, Failure> {
    let server = start(trial, behaviour)?;
    server.connect()?.close();
    server.expect_exit()
}
