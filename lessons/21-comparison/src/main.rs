//! Lesson 21 · The comparison, measured · So sánh, đo thật
//!
//! The same frames over every transport of the course, each frame acknowledged by who has read every byte of it.
//!
//!     cargo run --release -p lesson21                 every transport, in two minutes, and a report
//!     cargo run --release -p lesson21 -- --peers      with FastAPI, grpcio, websockets, a Python socket beside them
//!     cargo run --release -p lesson21 -- --explain    one change at a time: what each choice costs
//!     cargo run --release -p lesson21 -- --help       everything else
//!
//! You should see which transport carries most frames, by how much, and which differences are noise.
//! Then, with 25 ms of work a frame, nearly all of the differences are gone.
//!
//! How a transport carries a frame stands in `transport/`, one small file each: read `tcp.rs` first. What
//! all of them, and programs in other languages, keep to is CONTRACT.md.

mod drive;
mod frame;
mod lab;
mod memory;
mod options;
mod remote;
mod report;
mod serve;
mod text;
mod transport;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lab::results::Results;
use narrate::Error;
use options::{Command, Options};

/// The command line was wrong: nothing was tried.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let command = match options::parse(std::env::args_os().skip(1).collect()) {
        Ok(command) => command,
        Err(why) => {
            eprintln!("lesson21: {why}");
            return USAGE.into();
        }
    };
    match run(command) {
        Ok(code) => code,
        Err(why) => {
            eprintln!("lesson21: {why}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Error> {
    match command {
        Command::Help => println!("{}", text::usage()),
        Command::List => transport::ALL.iter().for_each(|entry| println!("{}", entry.name)),
        Command::Lab(options) => measure(&options)?,
        Command::Serve { name: Some(name), host, work } => serve::serve(transport::entry(&name)?, host, work)?,
        Command::Serve { name: None, host, .. } => remote::serve_all(host)?,
        Command::Drive { name, address, frames } => drive::drive(transport::entry(&name)?, &address, &frames)?,
        Command::Verify { names, programs } => return lab::verify_all(&names, &programs),
        Command::Report { file, out } => {
            let results = report::read(&file).map_err(|why| Error::new(text::bad_results(file.display(), why)))?;
            show(&results, out.as_deref().unwrap_or(&lab::home()), false)?;
        }
        Command::Sink { bytes } => lab::sink(bytes)?,
        Command::Blast { address, bytes } => lab::blast(&address, bytes)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs the lab and shows what it found.
fn measure(options: &Options) -> Result<(), Error> {
    if cfg!(debug_assertions) && !options.debug_anyway {
        return Err(Error::new(text::debug_build()));
    }
    let results = lab::run(options)?;
    show(&results, options.out.as_deref().unwrap_or(&lab::home()), options.save)
}

/// On the terminal, and as files.
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

/// Where the book takes its figures from.
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/data");
