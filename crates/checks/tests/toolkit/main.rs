//! Does the toolkit tell one kind of misbehaviour from another?
//!
//! This binary plays two parts. With `--play NAME` it is the program under judgement and behaves
//! as the name says (`player.rs`); otherwise it is a test that judges itself in each of those parts.

mod cases;
mod exit;
mod interactive;
mod player;
mod readiness;
mod seeds;
#[cfg(unix)]
mod unix;
#[cfg(feature = "websocket")]
mod websocket;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [play, behaviour, rest @ ..] = words.as_slice()
        && play == player::PLAY
    {
        return player::play(behaviour, rest);
    }
    let mut tests: Vec<Trial> = cases::tests();
    tests.extend(exit::tests());
    tests.extend(seeds::tests());
    tests.extend(interactive::tests());
    #[cfg(unix)]
    tests.extend(unix::tests());
    let mut arguments = Arguments::from_args();
    // They wait more than they compute.
    arguments.test_threads.get_or_insert(8);
    libtest_mimic::run(&arguments, tests).exit_code()
}
