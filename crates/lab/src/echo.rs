//! A server under load, as a process of its own: a solution of an exercise, or one of ours.

pub(crate) mod load;
pub(crate) mod servers;

use std::env;
use std::error::Error;
use std::process::Command;
use std::time::Duration;

use lab::process::Process;

/// How long a server may take to say where it listens.
const START_TIMEOUT: Duration = Duration::from_secs(10);

/// A running server; it ends when this is dropped.
pub(crate) struct Server {
    process: Process,
    /// What it prints behind LISTENING: an address, or a path.
    pub(crate) address: String,
    /// Where its socket is, if it is one with a path.
    _folder: Option<tempfile::TempDir>,
}

impl Server {
    fn start(command: &mut Command, folder: Option<tempfile::TempDir>) -> Result<Server, Box<dyn Error>> {
        let mut process = Process::start(command)?;
        let line = process.read_line(START_TIMEOUT)?;
        let address = line.strip_prefix("LISTENING ").ok_or_else(|| format!("{command:?} printed {line:?}"))?;
        Ok(Server { address: address.to_owned(), process, _folder: folder })
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

/// The program of a solution, such as `sol03-echo`, which is built beside this one.
pub(crate) fn solution(program: &str) -> Result<Server, Box<dyn Error>> {
    Server::start(&mut beside_this(program)?, None)
}

/// A server of [`servers`].
pub(crate) fn own(kind: &str) -> Result<Server, Box<dyn Error>> {
    Server::start(Command::new(env::current_exe()?).args(["serve", kind]), None)
}

/// The program of a solution that listens at a path, in a folder of its own.
#[cfg(unix)]
pub(crate) fn at_a_path(program: &str) -> Result<Server, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    Server::start(beside_this(program)?.arg(folder.path().join("echo.sock")), Some(folder))
}

fn beside_this(program: &str) -> Result<Command, Box<dyn Error>> {
    Ok(Command::new(env::current_exe()?.with_file_name(program).with_extension(env::consts::EXE_EXTENSION)))
}
