//! A server task: the program that announces its address and waits to be called.

use std::net::SocketAddr;
use std::sync::Arc;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::{Process, how_it_ended, printable, procfs};
use crate::limits::{LAST_BREATH, START, STEP};
use crate::log::Log;
use crate::peer::{self, Peer, Peers};
use crate::{Failure, Said, Symptom, Text, said, text};

/// What stands in front of the address, on the first line of a server's stdout.
const ANNOUNCEMENT: &str = "LISTENING ";

/// A first line longer than this is no announcement.
const LONGEST_LINE: usize = 4096;

/// Where a server may listen, as it says in its announcement.
pub(crate) trait Place: Sized {
    /// What follows `LISTENING`, in words for a person.
    const LOOKS_LIKE: Text;

    /// Reads it.
    fn read(word: &str) -> Option<Self>;

    /// Shows it.
    fn shown(&self) -> String;
}

impl Place for SocketAddr {
    const LOOKS_LIKE: Text = text!("một địa chỉ dạng 127.0.0.1:PORT", "an address like 127.0.0.1:PORT");

    fn read(word: &str) -> Option<SocketAddr> {
        word.parse().ok()
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

/// For a program that may choose what carries its bytes: whatever it calls its place.
impl Place for String {
    const LOOKS_LIKE: Text = text!("một địa chỉ hay đường dẫn", "an address or a path");

    fn read(word: &str) -> Option<String> {
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn shown(&self) -> String {
        self.clone()
    }
}

/// A server that listens, at an address or, as a [`UnixServer`](crate::UnixServer), at a path. It
/// ends with the check.
pub struct Server<A = SocketAddr> {
    pub(crate) process: Arc<Process>,
    pub(crate) log: Log,
    pub(crate) address: A,
    pub(crate) peers: Peers,
}

impl<A> Server<A> {
    pub(crate) fn announced(process: Arc<Process>, log: Log, peers: Peers) -> Result<Self, Failure>
    where
        A: Place,
    {
        let first_line = process.stdout.wait_for(START, |output| {
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
        log.aside(None, said! { vi: "chương trình lắng nghe tại {shown}", en: "the program listens on {shown}" });
        Ok(Server { process, log, address, peers })
    }
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Calls it.
    pub fn connect(&self) -> Result<Peer, Failure> {
        self.dial().connect()
    }

    /// Calls it with a socket that is prepared first.
    pub fn dial(&self) -> Dial<'_> {
        Dial { server: self, receive_buffer: None, send_buffer: None }
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
                text!(
                    "Chương trình vẫn trả lời, nhưng thread phục vụ kết nối đó đã panic.",
                    "The program still answers, but the thread that served this connection panicked.",
                ),
            ));
        }
        Ok(())
    }
}

impl<A> Server<A> {
    /// Its process id, as long as it runs. A process that has ended still has a place in `/proc`
    /// until it is reaped, with nothing in it.
    pub(crate) fn running(&self) -> Result<u32, Failure> {
        match self.process.ended() {
            None => Ok(self.process.id),
            Some(_) => Err(procfs::ended()),
        }
    }
}

/// A call that is being prepared.
pub struct Dial<'a> {
    server: &'a Server,
    receive_buffer: Option<usize>,
    send_buffer: Option<usize>,
}

impl Dial<'_> {
    /// Asks for a receive buffer of `bytes` on our side, set before the call so that the window
    /// we offer is small from the first segment on. The kernel may round it up.
    pub fn receive_buffer(mut self, bytes: usize) -> Self {
        self.receive_buffer = Some(bytes);
        self
    }

    /// Asks for a send buffer of `bytes` on our side, which does not grow then. The kernel may allow less.
    pub fn send_buffer(mut self, bytes: usize) -> Self {
        self.send_buffer = Some(bytes);
        self
    }

    /// Calls.
    pub fn connect(self) -> Result<Peer, Failure> {
        let socket = self.open()?;
        Peer::new(socket, self.server.peers.next(), self.server.log.clone(), peer::Met::Called)
    }

    /// Calls, without an entry in the record.
    pub(super) fn open(&self) -> Result<Socket, Failure> {
        let address = self.server.address;
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))
            .map_err(|error| Failure::infra("socket", &error))?;
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes).map_err(|error| Failure::infra("SO_RCVBUF", &error))?;
        }
        if let Some(bytes) = self.send_buffer {
            socket.set_send_buffer_size(bytes).map_err(|error| Failure::infra("SO_SNDBUF", &error))?;
        }
        socket
            .connect_timeout(&SockAddr::from(address), STEP)
            .map_err(|error| peer::connect_failure(address, &error))?;
        Ok(socket)
    }
}

enum FirstLine {
    Whole(String),
    Endless(usize),
    Ended(String),
}

fn parse_announcement<A: Place>(line: &str) -> Result<A, Failure> {
    let shown = printable(line.trim_end());
    let Some(address) = line.strip_prefix(ANNOUNCEMENT) else {
        return Err(Failure::new(
            Symptom::Garbage,
            said! {
                vi: "Dòng đầu tiên trên stdout là \"{shown}\", không phải \"LISTENING <địa chỉ>\".",
                en: "The first line on stdout is \"{shown}\", not \"LISTENING <address>\".",
            },
        ));
    };
    let Text { vi, en } = A::LOOKS_LIKE;
    A::read(address.trim()).ok_or_else(|| {
        Failure::new(
            Symptom::Garbage,
            said! {
                vi: "Dòng \"{shown}\" không có {vi} sau chữ LISTENING.",
                en: "The line \"{shown}\" has no {en} after LISTENING.",
            },
        )
    })
}

fn flood(total: usize) -> Failure {
    Failure::new(
        Symptom::Flood,
        said! {
            vi: "Chương trình in hơn {total} byte ra stdout mà chưa hết một dòng, nên tôi không thấy LISTENING.",
            en: "The program printed more than {total} bytes on stdout without ending a line, so I saw no LISTENING.",
        },
    )
}

fn ended(process: &Process, begun: &str) -> Failure {
    let begun = begun_words(begun);
    match process.wait(LAST_BREATH).map(how_it_ended) {
        Some(Said { vi, en }) => Failure::new(
            Symptom::Exited,
            said! {
                vi: "Chương trình kết thúc ({vi}) trước khi in LISTENING.",
                en: "The program ended ({en}) before it printed LISTENING.",
            },
        ),
        None => Failure::new(
            Symptom::NotListening,
            said! {
                vi: "Chương trình đóng stdout mà chưa in LISTENING.",
                en: "The program closed its stdout before it printed LISTENING.",
            },
        ),
    }
    .with_more(begun)
}

fn silent(process: &Process) -> Failure {
    let begun = process.stdout.look(|output| String::from_utf8_lossy(&output.head).into_owned());
    let seconds = START.as_secs();
    Failure::new(
        Symptom::NotListening,
        said! {
            vi: "Chờ {seconds} giây mà chương trình không in dòng LISTENING.",
            en: "I waited {seconds} seconds, and the program printed no LISTENING line.",
        },
    )
    .with_more(begun_words(&begun))
}

/// What stood on stdout without the end of its line.
fn begun_words(begun: &str) -> Said {
    if begun.is_empty() {
        return Said::default();
    }
    let begun = printable(begun);
    said! {
        vi: " Trên stdout chỉ có \"{begun}\", chưa xuống dòng.",
        en: " On stdout there was only \"{begun}\", without an end of line.",
    }
}
