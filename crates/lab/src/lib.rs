//! The lab: it measures transports as pairs of programs, and reports what it found.
//!
//! It is handed a [`Program`] with its transports and knows none of them by name. Each is run as two processes, a server
//! and a driver, which keep to CONTRACT.md; so are the Python programs in `peers/`, and whatever a reader brings.
//!
//! From the bottom up: `contract` and `results` say what is exchanged and what is found; `process`, `network`, `candidate`
//! and `pair` run two programs; `verify`, `rounds` and `count` measure them; `measure` puts a run in order; `report` shows it.

mod candidate;
pub mod contract;
mod control;
mod count;
mod explain;
mod limits;
mod machine;
mod measure;
mod network;
mod options;
mod pair;
mod participants;
pub mod payloads;
mod peers;
mod placement;
pub mod process;
mod progress;
mod reference_tools;
mod remote;
mod report;
pub mod results;
mod rounds;
mod settings;
pub mod statistics;
mod subject;
mod text;
mod verify;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use narrate::Error;

use options::{Command, Options, home};
use results::Results;

pub use options::COMMANDS;
pub use report::prose;
pub use settings::WORK_MS;
pub use subject::{Choice, Program, Subject, Tool};

/// The command line was wrong: nothing was tried.
const USAGE: u8 = 2;
/// Where the book takes its figures from.
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/data");

/// Does what a command line asks that names one of [`COMMANDS`]. The exit code is 0 when it was done, 1 when it could not be,
/// 2 when the command line was wrong; the sentence that says why goes to standard error.
pub fn run(program: &Program, words: Vec<OsString>) -> ExitCode {
    let complain = |why: Error| eprintln!("{}: {why}", program.name);
    let command = match options::parse(program, words) {
        Ok(command) => command,
        Err(why) => {
            complain(why);
            return USAGE.into();
        }
    };
    execute(program, command).unwrap_or_else(|why| {
        complain(why);
        ExitCode::FAILURE
    })
}

fn execute(program: &Program, command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Help => println!("{}", text::usage(program.name)),
        Command::List => program.transports.iter().for_each(|one| println!("{}", one.name())),
        Command::Measure(options) => measure_and_show(program, &options)?,
        Command::Serve { name: Some(name), host, work } => program.transport(&name)?.serve(host, work)?,
        Command::Serve { name: None, host, .. } => remote::serve_all(program, host)?,
        Command::Drive { name, address, frames } => program.transport(&name)?.drive(&address, &frames)?,
        Command::Verify { names, programs } => return measure::verify_all(program, &names, &programs),
        Command::Report { file, out } => {
            let results = report::read(&file).map_err(|why| Error::new(text::bad_results(file.display(), why)))?;
            show(&results, out.as_deref().unwrap_or(&home()), false)?;
        }
        Command::Sink { bytes } => limits::sink(bytes)?,
        Command::Blast { address, bytes } => limits::blast(&address, bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn measure_and_show(program: &Program, options: &Options) -> Result<(), Error> {
    if cfg!(debug_assertions) && !options.debug_anyway {
        return Err(Error::new(text::debug_build(program.name)));
    }
    let results = measure::measure(program, options)?;
    show(&results, options.out.as_deref().unwrap_or(&home()), options.save)
}

/// Shows results on the terminal, and writes them as files.
fn show(results: &Results, folder: &Path, save: bool) -> Result<(), Error> {
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    println!("{}", report::terminal(results, colour));
    let mut files: Vec<PathBuf> = report::write(results, folder).map_err(Error::new)?;
    if save {
        files.extend(report::book(results, Path::new(BOOK)).map_err(Error::new)?);
    }
    print!("{}", report::written(&files));
    Ok(())
}
