//! Does the toolkit see how a server leaves, when it is told to and when it is not?

#[cfg(unix)]
use checks::Signal;
use checks::{CheckRun, Failure, ProgramExit, Server, Symptom};
use libtest_mimic::Trial;

use crate::cases::{Case, expect_outcome, playing};

pub fn tests() -> Vec<Trial> {
    [CASES, UNIX_CASES, LINUX_CASES]
        .into_iter()
        .flatten()
        .map(|case| Trial::test(case.0, || expect_outcome(case)))
        .collect()
}

const CASES: &[Case] = &[
    ("exit code 0 is a success", None, |check| leaves(check, "leaves")?.expect_code(0)),
    ("exit code 0 is no failure", Some(Symptom::WrongExitCode), |check| leaves(check, "leaves")?.expect_code(1)),
    ("exit code 1 with a line on stderr", None, |check| {
        let ended = leaves(check, "complains")?;
        ended.expect_code(1)?;
        ended.expect_stderr_line("CUT 2")
    }),
    ("part of a line on stderr is another line", Some(Symptom::WrongOutput), |check| {
        leaves(check, "complains")?.expect_stderr_line("CUT")
    }),
    ("a panic is not an exit code", Some(Symptom::Panicked), |check| leaves(check, "panics")?.expect_code(101)),
    ("a server does not end", Some(Symptom::StillRunning), |check| leaves(check, "serves").map(drop)),
    ("a server still listens", Some(Symptom::StillListening), |check| {
        start(check, "serves")?.expect_connection_refused()
    }),
    ("a server listens no more and still serves", None, |check| {
        let server = start(check, "deaf")?;
        let mut peer = server.connect()?;
        server.expect_connection_refused()?;
        peer.send(b"hello")?;
        peer.expect(b"hello")
    }),
];

#[cfg(unix)]
const UNIX_CASES: &[Case] = &[
    ("a server is ended by SIGTERM", None, |check| {
        let server = start(check, "serves")?;
        server.signal(Signal::Terminate)?;
        server.expect_exit().map(drop)
    }),
    ("an end by SIGTERM is no exit code", Some(Symptom::WrongExitCode), |check| {
        let server = start(check, "serves")?;
        server.signal(Signal::Terminate)?;
        server.expect_exit()?.expect_code(0)
    }),
];

#[cfg(not(unix))]
const UNIX_CASES: &[Case] = &[];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("wait_idle: a server that waits is idle", None, |check| start(check, "serves")?.wait_idle()),
    ("wait_idle: a server that has ended is not", Some(Symptom::Exited), |check| {
        let server = start(check, "leaves")?;
        server.connect()?.close();
        server.expect_exit()?;
        server.wait_idle()
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn start(check: &mut CheckRun, behaviour: &str) -> Result<Server, Failure> {
    check.start_with(&playing(behaviour))
}

/// Connects to a server, closes, and returns how it ended.
fn leaves(check: &mut CheckRun, behaviour: &str) -> Result<ProgramExit, Failure> {
    let server = start(check, behaviour)?;
    server.connect()?.close();
    server.expect_exit()
}
