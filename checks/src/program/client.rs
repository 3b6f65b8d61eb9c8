//! A client task: the program that calls us, prints what it learns, and ends.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::{Process, how_it_ended, printable};
use crate::limits::{START, poll};
use crate::log::Log;
use crate::peer::{Met, Peer, Peers};
use crate::{Difference, Failure, Said, Symptom, said, text};

/// How many callers may wait in the queue of a [`Listener`].
const BACKLOG: i32 = 16;

/// A place of ours that a client is told to call.
pub struct Listener {
    socket: Socket,
    address: SocketAddr,
    log: Log,
    peers: Peers,
}

impl Listener {
    pub(crate) fn open(log: Log, peers: Peers) -> Result<Listener, Failure> {
        let (socket, address) = bound()?;
        socket.listen(BACKLOG).map_err(|error| Failure::infra("listen", &error))?;
        socket.set_nonblocking(true).map_err(|error| Failure::infra("O_NONBLOCK", &error))?;
        Ok(Listener { socket, address, log, peers })
    }

    /// The address to give to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Asks for a receive buffer of `bytes` on our side of every connection from now on, so that
    /// the window we offer is small from the first segment on. The kernel may round it up.
    pub fn receive_buffer(self, bytes: usize) -> Result<Listener, Failure> {
        self.socket.set_recv_buffer_size(bytes).map_err(|error| Failure::infra("SO_RCVBUF", &error))?;
        Ok(self)
    }

    /// Waits for `client` to call.
    pub fn accept(&self, client: &Client) -> Result<Peer, Failure> {
        let accepted = poll(START, || match self.socket.accept() {
            Ok((socket, _)) => Some(Ok(socket)),
            // Asked after `accept`, so that a client which called and left is still met.
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => client
                .process
                .ended()
                .map(|status| self.socket.accept().map(|(socket, _)| socket).map_err(|_| left(status))),
            Err(error) => Some(Err(Failure::infra("accept", &error))),
        });
        let socket = accepted.unwrap_or_else(|| Err(no_call(self.address)))?;
        // On some systems a connection inherits this from its listener.
        socket.set_nonblocking(false).map_err(|error| Failure::infra("O_NONBLOCK", &error))?;
        Peer::new(socket, self.peers.next(), self.log.clone(), Met::Accepted)
    }
}

impl Listener {
    /// `client`, which has ended, must not have called.
    pub fn expect_no_call(&self, client: &Client) -> Result<(), Failure> {
        // Only once it has ended can a call no longer come; what it made before waits for us.
        client.finish()?;
        match self.socket.accept() {
            Ok(_) => Err(Failure::new(
                Symptom::ExtraCall,
                text!(
                    "Chương trình vẫn gọi tới tôi, trong khi không có gì để nói.",
                    "The program called me, though it had nothing to say.",
                ),
            )),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(Failure::infra("accept", &error)),
        }
    }
}

/// An address that is ours and at which nobody listens: whoever calls it is refused.
pub struct Closed {
    /// Keeps the port from being given to anyone else.
    _socket: Socket,
    address: SocketAddr,
}

impl Closed {
    pub(crate) fn open() -> Result<Closed, Failure> {
        let (socket, address) = bound()?;
        Ok(Closed { _socket: socket, address })
    }

    /// The address to give to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

fn bound() -> Result<(Socket, SocketAddr), Failure> {
    let infra = |error| Failure::infra("bind", &error);
    let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).map_err(infra)?;
    socket.bind(&SockAddr::from(SocketAddr::from(([127, 0, 0, 1], 0)))).map_err(infra)?;
    let address = socket.local_addr().map_err(infra)?;
    let address = address.as_socket().ok_or_else(|| Failure::infra("bind", &"no IP address"))?;
    Ok((socket, address))
}

/// A client that runs. It ends with the check.
pub struct Client {
    process: Arc<Process>,
    log: Log,
}

impl Client {
    pub(crate) fn started(process: Arc<Process>, log: Log, program: &Path, arguments: &[String]) -> Client {
        let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
        let arguments = arguments.join(" ");
        log.aside(None, said! { vi: "tôi chạy: {name} {arguments}", en: "I run: {name} {arguments}" });
        Client { process, log }
    }

