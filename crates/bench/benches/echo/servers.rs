//! The servers under measurement: the reference solutions of exercises 03, 11, 13 and 16, and our own.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, fs, process};

/// The exercises whose solutions are measured.
const SOLUTIONS: [&str; 4] = ["sol03", "sol11", "sol13", "sol16"];

/// Builds the solutions as they are measured: optimised.
pub(crate) fn build() -> Result<(), Box<dyn Error>> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.args(["build", "--release", "--bins"]).args(SOLUTIONS.iter().flat_map(|name| ["-p", name]));
    if cargo.status()?.success() { Ok(()) } else { Err("the solutions do not build (see above)".into()) }
}

/// A running server; ends when dropped.
pub(crate) struct Server {
    child: Child,
    /// What it prints behind LISTENING: an address, or a path.
    pub(crate) address: String,
    folder: Option<PathBuf>,
}

impl Server {
    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// The program of a solution, such as `sol03-echo`.
pub(crate) fn course(program: &str) -> Result<Server, Box<dyn Error>> {
    // target/release/deps/echo-… is this program; the solutions stand two levels up.
    let own = env::current_exe()?;
    let folder = own.ancestors().nth(2).ok_or("this program stands in no target folder")?;
    start(Command::new(folder.join(program).with_extension(env::consts::EXE_EXTENSION)), None)
}

/// A server of this package.
pub(crate) fn own(kind: &str) -> Result<Server, Box<dyn Error>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bench-server"));
    command.arg(kind);
    start(command, None)
}

/// The echo at a path, in a folder of its own.
#[cfg(unix)]
pub(crate) fn unix() -> Result<Server, Box<dyn Error>> {
    let folder = env::temp_dir().join(format!("course-bench-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let own = env::current_exe()?;
    let programs = own.ancestors().nth(2).ok_or("this program stands in no target folder")?;
    let mut command = Command::new(programs.join("sol11-echo"));
    command.arg(folder.join("echo.sock"));
    start(command, Some(folder))
}

fn start(mut command: Command, folder: Option<PathBuf>) -> Result<Server, Box<dyn Error>> {
    // An open stdin: the Unix server takes its end as the sign to leave.
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let stdout = child.stdout.take().ok_or("no stdout")?;
    let mut server = Server { child, address: String::new(), folder };
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let address = line.trim().strip_prefix("LISTENING ");
    server.address = address.ok_or_else(|| format!("{command:?} printed {line:?}, not LISTENING"))?.to_owned();
    Ok(server)
}
