//! A server: the program that announces its address and waits for connections.

mod address;
mod control;
mod state;

use std::net::SocketAddr;
use std::sync::Arc;

pub(crate) use address::{Connect, ListenAddress, SocketOptions};
pub use control::Signal;
pub use state::{IdleSample, ResourceUsage};

use super::datagram::{DatagramPeer, DatagramSocket};
use crate::limits::{EXIT_GRACE, START_TIMEOUT};
use crate::log::Log;
use crate::peer::{ConnectionOrigin, Peer, PeerIds};
use crate::process::{Process, how_it_ended, printable};
use crate::{Failure, Sentence, Symptom, Text, sentence};

/// What stands in front of the address, on the first line of a server's stdout.
const ANNOUNCEMENT: &str = "LISTENING ";

/// A first line longer than this is no announcement.
const LONGEST_LINE: usize = 4096;

/// A server that listens, at an address or, as a [`UnixServer`](crate::UnixServer), at a path. It
/// ends with the check.
pub struct Server<A = SocketAddr> {
    pub(crate) process: Arc<Process>,
    pub(crate) log: Log,
    pub(crate) address: A,
    pub(crate) peers: PeerIds,
}

impl<A> Server<A> {
    pub(crate) fn announced(process: Arc<Process>, log: Log, peers: PeerIds) -> Result<Self, Failure>
    where
        A: ListenAddress,
    {
        let first_line = process.stdout.wait_for(START_TIMEOUT, |output| {
            if let Some(end) = output.head.iter().position(|byte| *byte == b'\n') {
                return Some(FirstLine::Whole(String::from_utf8_lossy(&output.head[..end]).into_owned()));
            }
            let endless = output.head.len() > LONGEST_LINE;
            (endless || output.ended).then(|| {
                let begun = String::from_utf8_lossy(&output.head).into_owned();
                if endless { FirstLine::Endless(output.total) } else { FirstLine::Ended(begun) }
            })
        });
        let address = match first_line {
            Some(FirstLine::Whole(line)) => parse_announcement::<A>(&line)?,
            Some(FirstLine::Endless(total)) => return Err(flood(total)),
            Some(FirstLine::Ended(begun)) => return Err(ended(&process, &begun)),
            None => return Err(silent(&process)),
        };
        let shown = address.shown();
        log.note(None, sentence! { vi: "chương trình lắng nghe tại {shown}", en: "the program listens on {shown}" });
        Ok(Server { process, log, address, peers })
    }
}

impl Server {
    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns a socket to talk to it by datagrams. Nothing is sent yet: there is no connection to make.
    pub fn datagram_peer(&self) -> Result<DatagramPeer, Failure> {
        let socket = DatagramSocket::open(self.peers.next(), self.log.clone())?;
        Ok(DatagramPeer::new(socket, self.address, Arc::clone(&self.process)))
    }
}

#[cfg(unix)]
impl Server<std::path::PathBuf> {
    /// Its path.
    pub fn path(&self) -> &std::path::Path {
        &self.address
    }
}

impl<A: Connect> Server<A> {
    /// Connects to it.
    pub fn connect(&self) -> Result<Peer, Failure> {
        self.connect_options().connect()
    }

    /// Connects to it with a socket that is prepared first.
    pub fn connect_options(&self) -> ConnectOptions<'_, A> {
        ConnectOptions { server: self, options: SocketOptions::default() }
    }
}

impl<A> Server<A> {
    /// Ends the program. If a thread of it has panicked on the way, that is a failure, even
    /// where the others went on: a peer must not be able to make a server panic.
    pub fn stop(&self) -> Result<(), Failure> {
        self.running()?;
        self.process.end();
        if self.process.panicked() {
            return Err(Failure::new(
                Symptom::Panicked,
                Text {
                    vi: "Chương trình vẫn trả lời, nhưng thread phục vụ kết nối đó đã panic.",
                    en: "The program still answers, but the thread that served this connection panicked.",
                },
            ));
        }
        Ok(())
    }

