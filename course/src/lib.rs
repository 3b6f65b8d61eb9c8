//! The tool `cargo course`: it knows where a learner is, builds and judges their programs,
//! gives hints, and keeps the exercises in step with the solutions.
//!
//! What a verdict is made of lives in `checks`; here stands what is around it.

mod build;
mod check;
mod cli;
mod exit;
mod home;
mod keep;
mod map;
mod marked;
mod place;
mod progress;
mod screen;
mod sync;
mod text;
mod verdict;
mod verify;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use anyhow::Result;
use narrate::Lang;

use cli::{Command, Invocation};
use exit::Exit;
use place::Course;
use screen::Screen;

/// Runs one command. `arguments` are those after the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    Lang::detect().speak();
    match cli::parse(arguments).and_then(carry_out) {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough: `cargo course list | head -1`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Screen::of_this_process().error(&text::error::trouble(format!("{error:#}")));
            ExitCode::from(exit::TROUBLE)
        }
    }
}

fn carry_out(invocation: Invocation) -> Result<Exit> {
    let screen = Screen::of_this_process();
    let course = Course::find()?;
    match invocation.command {
        Command::Sync(options) => sync::run(&course, options, &screen),
        Command::Home => home::run(&course, &screen),
        Command::List => home::list(&course, &screen),
        Command::Check { which, seed, all } => check::run(&course, &which, seed, all, &screen),
        Command::Verify { which, repeat, jobs } => verify::run(&course, &which, repeat, jobs, &screen),
        _ => todo!(),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
