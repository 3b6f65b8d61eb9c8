//! Programs that are told on their stdin what to do, and servers that end with it.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use checks::{Dialogue, Failure, Symptom, Trial};
use libtest_mimic::Trial as Test;

use crate::cases::{Case, meets};
use crate::player::PLAY;

/// An answer that will not come need not be waited for much longer than one that does.
const PATIENCE: Duration = Duration::from_secs(5);
const SHORT: Duration = Duration::from_millis(300);

pub fn tests() -> Vec<Test> {
    [CASES, LINUX_CASES].into_iter().flatten().map(|case| Test::test(case.0, || meets(case))).collect()
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
    ("told on its stdin: answers each line", None, |trial| {
        let mut program = talk_to(trial, "told-answers")?;
        for line in ["one", "two"] {
            program.say(line);
            assert_eq!(program.hear(PATIENCE)?, format!("heard {line}"));
        }
        program.say("three");
        assert_eq!(program.hear(PATIENCE)?, "heard three");
        program.hang_up()?.expect_success()
    }),
    ("told on its stdin: says nothing", Some(Symptom::Silence), |trial| {
        let mut program = talk_to(trial, "told-mute")?;
        program.say("one");
        program.hear(SHORT).map(drop)
    }),
    ("told on its stdin: leaves instead", Some(Symptom::Exited), |trial| {
        let mut program = talk_to(trial, "told-leaves")?;
        program.say("one");
        program.hear(PATIENCE).map(drop)
    }),
    ("what it says before its end is all heard", None, |trial| {
        let mut program = trial.talk_to(&[PLAY, "print"])?;
        assert_eq!(program.hear_to_end(PATIENCE)?, ["hello"]);
        Ok(())
    }),
    ("a server that listens wherever it likes ends with its stdin", None, |trial| {
        let server = trial.start_anywhere(&[PLAY, "told-listens"])?;
        server.hang_up()?.expect_success()
    }),
    ("a server that listens wherever it likes does not end", Some(Symptom::StillRunning), |trial| {
        let server = trial.start_anywhere(&[PLAY, "serves"])?;
        server.hang_up().map(drop)
    }),
];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("told on its stdin: has done what it was told", None, |trial| {
        let mut program = talk_to(trial, "told-answers")?;
        program.say("one");
        program.until_waits()?;
        // Nothing is waited for any more: the line has been written.
        program.hear(SHORT).map(drop)
    }),
    ("told on its stdin: has left, and does not wait", Some(Symptom::Exited), |trial| {
        let program = talk_to(trial, "told-leaves")?;
        program.say("one");
        program.until_waits()
    }),
    ("what a suspended server was sent, it has not read", Some(Symptom::Silence), |trial| {
        let server = trial.start_with(&crate::cases::playing("serves"))?;
        server.suspend()?;
        let mut peer = server.connect()?;
        peer.send(b"hello")?;
        peer.expect(b"hello")
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

fn talk_to(trial: &mut Trial, habit: &str) -> Result<Dialogue, Failure> {
    trial.talk_to(&[PLAY, habit])
}
