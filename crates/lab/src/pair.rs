//! A server and a driver at work, with the network between them.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use link::relay::Relay;

use crate::candidate::Candidate;
use crate::contract::{Measure, Measurement, Until};
use crate::network::Network;
use crate::payloads::LARGEST;
use crate::process::Process;
use crate::results::Implementation;
use crate::text;

/// How long a program may take to start; Python with its imports needs seconds on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an answer may take beyond what was asked to be measured.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// What the two programs of a pair run under, and what each frame costs.
#[derive(Clone)]
pub(crate) struct RunConfig<'a> {
    pub(crate) network: &'a Network,
    /// Words in front of the server's command line, such as `strace -f -c`, and of the driver's.
    pub(crate) server: Vec<OsString>,
    pub(crate) driver: Vec<OsString>,
    /// What each frame costs the server.
    pub(crate) work: Duration,
    /// Where a link takes its losses from.
    pub(crate) seed: u64,
    /// The largest frame that will be sent, in bytes: no candidate has to prove more.
    pub(crate) most: usize,
}

impl<'a> RunConfig<'a> {
    /// Nothing but the network.
    pub(crate) fn on(network: &'a Network, seed: u64) -> RunConfig<'a> {
        RunConfig { network, server: Vec::new(), driver: Vec::new(), work: Duration::ZERO, seed, most: LARGEST }
    }

    /// The same for frames of so many bytes and fewer.
    pub(crate) fn only_up_to(self, most: usize) -> RunConfig<'a> {
        RunConfig { most, ..self }
    }

    /// The same with servers that work on each frame.
    pub(crate) fn working(&self, work: Duration) -> RunConfig<'a> {
        RunConfig { work, ..self.clone() }
    }
}

/// A server and a driver that are connected.
pub(crate) struct Pair {
    /// First, so that it goes before the server does.
    driver: Process,
    server: Option<Process>,
    /// What stands between them, if anything of ours does.
    _relay: Option<Relay>,
    /// The kind that the driver has loaded.
    loaded: Option<String>,
    /// What the driver calls.
    address: String,
}

impl Pair {
    /// Starts both, with the network between them.
    ///
    /// # Errors
    /// What kept either of them from starting, as a sentence.
    pub(crate) fn start(candidate: &Candidate, frames: &Path, config: &RunConfig) -> Result<Pair, String> {
        let (mut before_server, mut before_driver, host) = config.network.config();
        before_server.extend(config.server.iter().cloned());
        before_driver.extend(config.driver.iter().cloned());
        if let Some(address) = config.network.remote_server(candidate, config.work)? {
            return Pair::drive(candidate, &address, frames, &before_driver);
        }
        let mut command = candidate.command("serve", &before_server);
        if let Some(host) = host {
            if candidate.implementation != Implementation::Rust {
                return Err(text::only_on_loopback(&candidate.name));
            }
            command.arg("--host").arg(host.to_string());
        }
        if !config.work.is_zero() {
            command.arg("--work-ms").arg(config.work.as_millis().to_string());
        }
        let mut server = Process::start(&mut command)?;
        let line = server.read_line(START_TIMEOUT).map_err(|why| format!("serve: {why}"))?;
        let address = line.strip_prefix("LISTENING ");
        let address = address.ok_or_else(|| format!("serve: LISTENING … expected, not “{line}”"))?;
        if !config.network.within_one_machine() && address.starts_with('/') {
            return Err(text::only_here(&candidate.name));
        }
        let mut pair = match config.network.relay(candidate, address, config.seed)? {
            Some((relay, address)) => {
                let pair = Pair::drive(candidate, &address, frames, &before_driver)?;
                Pair { _relay: Some(relay), ..pair }
            }
            None => Pair::drive(candidate, address, frames, &before_driver)?,
        };
        pair.server = Some(server);
        Ok(pair)
    }

