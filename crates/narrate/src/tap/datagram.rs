//! A UDP socket that is listened in on.
//!
//! It has no connection to follow: each datagram is recorded for itself, with both its addresses.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::ops::Deref;

use super::Recorder;
use crate::Side;

/// What one socket did or met.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DatagramEvent<'a> {
    /// The kernel took a datagram from us.
    Sent { to: SocketAddr, bytes: &'a [u8] },
    /// The kernel gave us a datagram, or as much of it as there was room for.
    Received { from: SocketAddr, bytes: &'a [u8] },
    /// A call met ECONNREFUSED: the answer to an earlier datagram was an ICMP error.
    Refused { to: SocketAddr },
}

/// The socket that reports an event: whose it is, and its address. Where the socket is bound to
/// every address, this is the one that the datagram left from or came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Socket {
    pub(crate) side: Side,
    pub(crate) local: SocketAddr,
}

/// A [`UdpSocket`] whose datagrams are recorded for `--tape` and `--pcap`.
///
/// It *is* the socket for everything else (`Deref`): `connect`, options, addresses, timeouts.
pub struct TappedUdp {
    socket: UdpSocket,
    side: Side,
    recorder: Recorder,
    on_tape: bool,
}

impl TappedUdp {
    pub(crate) fn new(recorder: Recorder, side: Side, socket: UdpSocket) -> io::Result<TappedUdp> {
        recorder.socket_opened(socket.local_addr()?);
        Ok(TappedUdp { socket, side, recorder, on_tape: true })
    }

    /// Leaves the tape out, where it would only fill the screen. The capture still has everything.
    pub fn off_tape(self) -> TappedUdp {
        TappedUdp { on_tape: false, ..self }
    }

    /// As [`UdpSocket::send`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::send`].
    pub fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        let peer = self.socket.peer_addr().ok();
        let result = self.socket.send(bytes);
        self.note_sent(peer, bytes, &result);
        result
    }

    /// As [`UdpSocket::send_to`] with one address, recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::send_to`].
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr) -> io::Result<usize> {
        let result = self.socket.send_to(bytes, to);
        self.note_sent(Some(to), bytes, &result);
        result
    }

    /// As [`UdpSocket::recv`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::recv`].
    pub fn recv(&self, room: &mut [u8]) -> io::Result<usize> {
        let peer = self.socket.peer_addr().ok();
        let result = self.socket.recv(room);
        if let (Some(peer), Ok(count)) = (peer, &result) {
            self.note(peer, DatagramEvent::Received { from: peer, bytes: &room[..*count] });
        }
        self.note_refusal(peer, &result);
        result
    }

    /// As [`UdpSocket::recv_from`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::recv_from`].
    pub fn recv_from(&self, room: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let peer = self.socket.peer_addr().ok();
        let result = self.socket.recv_from(room);
        if let Ok((count, from)) = &result {
            self.note(*from, DatagramEvent::Received { from: *from, bytes: &room[..*count] });
        }
        self.note_refusal(peer, &result);
        result
    }

    fn note_sent(&self, to: Option<SocketAddr>, bytes: &[u8], result: &io::Result<usize>) {
        if let (Some(to), Ok(_)) = (to, result) {
            self.note(to, DatagramEvent::Sent { to, bytes });
        }
        self.note_refusal(to, result);
    }

    fn note_refusal<T>(&self, peer: Option<SocketAddr>, result: &io::Result<T>) {
        let refused = result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        if let (Some(to), true) = (peer, refused) {
            self.note(to, DatagramEvent::Refused { to });
        }
    }

    fn note(&self, peer: SocketAddr, event: DatagramEvent) {
        // What cannot be recorded is no reason to fail the call that has succeeded.
        let Ok(local) = self.socket.local_addr() else { return };
        let local = if local.ip().is_unspecified() { route(local, peer) } else { local };
        self.recorder.datagram(Socket { side: self.side, local }, &event, self.on_tape);
    }
}

impl Deref for TappedUdp {
    type Target = UdpSocket;

    fn deref(&self) -> &UdpSocket {
        &self.socket
    }
}

/// The address from which this machine talks to `peer`: a socket of our own learns it from
/// `connect`, which sends nothing. Without a route, `local` as it is.
fn route(local: SocketAddr, peer: SocketAddr) -> SocketAddr {
    let peer = SocketAddr::new(peer.ip().to_canonical(), peer.port());
    let everywhere = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let asked = UdpSocket::bind(SocketAddr::new(everywhere, 0))
        .and_then(|socket| socket.connect(peer).and_then(|()| socket.local_addr()));
    SocketAddr::new(asked.map_or(local.ip(), |asked| asked.ip()), local.port())
}

impl Recorder {
    fn socket_opened(&self, local: SocketAddr) {
        if let Some(capture) = &mut self.lock().capture {
            capture.socket_opened(local);
        }
    }

    fn datagram(&self, socket: Socket, event: &DatagramEvent, on_tape: bool) {
        let mut record = self.lock();
        if let Some(capture) = &mut record.capture {
            capture.datagram(socket, event);
        }
        let live = record.live;
        if let Some(tape) = record.tape.as_mut().filter(|_| on_tape) {
            tape.datagram(socket, event);
            if live {
                tape.take_lines().iter().for_each(|line| println!("{line}"));
            }
        }
    }
}
