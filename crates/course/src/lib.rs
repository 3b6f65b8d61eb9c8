//! The tool `cargo course`: it knows where a learner is, builds and judges their programs,
//! gives hints, and keeps the exercises in step with the solutions.
//!
//! What a verdict is made of lives in `checks`; here stands what is around it.

mod arguments;
mod backup;
mod build;
mod catalog;
mod checkout;
mod commands;
mod dev;
mod evaluation;
mod exercise;
mod marked;
mod patch;
mod progress;
mod screen;
mod text;
mod watch;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use anyhow::Result;
use narrate::Lang;

use arguments::{Command, Exit, Invocation, Topic};
use checkout::Course;
use commands::{book, check, hint, lang, next, reset, solution, status, update};
use dev::{new, patch as dev_patch, sync, verify};
use screen::Screen;

/// Runs one command. `arguments` are those after the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    Lang::speak_as_asked(&arguments);
    match arguments::parse(arguments).and_then(carry_out) {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough: `cargo course list | head -1`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            Screen::of_this_process().error(&text::error::trouble(format!("{error:#}")));
            Exit::InternalError.into()
        }
    }
}

fn carry_out(Invocation { lang: spoken, command }: Invocation) -> Result<Exit> {
    let screen = Screen::of_this_process();
    let course = Course::find;
    match command {
        Command::Help(topic) => show(&screen, &help(topic)),
        Command::Version => show(&screen, &text::help::version(env!("CARGO_PKG_VERSION"))),
        Command::Home => status::run(&course()?, &screen),
        Command::Check { which, seed, all } => check::run(&course()?, &which, seed, all, &screen),
        Command::Watch { which, poll } => watch::run(&course()?, &which, poll, &screen),
        Command::Hint(which) => hint::run(&course()?, &which, &screen),
        Command::Solution { which, anyway } => solution::run(&course()?, &which, anyway, &screen),
        Command::Reset(which) => reset::run(&course()?, &which, &screen),
        Command::Next => next::run(&course()?, &screen),
        Command::List => status::list(&course()?, &screen),
        Command::Language(language) => lang::run(&course()?, language, &screen),
        Command::Update => update::run(&course()?, &screen),
        Command::Book(arguments) => book::run(&course()?, arguments, spoken, &screen),
        Command::Sync(options) => sync::run(&course()?, options, &screen),
        Command::New { name, task } => new::run(&course()?, &name, task.as_deref(), &screen),
        Command::Patch(options) => dev_patch::run(&course()?, &options, &screen),
        Command::Verify { which, options } => verify::run(&course()?, &which, &options, &screen),
    }
}

fn show(screen: &Screen, page: &str) -> Result<Exit> {
    screen.prose(page)?;
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
        Topic::New => help::new(),
        Topic::Patch => help::patch(),
        Topic::Update => help::update(),
        Topic::Sync => help::sync(),
        Topic::Verify => help::verify(),
    };
    format!("{page}\n{}", help::options())
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
