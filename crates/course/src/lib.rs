//! The tool `cargo course`: it knows where a learner is, builds and judges their programs,
//! gives hints, and keeps the exercises in step with the solutions.
//!
//! What a verdict is made of lives in `checks`; here stands what is around it.

mod book;
mod build;
mod check;
mod cli;
mod exit;
mod hint;
mod home;
mod keep;
mod language;
mod lints;
mod map;
mod marked;
mod place;
mod progress;
mod screen;
mod sync;
mod text;
mod turn;
mod verdict;
mod verify;
mod watch;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use anyhow::Result;
use narrate::Lang;

use cli::{Command, Invocation, Topic};
use exit::Exit;
use place::Course;
use screen::Screen;

/// Runs one command. `arguments` are those after the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    Lang::speak_as_asked(&arguments);
    match cli::parse(arguments).and_then(carry_out) {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough: `cargo course list | head -1`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Screen::of_this_process().error(&text::error::trouble(format!("{error:#}")));
            Exit::Trouble.into()
        }
    }
}

fn carry_out(Invocation { lang, command }: Invocation) -> Result<Exit> {
    let screen = Screen::of_this_process();
    let course = Course::find;
    match command {
        Command::Help(topic) => show(&screen, &help(topic)),
        Command::Version => show(&screen, &text::help::version(env!("CARGO_PKG_VERSION"))),
        Command::Home => home::run(&course()?, &screen),
        Command::Check { which, seed, all } => check::run(&course()?, &which, seed, all, &screen),
        Command::Watch { which, poll } => watch::run(&course()?, &which, poll, &screen),
        Command::Hint(which) => hint::run(&course()?, &which, &screen),
        Command::Solution { which, anyway } => turn::solution(&course()?, &which, anyway, &screen),
        Command::Reset(which) => turn::reset(&course()?, &which, &screen),
        Command::Next => turn::next(&course()?, &screen),
        Command::List => home::list(&course()?, &screen),
        Command::Language(lang) => language::run(&course()?, lang, &screen),
        Command::Book(arguments) => book::run(&course()?, arguments, lang, &screen),
        Command::Sync(options) => sync::run(&course()?, options, &screen),
        Command::Verify { which, repeat, jobs } => verify::run(&course()?, &which, repeat, jobs, &screen),
    }
}

fn show(screen: &Screen, page: &str) -> Result<Exit> {
    screen.say(page)?;
    Ok(Exit::Passed)
}

fn help(topic: Topic) -> String {
    use text::help;
    let page = match topic {
        Topic::All | Topic::Book => help::all(),
        Topic::Check => help::check(),
        Topic::Watch => help::watch(),
        Topic::Hint => help::hint(),
        Topic::Solution => help::solution(),
        Topic::Reset => help::reset(),
        Topic::Next => help::next(),
        Topic::List => help::list(),
        Topic::Language => help::lang(),
        Topic::Sync => help::sync(),
        Topic::Verify => help::verify(),
    };
    format!("{page}\n{}", help::options())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
