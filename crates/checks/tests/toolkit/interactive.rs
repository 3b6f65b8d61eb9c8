//! Programs that are told on their stdin what to do, and servers that end with it.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use checks::{CheckRun, Failure, InteractiveProcess, Symptom};
use libtest_mimic::Trial;

use crate::cases::{Case, expect_outcome};
use crate::player::PLAY;

/// An answer that will not come need not be waited for much longer than one that does.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(5);
const SHORT_TIMEOUT: Duration = Duration::from_millis(300);

pub fn tests() -> Vec<Trial> {
    [CASES, LINUX_CASES].into_iter().flatten().map(|case| Trial::test(case.0, || expect_outcome(case))).collect()
}

/// Behaves as `habit` says, line by line.
pub fn play(habit: &str) -> io::Result<()> {
    if habit == "told-listens" {
        println!("LISTENING somewhere");
    }
    for line in io::stdin().lock().lines() {
        match (habit, line?) {
            ("told-mute", _) => {}
            ("told-leaves", _) => return Ok(()),
            (_, line) => println!("heard {line}"),
        }
        io::stdout().flush()?;
    }
    Ok(())
}

const CASES: &[Case] = &[
    ("interactive: answers each line", None, |check| {
        let mut program = spawn_interactive(check, "told-answers")?;
        for line in ["one", "two"] {
            program.send_line(line);
            assert_eq!(program.receive_line(ANSWER_TIMEOUT)?, format!("heard {line}"));
        }
        program.send_line("three");
        assert_eq!(program.receive_line(ANSWER_TIMEOUT)?, "heard three");
        program.close_stdin()?.expect_success()
    }),
    ("interactive: answers nothing", Some(Symptom::Silence), |check| {
        let mut program = spawn_interactive(check, "told-mute")?;
        program.send_line("one");
        program.receive_line(SHORT_TIMEOUT).map(drop)
    }),
    ("interactive: ends instead", Some(Symptom::Exited), |check| {
        let mut program = spawn_interactive(check, "told-leaves")?;
        program.send_line("one");
        program.receive_line(ANSWER_TIMEOUT).map(drop)
    }),
    ("interactive: receive_to_end returns all lines", None, |check| {
        let mut program = check.spawn_interactive(&[PLAY, "print"])?;
        assert_eq!(program.receive_to_end(ANSWER_TIMEOUT)?, ["hello"]);
        Ok(())
    }),
    ("at any address: ends with its stdin", None, |check| {
        let server = check.start_at_any_address(&[PLAY, "told-listens"])?;
        server.close_stdin()?.expect_success()
    }),
    ("at any address: does not end with its stdin", Some(Symptom::StillRunning), |check| {
        let server = check.start_at_any_address(&[PLAY, "serves"])?;
        server.close_stdin().map(drop)
    }),
];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("interactive: wait_idle waits for the answer", None, |check| {
        let mut program = spawn_interactive(check, "told-answers")?;
        program.send_line("one");
        program.wait_idle()?;
        // Nothing is waited for any more: the line has been written.
        program.receive_line(SHORT_TIMEOUT).map(drop)
    }),
    ("interactive: wait_idle fails when it has ended", Some(Symptom::Exited), |check| {
        let program = spawn_interactive(check, "told-leaves")?;
        program.send_line("one");
        program.wait_idle()
    }),
    ("what a suspended server was sent, it has not read", Some(Symptom::Silence), |check| {
        let server = check.start_with(&crate::cases::playing("serves"))?;
        server.suspend()?;
        let mut peer = server.connect()?;
        peer.send(b"hello")?;
        peer.expect(b"hello")
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn spawn_interactive(check: &mut CheckRun, habit: &str) -> Result<InteractiveProcess, Failure> {
    check.spawn_interactive(&[PLAY, habit])
}