    /// Its process id, as long as it runs.
    fn running(&self) -> Result<u32, Failure> {
        self.process.running()
    }
}

/// A connection that is being prepared.
pub struct ConnectOptions<'a, A = SocketAddr> {
    server: &'a Server<A>,
    options: SocketOptions,
}

impl<A: Connect> ConnectOptions<'_, A> {
    /// Asks for a receive buffer of `bytes` on our side, set before the connection so that the window
    /// we offer is small from the first segment on. The kernel may round it up.
    pub fn receive_buffer(mut self, bytes: usize) -> Self {
        self.options.receive_buffer = Some(bytes);
        self
    }

    /// Asks for a send buffer of `bytes` on our side, which does not grow then. The kernel may allow less.
    pub fn send_buffer(mut self, bytes: usize) -> Self {
        self.options.send_buffer = Some(bytes);
        self
    }

    /// Connects.
    pub fn connect(self) -> Result<Peer, Failure> {
        let socket = self.server.address.open(&self.options)?;
        Peer::new(socket, self.server.peers.next(), self.server.log.clone(), ConnectionOrigin::Outbound)
    }
}

enum FirstLine {
    Whole(String),
    Endless(usize),
    Ended(String),
}

fn parse_announcement<A: ListenAddress>(line: &str) -> Result<A, Failure> {
    let shown = printable(line.trim_end());
    let Some(address) = line.strip_prefix(ANNOUNCEMENT) else {
        return Err(Failure::new(
            Symptom::Garbage,
            sentence! {
                vi: "Dòng đầu tiên trên stdout là \"{shown}\", không phải \"LISTENING <địa chỉ>\".",
                en: "The first line on stdout is \"{shown}\", not \"LISTENING <address>\".",
            },
        ));
    };
    let Text { vi, en } = A::LOOKS_LIKE;
    A::parse(address.trim()).ok_or_else(|| {
        Failure::new(
            Symptom::Garbage,
            sentence! {
                vi: "Dòng \"{shown}\" không có {vi} sau chữ LISTENING.",
                en: "The line \"{shown}\" has no {en} after LISTENING.",
            },
        )
    })
}

fn flood(total: usize) -> Failure {
    Failure::new(
        Symptom::RunawayOutput,
        sentence! {
            vi: "Chương trình in hơn {total} byte ra stdout mà chưa hết một dòng, nên tôi không thấy LISTENING.",
            en: "The program printed more than {total} bytes on stdout without ending a line, so I saw no LISTENING.",
        },
    )
}

fn ended(process: &Process, begun: &str) -> Failure {
    let begun = begun_words(begun);
    match process.wait(EXIT_GRACE).map(how_it_ended) {
        Some(Sentence { vi, en }) => Failure::new(
            Symptom::Exited,
            sentence! {
                vi: "Chương trình kết thúc ({vi}) trước khi in LISTENING.",
                en: "The program ended ({en}) before it printed LISTENING.",
            },
        ),
        None => Failure::new(
            Symptom::NotListening,
            sentence! {
                vi: "Chương trình đóng stdout mà chưa in LISTENING.",
                en: "The program closed its stdout before it printed LISTENING.",
            },
        ),
    }
    .with_more(begun)
}

fn silent(process: &Process) -> Failure {
    let begun = process.stdout.look(|output| String::from_utf8_lossy(&output.head).into_owned());
    let seconds = START_TIMEOUT.as_secs();
    Failure::new(
        Symptom::NotListening,
        sentence! {
            vi: "Chờ {seconds} giây mà chương trình không in dòng LISTENING.",
            en: "I waited {seconds} seconds, and the program printed no LISTENING line.",
        },
    )
    .with_more(begun_words(&begun))
}

/// What stood on stdout without the end of its line.
fn begun_words(begun: &str) -> Sentence {
    if begun.is_empty() {
        return Sentence::default();
    }
    let begun = printable(begun);
    sentence! {
        vi: " Trên stdout chỉ có \"{begun}\", chưa xuống dòng.",
        en: " On stdout there was only \"{begun}\", without an end of line.",
    }
}
