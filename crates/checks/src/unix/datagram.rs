//! A peer that sends datagrams to a path, with a name to answer to or without.

use std::io;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use socket2::SockRef;

use super::UnixServer;
use crate::limits::{PROGRESS_TIMEOUT, START_TIMEOUT};
use crate::log::{Direction, Event, Log};
use crate::process::Process;
use crate::program::{POLL_INTERVAL, SILENCE, await_datagram, differs, named};
use crate::{Failure, Sentence, Symptom, Text, sentence};

/// Longer than any answer that a check expects, in bytes.
const BUFFER_SIZE: usize = 65_536;

/// The send buffer, in bytes: more than the longest datagram that a check sends.
const ON_ITS_WAY: usize = 512 * 1024;

/// The name of a datagram socket.
#[derive(Clone, Copy, Debug)]
pub enum UnixName<'a> {
    /// It has none: it can be sent nothing.
    Unnamed,
    /// A path, which the socket makes.
    Path(&'a Path),
    /// A name that is in no folder. Linux only; elsewhere the check is skipped.
    Abstract(&'a [u8]),
}

/// A datagram socket of ours that talks to a server at a path.
pub struct UnixDatagramPeer {
    socket: UnixDatagram,
    path: Option<PathBuf>,
    server: PathBuf,
    index: usize,
    log: Log,
    process: Arc<Process>,
}

fn bind(name: UnixName) -> Result<UnixDatagram, Failure> {
    match name {
        UnixName::Unnamed => UnixDatagram::unbound(),
        UnixName::Path(path) => UnixDatagram::bind(path),
        #[cfg(target_os = "linux")]
        UnixName::Abstract(name) => {
            use std::os::linux::net::SocketAddrExt;
            SocketAddr::from_abstract_name(name).and_then(|name| UnixDatagram::bind_addr(&name))
        }
        #[cfg(not(target_os = "linux"))]
        UnixName::Abstract(_) => return Err(Failure::unsupported()),
    }
    .map_err(|error| Failure::infra("bind", &error))
}

impl UnixDatagramPeer {
    /// Opens a socket with this name, to send datagrams to `server`. Nothing is sent yet.
    pub fn open(server: &UnixServer, name: UnixName) -> Result<UnixDatagramPeer, Failure> {
        let socket = bind(name)?;
        socket.set_read_timeout(Some(POLL_INTERVAL)).map_err(|error| Failure::infra("SO_RCVTIMEO", &error))?;
        socket.set_write_timeout(Some(PROGRESS_TIMEOUT)).map_err(|error| Failure::infra("SO_SNDTIMEO", &error))?;
        SockRef::from(&socket).set_send_buffer_size(ON_ITS_WAY).map_err(|error| Failure::infra("SO_SNDBUF", &error))?;
        let (index, log) = (server.peers.next(), server.log.clone());
        let who = match name {
            UnixName::Unnamed => Text { vi: "một socket không tên", en: "a socket without a name" }.into(),
            UnixName::Path(path) => {
                let path = path.display();
                sentence! { vi: "một socket tên {path}", en: "a socket with the name {path}" }
            }
            UnixName::Abstract(name) => {
                let name = name.escape_ascii();
                sentence! { vi: "một socket tên trừu tượng @{name}", en: "a socket with the abstract name @{name}" }
            }
        };
        log.note(Some(index), who);
        let path = if let UnixName::Path(path) = name { Some(path.to_owned()) } else { None };
        let (server, process) = (server.path().to_owned(), Arc::clone(&server.process));
        Ok(UnixDatagramPeer { socket, path, server, index, log, process })
    }

    /// Connects to the server: from now on our socket takes datagrams from the server's socket only.
    pub fn connect(&self) -> Result<(), Failure> {
        self.note(Text {
            vi: "tôi connect: chỉ nhận từ socket đó", en: "I connect: I take from that socket only"
        });
        self.socket.connect(&self.server).map_err(|error| self.send_failure(&error, 0))
    }

    /// Sends one datagram.
    pub fn send(&self, bytes: &[u8]) -> Result<(), Failure> {
        let how = named(bytes, Text { vi: "một datagram", en: "one datagram" }.into());
        self.log.add(Event::bytes(Direction::Out, self.index, bytes, how));
        let connected = self.socket.peer_addr().is_ok();
        let sent = if connected { self.socket.send(bytes) } else { self.socket.send_to(bytes, &self.server) };
        sent.map(drop).map_err(|error| self.send_failure(&error, bytes.len()))
    }

    /// The next datagram must come from the server's own socket, and be exactly `expected`.
    pub fn expect(&self, expected: &[u8]) -> Result<(), Failure> {
        let (came, from) = await_datagram(&self.process, Instant::now() + PROGRESS_TIMEOUT, || self.try_receive())
            .inspect_err(|failure| {
                if failure.symptom == Symptom::Silence {
                    self.note(SILENCE);
                }
            })?;
        self.log.add(Event::bytes(
            Direction::In,
            self.index,
            &came,
            named(&came, Text { vi: "một datagram", en: "one datagram" }.into()),
        ));
        if from.as_pathname() != Some(&self.server) {
            return Err(self.other_sender());
        }
        if came == expected { Ok(()) } else { Err(differs(expected, &came)) }
    }

    /// No datagram may have come. To be asked when the program has ended, or has answered a later one.
    pub fn expect_nothing(&self) -> Result<(), Failure> {
        let Some((came, _)) = self.try_receive()? else { return Ok(()) };
        self.log.add(Event::bytes(Direction::In, self.index, &came, named(&came, Sentence::default())));
        Err(Failure::new(
            Symptom::ExtraBytes,
            Text {
                vi: "Lẽ ra không có datagram nào quay lại, mà có một cái đã tới.",
                en: "No datagram should have come back, yet one did.",
            },
        ))
    }

    /// Nothing may come until the program has ended by itself.
    pub fn expect_nothing_before_end(&self) -> Result<(), Failure> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            // Asked first, so that what a program said before it ended is still heard.
            let ended = self.process.ended().is_some();
            self.expect_nothing()?;
            if ended {
                return Ok(());
            }
            if Instant::now() >= deadline {
                return Err(Failure::new(
                    Symptom::StillRunning,
                    Text {
                        vi: "Lẽ ra chương trình phải kết thúc với một lỗi, mà nó vẫn chạy.",
                        en: "The program should have ended with an error, yet it goes on.",
                    },
                ));
            }
        }
    }

    /// Puts datagrams of ours into our own queue until it takes no more; they are never read. A program that
    /// answers us from now on finds the queue full.
    pub fn fill_queue(&self) -> Result<(), Failure> {
        /// No system keeps so many.
        const FULL: usize = 100_000;
        let infra = |error| Failure::infra("fill", &error);
        let Some(path) = &self.path else { return Err(Failure::infra("fill", &"no path")) };
        let mut total = 0;
        loop {
            // Each sender may have only so much on its way; the next one tells whether it was that.
            let filler = UnixDatagram::unbound().map_err(infra)?;
            filler.set_nonblocking(true).map_err(infra)?;
            let before = total;
            while total < FULL && filler.send_to(b"x", path).is_ok() {
                total += 1;
            }
            if total == before {
                break;
            }
        }
        self.note(sentence! {
            vi: "hàng đợi của socket này đã đầy ({total} datagram), và tôi không đọc",
            en: "the queue of this socket is full ({total} datagrams), and I do not read",
        });
        Ok(())
    }

    /// Closes the socket and removes its name: answers are refused.
    pub fn close(self) -> Result<(), Failure> {
        self.note(Text {
            vi: "tôi đóng socket này và xóa tên của nó", en: "I close this socket and remove its name"
        });
        drop(self.socket);
        match &self.path {
            Some(path) => std::fs::remove_file(path).map_err(|error| Failure::infra("unlink", &error)),
            None => Ok(()),
        }
    }

    /// The next datagram, if there is one within [`POLL_INTERVAL`].
    fn try_receive(&self) -> Result<Option<(Vec<u8>, SocketAddr)>, Failure> {
        let mut buffer = vec![0; BUFFER_SIZE];
        match self.socket.recv_from(&mut buffer) {
            Ok((count, from)) => {
                buffer.truncate(count);
                Ok(Some((buffer, from)))
            }
            // A connected socket hears that the program has closed its own; that is seen elsewhere.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock
                        | io::ErrorKind::TimedOut
                        | io::ErrorKind::Interrupted
                        | io::ErrorKind::ConnectionReset
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(Failure::infra("recv_from", &error)),
        }
    }

    fn send_failure(&self, error: &io::Error, length: usize) -> Failure {
        /// What some systems take at most, unless told otherwise, in bytes.
        const MODEST: usize = 2048;
        let place = self.server.display();
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Failure::new(
                Symptom::Silence,
                Text {
                    vi: "Chương trình không nhận nữa: hàng đợi của nó đầy, và tôi chờ 1,5 giây vẫn chưa có chỗ.",
                    en: "The program takes nothing any more: its queue is full, and after 1.5 seconds there was no \
                         room.",
                },
            ),
            io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset | io::ErrorKind::NotFound => {
                Failure::new(
                    Symptom::Refused,
                    sentence! {
                        vi: "Không còn socket nào nhận datagram tại {place}.",
                        en: "No socket receives datagrams at {place} any more.",
                    },
                )
            }
            _ if length > MODEST && cfg!(not(target_os = "linux")) => Failure::unsupported(),
            _ => Failure::infra("send", error),
        }
    }

    fn other_sender(&self) -> Failure {
        let asked = self.server.display();
        Failure::new(
            Symptom::WrongAddress,
            sentence! {
                vi: "Tôi gửi cho {asked}, mà câu trả lời đến từ một socket khác.",
                en: "I sent to {asked}, and the answer came from another socket.",
            },
        )
    }

    fn note(&self, what: impl Into<Sentence>) {
        self.log.note(Some(self.index), what);
    }
}
