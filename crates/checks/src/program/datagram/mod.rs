//! Datagrams: no connection, no order that holds, no end; every message comes whole or not at all.
//!
//! All our sockets stay unconnected, so that an answer from the wrong address is seen and not
//! dropped by the kernel.

mod peer;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

pub use peer::DatagramPeer;
#[cfg(unix)]
pub(crate) use peer::{SILENCE, await_datagram, differs};

use super::Client;
use super::listener::{exited_early, no_connection};
use crate::limits::START_TIMEOUT;
use crate::log::Log;
use crate::{Direction, Event, Failure, Sentence, Symptom, Text, sentence};

/// Longer than any datagram over IPv4, so that none is cut by our own buffer, in bytes.
const BUFFER_SIZE: usize = 65_536;

/// How long one look at the socket may take, before we look at the program again.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// A datagram that a client sent us.
#[derive(Clone, Debug)]
pub struct Datagram {
    /// Its payload.
    pub bytes: Vec<u8>,
    /// Where an answer goes.
    pub from: SocketAddr,
}

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

    /// Returns our address.
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

    /// Waits for the next datagram of `client`.
    pub fn receive_from(&self, client: &Client) -> Result<Datagram, Failure> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            // Asked before the look, so that what a client sent before it ended is still received.
            let ended = client.process.ended();
            if let Some(datagram) = self.take()? {
                return Ok(datagram);
            }
            if let Some(status) = ended {
                return Err(exited_early(status, self.address()));
            }
            if Instant::now() >= deadline {
                return Err(no_connection(self.address()));
            }
        }
    }

    /// Sends `bytes` to the client again and again, some ms apart, until it has ended, and at most
    /// for as long as a client may take. Returns how many datagrams came from it meanwhile.
    pub fn send_noise(&self, bytes: &[u8], datagram: &Datagram, client: &Client) -> Result<usize, Failure> {
        self.note(Text {
            vi: "từ đây tôi gửi đi gửi lại một datagram không phải câu trả lời",
            en: "from here on I send, again and again, a datagram that is no answer",
        });
        let deadline = Instant::now() + START_TIMEOUT;
        let (mut count, mut to) = (0, datagram.from);
        while client.process.ended().is_none() && Instant::now() < deadline {
            self.send_unrecorded(bytes, to)?;
            if let Some(datagram) = self.take()? {
                (count, to) = (count + 1, datagram.from);
            }
        }
        Ok(count)
    }

    /// Counts the datagrams that come until `client` ends by itself. None may be answered.
    pub fn count_until_end(&self, client: &Client) -> Result<usize, Failure> {
        let deadline = Instant::now() + START_TIMEOUT;
        let mut count = 0;
        loop {
            let over = client.process.ended().is_some() || Instant::now() >= deadline;
            match self.take()? {
                Some(_) => count += 1,
                None if over => return Ok(count),
                None => {}
            }
        }
    }

    /// Nothing may have come. To be asked when the client has ended.
    pub fn expect_nothing(&self) -> Result<(), Failure> {
        match self.take()? {
            None => Ok(()),
            Some(_) => Err(Failure::new(
                Symptom::UnexpectedConnection,
                Text {
                    vi: "Chương trình vẫn gửi một datagram, trong khi không có gì để hỏi.",
                    en: "The program sent a datagram, though there was nothing to ask.",
                },
            )),
        }
    }

    fn take(&self) -> Result<Option<Datagram>, Failure> {
        let Some((bytes, from)) = self.try_receive()? else { return Ok(None) };
        self.received(&bytes, sentence! { vi: "từ {from}", en: "from {from}" });
        Ok(Some(Datagram { bytes, from }))
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
