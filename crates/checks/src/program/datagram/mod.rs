//! Datagrams: no connection, no order that holds, no end; every message comes whole or not at all.
//!
//! All our sockets stay unconnected, so that an answer from the wrong address is seen and not
//! dropped by the kernel.

mod called;
mod peer;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

pub use called::Call;
pub use peer::DatagramPeer;
#[cfg(unix)]
pub(crate) use peer::{SILENCE, await_datagram, differs};

use crate::log::Log;
use crate::{Direction, Event, Failure, Said, said, text};

/// Longer than any datagram over IPv4, so that none is cut by our own buffer, in bytes.
const ROOM: usize = 65_536;

/// How long one look at the socket may take, before we look at the program again.
pub(crate) const LOOK: Duration = Duration::from_millis(10);

/// A datagram socket of ours, on this machine's loopback.
pub struct Datagrams {
    socket: UdpSocket,
    address: SocketAddr,
    index: usize,
    log: Log,
}

impl Datagrams {
    pub(crate) fn open(index: usize, log: Log) -> Result<Datagrams, Failure> {
        let infra = |error| Failure::infra("bind", &error);
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map_err(infra)?;
        socket.set_read_timeout(Some(LOOK)).map_err(infra)?;
        let address = socket.local_addr().map_err(infra)?;
        Ok(Datagrams { socket, address, index, log })
    }

    /// Our address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on whatever comes to our address is answered by the kernel: "nobody is here"
    /// (ICMP port unreachable). The port stays ours, so that nobody else gets what was meant for us.
    pub fn leave(&self) -> Result<(), Failure> {
        // A connected socket takes datagrams of its peer only, and we are our own peer.
        self.socket.connect(self.address).map_err(|error| Failure::infra("connect", &error))?;
        self.aside(text!("cổng này từ giờ không còn ai", "from now on nobody is at this port"));
        Ok(())
    }

    /// Sends one datagram to `to`; `how` says in the record what it is.
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr, how: impl Into<Said>) -> Result<(), Failure> {
        let how = named(bytes, how.into());
        self.log.add(Event::bytes(Direction::Out, self.index, bytes, how));
        self.push(bytes, to)
    }

    fn push(&self, bytes: &[u8], to: SocketAddr) -> Result<(), Failure> {
        match self.socket.send_to(bytes, to) {
            Ok(_) => Ok(()),
            // Some systems set a lower limit than the protocol does.
            Err(_) if bytes.len() > 9000 && cfg!(not(target_os = "linux")) => Err(Failure::unsupported()),
            Err(error) => Err(Failure::infra("send_to", &error)),
        }
    }

    /// The next datagram, if there is one within [`LOOK`].
    fn look(&self) -> Result<Option<(Vec<u8>, SocketAddr)>, Failure> {
        let mut room = vec![0; ROOM];
        match self.socket.recv_from(&mut room) {
            Ok((count, from)) => {
                room.truncate(count);
                Ok(Some((room, from)))
            }
            // A refusal is the echo of a datagram that we sent to a program which had ended.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock
                        | io::ErrorKind::TimedOut
                        | io::ErrorKind::Interrupted
                        | io::ErrorKind::ConnectionRefused
                        | io::ErrorKind::ConnectionReset
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(Failure::infra("recv_from", &error)),
        }
    }

    fn received(&self, bytes: &[u8], what: Said) {
        self.log.add(Event::bytes(Direction::In, self.index, bytes, named(bytes, what)));
    }

    fn aside(&self, what: impl Into<Said>) {
        self.log.aside(Some(self.index), what);
    }
}

/// An empty datagram has nothing to show but its name.
pub(crate) fn named(bytes: &[u8], what: Said) -> Said {
    if !bytes.is_empty() {
        return what;
    }
    match what.is_empty() {
        true => text!("datagram rỗng", "an empty datagram").into(),
        false => {
            let Said { vi, en } = what;
            said! { vi: "datagram rỗng, {vi}", en: "an empty datagram, {en}" }
        }
    }
}
