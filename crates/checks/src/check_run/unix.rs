//! Starting a program that listens at a path. Its stdin stays open until the check closes it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use super::CheckRun;
use crate::limits::START_TIMEOUT;
use crate::process::{Process, command_line};
use crate::program::{Client, Server};
use crate::unix::UnixServer;
use crate::{Failure, Symptom, sentence};

impl CheckRun {
    /// Starts the program with `arguments`, one of which is the path where it must listen,
    /// and waits until it has announced that path.
    pub fn start_at(&mut self, arguments: &[&Path]) -> Result<UnixServer, Failure> {
        self.start_after("", arguments)
    }

    /// Does the same in a shell that has run `first`, such as `umask 000`: what a process inherits.
    pub fn start_after(&mut self, first: &str, arguments: &[&Path]) -> Result<UnixServer, Failure> {
        let process = self.launch(first, arguments)?;
        let server: UnixServer = Server::announced(process, self.log.clone(), self.peers.clone())?;
        if arguments.contains(&server.path()) {
            return Ok(server);
        }
        let announced = server.path().display();
        Err(Failure::new(
            Symptom::Garbage,
            sentence! {
                vi: "Chương trình báo LISTENING {announced}, mà tôi không bảo nó lắng nghe ở đó.",
                en: "The program announces LISTENING {announced}, and that is not where I told it to listen.",
            },
        ))
    }

    /// Starts the program, which must not listen: it must say on stderr why, and end with a failure.
    pub fn expect_start_refused(&mut self, arguments: &[&Path]) -> Result<(), Failure> {
        if let Some(server) = self.start_unless_refused(arguments)? {
            let place = server.path().display();
            return Err(Failure::new(
                Symptom::UnexpectedListen,
                sentence! {
                    vi: "Lẽ ra chương trình phải từ chối, mà nó lắng nghe tại {place}.",
                    en: "The program should have refused, yet it listens at {place}.",
                },
            ));
        }
        Ok(())
    }

    /// Starts the program, which may listen or refuse; if it refuses, it must say on stderr why, and end
    /// with a failure.
    pub fn start_unless_refused(&mut self, arguments: &[&Path]) -> Result<Option<UnixServer>, Failure> {
        let process = self.launch("", arguments)?;
        let listens = process.stdout.wait_for(START_TIMEOUT, |output| {
            let whole_line = output.head.contains(&b'\n');
            (whole_line || output.ended).then_some(whole_line)
        });
        if listens == Some(true) {
            return Server::announced(process, self.log.clone(), self.peers.clone()).map(Some);
        }
        let ended = Client::started(process, self.log.clone()).finish()?;
        ended.expect_failure()?;
        ended.expect_error_message()?;
        Ok(None)
    }

    fn launch(&mut self, first: &str, arguments: &[&Path]) -> Result<Arc<Process>, Failure> {
        let shown: Vec<String> = arguments.iter().map(|path| path.display().to_string()).collect();
        let line = command_line(&self.program, &shown);
        let before = if first.is_empty() { String::new() } else { format!("{first}; ") };
        self.log.note(None, sentence! { vi: "tôi chạy: {before}{line}", en: "I run: {before}{line}" });
        let mut command = if first.is_empty() { Command::new(&self.program) } else { after(first, &self.program) };
        command.args(arguments).stdin(Stdio::piped());
        let process = Process::spawn(command)?;
        Ok(self.keep(process))
    }
}

/// Returns a shell that runs `first` and then becomes `program`, under the same process id.
fn after(first: &str, program: &Path) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("{first}; exec \"$0\" \"$@\"")).arg(program);
    shell
}
