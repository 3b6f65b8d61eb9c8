//! One run of a check: the program under judgement, and the record of what was sent to it.

#[cfg(unix)]
mod unix;

use std::fs;
use std::net::{IpAddr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use tempfile::TempDir;

use crate::limits::EXIT_GRACE;
use crate::log::Log;
use crate::peer::PeerIds;
use crate::ports::{HeldPort, Ports};
use crate::process::{Process, command_line, how_it_ended};
use crate::program::{
    BACKLOG, Blackhole, Client, DatagramSocket, HERE, InteractiveProcess, Listener, RefusingAddress, Server,
};
use crate::{Failure, Rng, Sentence, Symptom, Text, sentence};

/// How many lines of the program's stderr a failure shows.
const STDERR_TAIL: usize = 4;

/// One run of a check: starts the program, makes random choices, keeps the record.
///
/// Whatever it starts ends with it.
pub struct CheckRun {
    program: PathBuf,
    rng: Rng,
    log: Log,
    peers: PeerIds,
    processes: Vec<Arc<Process>>,
    folder: Option<TempDir>,
}

impl CheckRun {
    pub(crate) fn new(program: &Path, seed: u64, check: &str) -> CheckRun {
        CheckRun {
            program: program.to_owned(),
            rng: Rng::new(seed, check),
            log: Log::default(),
            peers: PeerIds::default(),
            processes: Vec::new(),
            folder: None,
        }
    }

    /// Starts the program as a server and waits until it has announced its address.
    pub fn start(&mut self) -> Result<Server, Failure> {
        self.start_with(&[])
    }

    /// Starts the program as a server with `arguments`.
    pub fn start_with(&mut self, arguments: &[String]) -> Result<Server, Failure> {
        let process = self.spawn(arguments)?;
        Server::announced(process, self.log.clone(), self.peers.clone())
    }

    /// Starts the program as a server with `arguments` and an stdin that stays open until
    /// [`close_stdin`](Server::close_stdin). It may listen at any address or path.
    pub fn start_at_any_address(&mut self, arguments: &[&str]) -> Result<Server<String>, Failure> {
        let process = self.start_held(arguments)?;
        Server::announced(process, self.log.clone(), self.peers.clone())
    }

    /// Starts the program with `arguments`, and talks to it through its stdin.
    pub fn spawn_interactive(&mut self, arguments: &[&str]) -> Result<InteractiveProcess, Failure> {
        let process = self.start_held(arguments)?;
        Ok(InteractiveProcess::new(process, self.log.clone()))
    }

    /// Opens a listener that a client can connect to.
    pub fn listen(&self) -> Result<Listener, Failure> {
        self.listen_at(HERE)
    }

    /// Opens a listener that a client can connect to, at an address of ours; for IPv6, ask
    /// [`ipv6_loopback`](CheckRun::ipv6_loopback) first.
    pub fn listen_at(&self, host: IpAddr) -> Result<Listener, Failure> {
        Listener::open(host, BACKLOG, self.log.clone(), self.peers.clone())
    }

    /// Reserves an address that refuses connections.
    pub fn refusing_address(&self) -> Result<RefusingAddress, Failure> {
        self.refusing_address_at((HERE, 0).into())
    }

    /// Reserves an address of ours that refuses connections; with port 0, any port.
    pub fn refusing_address_at(&self, address: SocketAddr) -> Result<RefusingAddress, Failure> {
        RefusingAddress::open(address)
    }

    /// Opens an address that does not answer at all, no refusal either. Linux; elsewhere the check is skipped.
    pub fn blackhole(&self) -> Result<Blackhole, Failure> {
        Blackhole::open(self.log.clone(), self.peers.clone())
    }

    /// Opens a datagram socket of ours: the server that a client is told to ask, or a stranger.
    pub fn datagram_socket(&self) -> Result<DatagramSocket, Failure> {
        DatagramSocket::open(self.peers.next(), self.log.clone())
    }

    /// Starts the program as a client with `arguments`.
    pub fn start_client(&mut self, arguments: &[String]) -> Result<Client, Failure> {
        let process = self.spawn(arguments)?;
        Ok(Client::started(process, self.log.clone()))
    }

    /// Returns `count` free ports in a row, at a loopback address that no other check has now.
    pub fn ports(&mut self, count: u16) -> Result<Ports, Failure> {
        Ports::choose(&mut self.rng, count)
    }

    /// Returns the last port there is, already taken; skips the check where it cannot be held for sure.
    pub fn last_port(&self) -> Result<(Ports, HeldPort), Failure> {
        Ports::last_held()
    }

    /// Returns the IPv6 loopback address, port 0, to give to a server. Skips the check on a machine
    /// where IPv6 is switched off.
    pub fn ipv6_loopback(&self) -> Result<SocketAddr, Failure> {
        let address = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
        TcpListener::bind(address).map(|_| address).map_err(|_| Failure::no_ipv6())
    }

    /// Writes a file for the program to read. It is gone when the check ends.
    pub fn file(&mut self, name: &str, content: &[u8]) -> Result<PathBuf, Failure> {
        let infra = |error| Failure::infra(name, &error);
        let path = self.path(name)?;
        fs::write(&path, content).map_err(infra)?;
        Ok(path)
    }

    /// Returns a free path in a folder of this check's own. It is gone when the check ends.
    pub fn path(&mut self, name: &str) -> Result<PathBuf, Failure> {
        let folder = match self.folder.take() {
            Some(folder) => folder,
            None => TempDir::new().map_err(|error| Failure::infra(name, &error))?,
        };
        let path = folder.path().join(name);
        self.folder = Some(folder);
        Ok(path)
    }

    /// Returns the random choices of this check.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Puts `question` up to `tries` times, as long as it fails with `symptom`; one pass is enough.
    ///
    /// For what a right program does only on a machine that stalls. A wrong one must do it every
    /// time, for reasons that have nothing to do with the clock.
    pub fn retry(
        &mut self,
        symptom: Symptom,
        tries: usize,
        mut question: impl FnMut(&mut CheckRun) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for _ in 1..tries {
            match question(self) {
                Err(failure) if failure.symptom == symptom => self.forget(),
                answer => return answer,
            }
        }
        question(self)
    }

    /// Ends what has been started, and begins a new record.
    fn forget(&mut self) {
        for process in self.processes.drain(..) {
            process.end();
        }
        (self.log, self.peers) = Default::default();
    }

    /// Adds a remark to the record, to tell the learner what this part is about.
    pub fn note(&self, what: impl Into<Sentence>) {
        self.log.note(None, what);
    }

    fn start_held(&mut self, arguments: &[&str]) -> Result<Arc<Process>, Failure> {
        let words: Vec<String> = arguments.iter().map(|word| (*word).to_owned()).collect();
        let line = command_line(&self.program, &words);
        self.log.note(None, sentence! { vi: "tôi chạy: {line}", en: "I run: {line}" });
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::piped());
        let process = Process::spawn(command)?;
        Ok(self.keep(process))
    }

    fn spawn(&mut self, arguments: &[String]) -> Result<Arc<Process>, Failure> {
        if !arguments.is_empty() {
            let line = command_line(&self.program, arguments);
            self.log.note(None, sentence! { vi: "tôi chạy: {line}", en: "I run: {line}" });
        }
        Ok(self.keep(Process::start(&self.program, arguments)?))
    }

    /// Remembers a process of this check, so that it ends with it.
    fn keep(&mut self, process: Process) -> Arc<Process> {
        let process = Arc::new(process);
        self.processes.push(Arc::clone(&process));
        process
    }

    /// Ends the program and adds to `failure` what can be known only then: whether it had gone
    /// by itself, and its last words.
    pub(crate) fn complete(self, mut failure: Failure) -> Failure {
        if !failure.symptom.is_about_the_program() {
            return failure;
        }
        failure.timeline = self.log.events();
        let timeout = if failure.symptom.is_gone() { EXIT_GRACE } else { Default::default() };
        let gone = |process: &Process| if process.ended_by_us() { None } else { process.wait(timeout) };
        let ends: Vec<_> = self.processes.iter().map(|process| gone(process)).collect();
        for (process, gone) in self.processes.iter().zip(ends) {
            process.end();
            let stderr_tail = process.stderr_tail(STDERR_TAIL);
            if !stderr_tail.is_empty() {
                failure.stderr = stderr_tail;
            }
            if process.stopped_at_todo() {
                return not_started(failure);
            }
            if failure.symptom.is_gone() && process.panicked() {
                failure = died(
                    failure,
                    Symptom::Panicked,
                    Text { vi: "Chương trình đã panic.", en: "The program panicked." }.into(),
                );
            } else if failure.symptom.is_gone()
                && failure.symptom != Symptom::Exited
                && let Some(status) = gone
            {
                let Sentence { vi, en } = how_it_ended(status);
                let what = sentence! { vi: "Chương trình đã kết thúc ({vi}).", en: "The program has ended ({en})." };
                failure = died(failure, Symptom::Exited, what);
            }
        }
        failure
    }
}

/// Puts the cause in front of what was noticed of it.
fn died(mut failure: Failure, symptom: Symptom, cause: Sentence) -> Failure {
    if failure.symptom != symptom {
        let effect = std::mem::replace(&mut failure.what, cause);
        let Sentence { vi, en } = effect;
        failure = failure.with_more(sentence! { vi: " {vi}", en: " {en}" });
        failure.symptom = symptom;
    }
    failure
}

fn not_started(failure: Failure) -> Failure {
    let what = Text {
        vi: "Chưa bắt đầu: chương trình dừng ở todo!().",
        en: "Not started yet: the program stopped at todo!().",
    };
    Failure { stderr: failure.stderr, ..Failure::new(Symptom::NotStarted, what) }
}
