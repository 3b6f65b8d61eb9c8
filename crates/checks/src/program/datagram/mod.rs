//! Datagrams: no connection, no order that holds, no end; every message comes whole or not at all.
//!
//! All our sockets stay unconnected, so that an answer from the wrong address is seen and not
//! dropped by the kernel.

mod called;
mod peer;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

pub use called::Datagram;
pub use peer::DatagramPeer;
#[cfg(unix)]
pub(crate) use peer::{SILENCE, await_datagram, differs};

use crate::log::Log;
use crate::{Direction, Event, Failure, Sentence, Text, sentence};

/// Longer than any datagram over IPv4, so that none is cut by our own buffer, in bytes.
const BUFFER_SIZE: usize = 65_536;

/// How long one look at the socket may take, before we look at the program again.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// A datagram socket of ours, on this machine's loopback.
pub struct DatagramSocket {
    socket: UdpSocket,
    address: SocketAddr,
    index: usize,
    log: Log,
}

impl DatagramSocket {
    pub(crate) fn open(index: usize, log: Log) -> Result<DatagramSocket, Failure> {
        let infra = |error| Failure::infra("bind", &error);
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map_err(infra)?;
        socket.set_read_timeout(Some(POLL_INTERVAL)).map_err(infra)?;
        let address = socket.local_addr().map_err(infra)?;
        Ok(DatagramSocket { socket, address, index, log })
    }

    /// Our address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the kernel refuses whatever comes to our address
    /// (ICMP port unreachable). The port stays ours, so that no other process gets what was meant for us.
    pub fn close_port(&self) -> Result<(), Failure> {
        // A connected socket takes datagrams of its peer only, and we are our own peer.
        self.socket.connect(self.address).map_err(|error| Failure::infra("connect", &error))?;
        self.note(Text {
            vi: "từ giờ không còn socket nào ở cổng này", en: "from now on no socket is at this port"
        });
        Ok(())
    }

    /// Sends one datagram to `to`; `how` says in the record what it is.
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr, how: impl Into<Sentence>) -> Result<(), Failure> {
        let how = named(bytes, how.into());
        self.log.add(Event::bytes(Direction::Out, self.index, bytes, how));
        self.send_unrecorded(bytes, to)
    }

    fn send_unrecorded(&self, bytes: &[u8], to: SocketAddr) -> Result<(), Failure> {
        match self.socket.send_to(bytes, to) {
            Ok(_) => Ok(()),
            // Some systems set a lower limit than the protocol does.
            Err(_) if bytes.len() > 9000 && cfg!(not(target_os = "linux")) => Err(Failure::unsupported()),
            Err(error) => Err(Failure::infra("send_to", &error)),
        }
    }

    /// Returns the next datagram, if there is one within [`POLL_INTERVAL`].
    fn try_receive(&self) -> Result<Option<(Vec<u8>, SocketAddr)>, Failure> {
        let mut buffer = vec![0; BUFFER_SIZE];
        match self.socket.recv_from(&mut buffer) {
            Ok((count, from)) => {
                buffer.truncate(count);
                Ok(Some((buffer, from)))
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

    fn received(&self, bytes: &[u8], what: Sentence) {
        self.log.add(Event::bytes(Direction::In, self.index, bytes, named(bytes, what)));
    }

    fn note(&self, what: impl Into<Sentence>) {
        self.log.note(Some(self.index), what);
    }
}

/// An empty datagram has nothing to show but its name.
pub(crate) fn named(bytes: &[u8], what: Sentence) -> Sentence {
    if !bytes.is_empty() {
        return what;
    }
    match what.is_empty() {
        true => Text { vi: "datagram rỗng", en: "an empty datagram" }.into(),
        false => {
            let Sentence { vi, en } = what;
            sentence! { vi: "datagram rỗng, {vi}", en: "an empty datagram, {en}" }
        }
    }
}