    /// Starts the driver, for a server that stands somewhere.
    fn drive(candidate: &Candidate, address: &str, frames: &Path, before: &[OsString]) -> Result<Pair, String> {
        let mut command = candidate.command("drive", before);
        command.arg(address).arg("--frames").arg(frames);
        let mut driver = Process::start(&mut command)?;
        let line = driver.read_line(START_TIMEOUT).map_err(|why| format!("drive: {why}"))?;
        match line.strip_prefix("error ") {
            _ if line == "READY" => {
                Ok(Pair { driver, server: None, _relay: None, loaded: None, address: address.to_owned() })
            }
            Some(why) => Err(why.to_owned()),
            None => Err(format!("drive: READY expected, not “{line}”")),
        }
    }

    /// The server, where it is ours to look at.
    pub(crate) fn server(&self) -> Option<u32> {
        self.server.as_ref().map(Process::id)
    }

    /// Where the server is, as the driver was told.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The driver.
    pub(crate) fn driver(&self) -> u32 {
        self.driver.id()
    }

    /// Lets the driver load the frames of a kind, unless it has them.
    ///
    /// # Errors
    /// When it cannot.
    pub(crate) fn load(&mut self, kind: &str) -> Result<(), String> {
        if self.loaded.as_deref() == Some(kind) {
            return Ok(());
        }
        let answer = self.ask(&format!("load {kind}"), ANSWER_TIMEOUT)?;
        match answer.strip_prefix("loaded ").and_then(|count| count.parse::<usize>().ok()) {
            None | Some(0) => Err(format!("load {kind}: {answer}")),
            Some(_) => {
                self.loaded = Some(kind.to_owned());
                Ok(())
            }
        }
    }

    /// Sends one frame from a file; gives number and checksum of the acknowledgement.
    ///
    /// # Errors
    /// When none came.
    pub(crate) fn send(&mut self, number: u64, checksum: u64, file: &Path) -> Result<(u64, u64), String> {
        let answer = self.ask(&send_line(number, checksum, file), ANSWER_TIMEOUT)?;
        acknowledged(&answer)
    }

    /// As [`Pair::send`], while the server is held by `hold` and lets go of when what it gave is dropped: answers whether
    /// an acknowledgement came before that, and then the acknowledgement.
    ///
    /// # Errors
    /// When none came at all.
    pub(crate) fn send_while_held<Held>(
        &mut self,
        (number, checksum, file): (u64, u64, &Path),
        held: Held,
        long: Duration,
    ) -> Result<(bool, (u64, u64)), String> {
        self.driver.send_line(&send_line(number, checksum, file))?;
        let early = self.driver.try_read_line(long);
        drop(held);
        let (was_early, answer) = match early {
            Some(answer) => (true, answer),
            None => (false, self.driver.read_line(ANSWER_TIMEOUT)?),
        };
        Ok((was_early, acknowledged(&answer)?))
    }

    /// Measures.
    ///
    /// # Errors
    /// What the driver says went wrong, or that it says nothing.
    pub(crate) fn measure(&mut self, measure: Measure) -> Result<Measurement, String> {
        let longest = match measure.until {
            Until::Frames(_) => Duration::from_secs(60),
            Until::Time(time) => time,
        };
        let answer = self.ask(&format!("measure {measure}"), longest + ANSWER_TIMEOUT)?;
        answer.parse()
    }

    fn ask(&mut self, line: &str, within: Duration) -> Result<String, String> {
        self.driver.send_line(line)?;
        let answer = self.driver.read_line(within)?;
        match answer.strip_prefix("error ") {
            Some(why) => Err(why.to_owned()),
            None => Ok(answer),
        }
    }
}

fn send_line(number: u64, checksum: u64, file: &Path) -> String {
    format!("send {number} {checksum:016x} {}", file.display())
}

/// `ack NUMBER CHECKSUM`
fn acknowledged(answer: &str) -> Result<(u64, u64), String> {
    let words: Vec<&str> = answer.split(' ').collect();
    match words[..] {
        ["ack", number, checksum] => number.parse().ok().zip(u64::from_str_radix(checksum, 16).ok()),
        _ => None,
    }
    .ok_or_else(|| format!("“ack NUMBER CHECKSUM” expected, not “{answer}”"))
}