    /// Waits until it has ended, and gives what it printed.
    pub fn finish(&self) -> Result<Ended, Failure> {
        let Some(status) = self.process.wait(START) else {
            let seconds = START.as_secs();
            return Err(Failure::new(
                Symptom::StillRunning,
                said! {
                    vi: "Mọi thứ đã xong, mà sau {seconds} giây chương trình vẫn chưa kết thúc.",
                    en: "All was said, yet after {seconds} seconds the program has not ended.",
                },
            ));
        };
        self.process.end();
        let Said { vi, en } = how_it_ended(status);
        self.log.aside(None, said! { vi: "chương trình kết thúc, {vi}", en: "the program ends, {en}" });
        let stdout = self.process.stdout.look(|output| output.head.clone());
        let complained = self.process.stderr.look(|output| !output.head.trim_ascii().is_empty());
        let panicked = self.process.panicked();
        Ok(Ended { success: status.success(), how: Said { vi, en }, stdout, complained, panicked })
    }
}

/// A client that has ended.
#[derive(Debug)]
pub struct Ended {
    success: bool,
    how: Said,
    stdout: Vec<u8>,
    complained: bool,
    panicked: bool,
}

impl Ended {
    /// What it printed on stdout (the first 64 KiB).
    pub fn stdout(&self) -> &[u8] {
        &self.stdout
    }

    /// It must have ended with exit code 0.
    pub fn expect_success(&self) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if self.success {
            return Ok(());
        }
        let Said { vi, en } = &self.how;
        Err(Failure::new(
            Symptom::WrongExit,
            said! {
                vi: "Mọi việc đều ổn, nhưng chương trình báo lỗi ({vi}).",
                en: "All went well, yet the program reports a failure ({en}).",
            },
        ))
    }

    /// It must have ended with another exit code than 0, and not by a panic.
    pub fn expect_failure(&self) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if !self.success {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongExit,
            text!(
                "Chuyện đã hỏng, nhưng chương trình kết thúc như không có gì (mã thoát 0).",
                "Something went wrong, yet the program ended as if nothing had (exit code 0).",
            ),
        ))
    }

    /// It must have said on stderr what went wrong, in whichever words.
    pub fn expect_complaint(&self) -> Result<(), Failure> {
        if self.complained {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            text!(
                "Chuyện đã hỏng, mà trên stderr không có câu nào nói vì sao.",
                "Something went wrong, and not a word on stderr says why.",
            ),
        ))
    }

    /// Its stdout must be exactly `expected`. CRLF counts as LF, since a program on Windows may
    /// print either.
    pub fn expect_output(&self, expected: &str) -> Result<(), Failure> {
        let printed = String::from_utf8_lossy(&self.stdout).replace("\r\n", "\n");
        if printed == expected {
            return Ok(());
        }
        let (shown, due) = (quoted(&printed), quoted(expected));
        let mut failure = Failure::new(
            Symptom::WrongOutput,
            said! {
                vi: "Chương trình in {shown}, lẽ ra là {due}.",
                en: "The program printed {shown}; {due} was due.",
            },
        );
        let shorter = printed.len().min(expected.len());
        failure.difference = Some(Box::new(
            Difference::find(expected.as_bytes(), printed.as_bytes())
                .unwrap_or_else(|| Difference::at(shorter, expected.as_bytes(), printed.as_bytes())),
        ));
        Err(failure)
    }

    fn expect_no_panic(&self) -> Result<(), Failure> {
        if !self.panicked {
            return Ok(());
        }
        Err(Failure::new(Symptom::Panicked, text!("Chương trình đã panic.", "The program panicked.")))
    }
}

fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown: String = text.escape_debug().take(LONGEST).collect();
    let more = if text.escape_debug().count() > LONGEST { "…" } else { "" };
    format!("\"{}\"{more}", printable(&shown))
}

fn left(status: std::process::ExitStatus) -> Failure {
    let Said { vi, en } = how_it_ended(status);
    Failure::new(
        Symptom::Exited,
        said! {
            vi: "Chương trình kết thúc ({vi}) mà không gọi tới địa chỉ tôi đưa.",
            en: "The program ended ({en}) without calling the address I gave it.",
        },
    )
}

fn no_call(address: SocketAddr) -> Failure {
    let seconds = START.as_secs();
    Failure::new(
        Symptom::NoCall,
        said! {
            vi: "Sau {seconds} giây chương trình vẫn chưa gọi tới {address}.",
            en: "After {seconds} seconds the program had not called {address}.",
        },
    )
}
