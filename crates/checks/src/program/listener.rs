//! The addresses that a client is told to connect to: one where we listen, one that refuses.

use std::cell::RefCell;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::ExitStatus;
use std::time::Duration;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use super::Client;
use crate::limits::{START_TIMEOUT, poll};
use crate::log::Log;
use crate::peer::{ConnectionOrigin, Peer, PeerIds};
use crate::process::how_it_ended;
use crate::{Failure, Sentence, Symptom, Text, sentence};

/// How many connections may wait in the accept queue of a [`Listener`].
pub(crate) const BACKLOG: i32 = 16;

/// A listening socket of ours that a client is told to connect to.
pub struct Listener {
    pub(super) socket: Socket,
    address: SocketAddr,
    pub(super) log: Log,
    peers: PeerIds,
    /// A connection that has been accepted and not been asked for yet.
    noticed: RefCell<Option<Socket>>,
}

impl Listener {
    pub(crate) fn open(host: IpAddr, backlog: i32, log: Log, peers: PeerIds) -> Result<Listener, Failure> {
        let (socket, address) = bound((host, 0).into())?;
        socket.listen(backlog).map_err(|error| Failure::infra("listen", &error))?;
        socket.set_nonblocking(true).map_err(|error| Failure::infra("O_NONBLOCK", &error))?;
        Ok(Listener { socket, address, log, peers, noticed: RefCell::default() })
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

    /// Waits for `client` to connect.
    pub fn accept(&self, client: &Client) -> Result<Peer, Failure> {
        self.accept_before(&[], client)
    }

    /// Waits for `client` to connect here. If it connects to one of `others` instead, and is content with
    /// that, it will never come here.
    pub fn accept_before(&self, others: &[&Listener], client: &Client) -> Result<Peer, Failure> {
        let accepted = poll(START_TIMEOUT, || {
            // Asked before `accept`, so that a client which connected and ended is still accepted.
            let ended = client.process.ended();
            match self.try_accept() {
                Ok(None) => {}
                Ok(Some(socket)) => return Some(Ok(socket)),
                Err(failure) => return Some(Err(failure)),
            }
            match others.iter().map(|other| other.noticed_address()).find(|connected| !matches!(connected, Ok(None))) {
                // It may have connected to both, and this connection be a little late.
                Some(Ok(Some(other))) if client.has_printed() => {
                    client.wait_idle();
                    let late = self.try_accept();
                    return Some(late.and_then(|late| late.ok_or_else(|| connected_elsewhere(other, self.address))));
                }
                Some(Err(failure)) => return Some(Err(failure)),
                _ => {}
            }
            ended.map(|status| Err(exited_early(status, self.address)))
        });
        self.peer_of(accepted.unwrap_or_else(|| Err(no_connection(self.address)))?)
    }

    /// Accepts a connection, if one comes within `timeout`.
    pub fn accept_within(&self, timeout: Duration) -> Result<Option<Peer>, Failure> {
        match poll(timeout, || self.try_accept().transpose()) {
            Some(socket) => self.peer_of(socket?).map(Some),
            None => Ok(None),
        }
    }

    /// No connection may have come until now.
    pub fn expect_no_connection(&self) -> Result<(), Failure> {
        match self.noticed_address()? {
            Some(address) => Err(Failure::new(
                Symptom::UnexpectedConnection,
                sentence! {
                    vi: "Chương trình kết nối cả tới {address}, dù đã có kết nối ở nơi khác.",
                    en: "The program connected to {address} as well, though it had a connection elsewhere.",
                },
            )),
            None => Ok(()),
        }
    }

    /// `client` must end and not have connected.
    pub fn expect_no_connection_from(&self, client: &Client) -> Result<(), Failure> {
        // Only once it has ended can a connection no longer come; what it made before waits for us.
        client.ended()?;
        match self.try_accept()? {
            Some(_) => Err(Failure::new(
                Symptom::UnexpectedConnection,
                Text {
                    vi: "Chương trình vẫn kết nối tới tôi, dù không có gì để gửi.",
                    en: "The program connected to me, though it had nothing to send.",
                },
            )),
            None => Ok(()),
        }
    }

    /// Returns our address if a connection has come. It is kept: the program may be talking to us.
    fn noticed_address(&self) -> Result<Option<SocketAddr>, Failure> {
        let call = self.try_accept()?;
        let connected = call.is_some().then_some(self.address);
        self.noticed.replace(call);
        Ok(connected)
    }

    /// Accepts the next connection that waits in the queue.
    pub(super) fn try_accept(&self) -> Result<Option<Socket>, Failure> {
        if let Some(socket) = self.noticed.take() {
            return Ok(Some(socket));
        }
        match self.socket.accept() {
            Ok((socket, _)) => Ok(Some(socket)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
            Err(error) => Err(Failure::infra("accept", &error)),
        }
    }

    fn peer_of(&self, socket: Socket) -> Result<Peer, Failure> {
        // On some systems a connection inherits this from its listener.
        socket.set_nonblocking(false).map_err(|error| Failure::infra("O_NONBLOCK", &error))?;
        Peer::new(socket, self.peers.next(), self.log.clone(), ConnectionOrigin::Inbound)
    }
}

/// An address of ours at which no socket listens: a connection is refused.
pub struct RefusingAddress {
    /// Keeps the port from being given to anyone else.
    _socket: Socket,
    address: SocketAddr,
}

impl RefusingAddress {
    pub(crate) fn open(address: SocketAddr) -> Result<RefusingAddress, Failure> {
        let (socket, address) = bound(address)?;
        Ok(RefusingAddress { _socket: socket, address })
    }

    /// The address to give to the program.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// The address to listen at when nothing else is asked for.
pub(crate) const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn bound(address: SocketAddr) -> Result<(Socket, SocketAddr), Failure> {
    let infra = |error| Failure::infra("bind", &error);
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(infra)?;
    socket.bind(&SockAddr::from(address)).map_err(infra)?;
    let address = socket.local_addr().map_err(infra)?;
    let address = address.as_socket().ok_or_else(|| Failure::infra("bind", &"no IP address"))?;
    Ok((socket, address))
}

pub(super) fn exited_early(status: ExitStatus, address: SocketAddr) -> Failure {
    let Sentence { vi, en } = how_it_ended(status);
    Failure::new(
        Symptom::Exited,
        sentence! {
            vi: "Chương trình kết thúc ({vi}) mà không gửi gì tới {address}.",
            en: "The program ended ({en}), and nothing came from it to {address}.",
        },
    )
}

pub(super) fn no_connection(address: SocketAddr) -> Failure {
    let seconds = START_TIMEOUT.as_secs();
    Failure::new(
        Symptom::NoConnection,
        sentence! {
            vi: "Sau {seconds} giây vẫn chưa có gì từ chương trình tới {address}.",
            en: "After {seconds} seconds nothing had come from the program to {address}.",
        },
    )
}

fn connected_elsewhere(other: SocketAddr, due: SocketAddr) -> Failure {
    Failure::new(
        Symptom::UnexpectedConnection,
        sentence! {
            vi: "Chương trình kết nối tới {other} và dùng luôn kết nối đó; lẽ ra tới lượt {due}.",
            en: "The program connected to {other} and stayed with it; {due} was next.",
        },
    )
}
