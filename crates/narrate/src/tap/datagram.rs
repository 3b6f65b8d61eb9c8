//! Datagram sockets with a tap. There is no connection to follow: each datagram is recorded for itself,
//! with both its addresses.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use super::Tapped;
use crate::event::{Correspondent, Event, Source};
use crate::observe::Observable;

impl Tapped<UdpSocket> {
    /// As [`UdpSocket::send`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::send`].
    pub fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        let peer = self.peer_addr().ok();
        let result = self.socket.send(bytes);
        self.report_datagram("send", peer, &result, |to| Event::Sent { to: Correspondent::Udp(to), bytes });
        result
    }

    /// As [`UdpSocket::send_to`] with one address, recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::send_to`].
    pub fn send_to(&self, bytes: &[u8], to: SocketAddr) -> io::Result<usize> {
        let result = self.socket.send_to(bytes, to);
        self.report_datagram("send_to", Some(to), &result, |to| Event::Sent { to: Correspondent::Udp(to), bytes });
        result
    }

    /// As [`UdpSocket::recv`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::recv`].
    pub fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let peer = self.peer_addr().ok();
        let result = self.socket.recv(buffer);
        let bytes = &buffer[..result.as_ref().map_or(0, |count| *count)];
        self.report_datagram("recv", peer, &result, |from| Event::Received { from: Correspondent::Udp(from), bytes });
        result
    }

    /// As [`UdpSocket::recv_from`], recorded.
    ///
    /// # Errors
    /// As [`UdpSocket::recv_from`].
    pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let connected = self.peer_addr().ok();
        let result = self.socket.recv_from(buffer);
        let (count, peer) = result.as_ref().map_or((0, connected), |(count, from)| (*count, Some(*from)));
        let bytes = &buffer[..count];
        self.report_datagram("recv_from", peer, &result, |from| Event::Received {
            from: Correspondent::Udp(from),
            bytes,
        });
        result
    }

    /// A call that gave `result`; where it succeeded, `event` says what it did with the socket at an address.
    fn report_datagram<'a, T>(
        &self,
        call: &'static str,
        peer: Option<SocketAddr>,
        result: &'a io::Result<T>,
        event: impl FnOnce(SocketAddr) -> Event<'a>,
    ) {
        // What cannot be recorded is no reason to fail the call that has succeeded.
        let (Source::Udp { side, .. }, Ok(local)) = (self.source, self.socket.local_addr()) else { return };
        let local = match peer {
            Some(peer) if local.ip().is_unspecified() => route(local, peer),
            _ => local,
        };
        let event = match (result, peer) {
            (Ok(_), Some(peer)) => event(peer),
            (Ok(_), None) => return,
            (Err(error), peer) => Event::Failed { error, peer },
        };
        self.recorder.report(Source::Udp { side, local }, self.peer, self.visibility, call, &event);
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

#[cfg(unix)]
pub(super) use unix::unix_name;

#[cfg(not(unix))]
pub(super) fn unix_name(_: &impl Observable) -> Option<String> {
    None
}

#[cfg(unix)]
mod unix {
    use std::os::unix::net::{SocketAddr, UnixDatagram};
    use std::path::Path;

    use super::{Correspondent, Event, Observable, Tapped, io};

    impl Tapped<UnixDatagram> {
        /// As [`UnixDatagram::send_to`], recorded.
        ///
        /// # Errors
        /// As [`UnixDatagram::send_to`].
        pub fn send_to(&self, bytes: &[u8], to: impl AsRef<Path>) -> io::Result<usize> {
            let result = self.socket.send_to(bytes, &to);
            match &result {
                Ok(_) => self.report("send_to", &Event::Sent { to: named(to.as_ref()), bytes }),
                Err(error) => self.report("send_to", &Event::Failed { error, peer: None }),
            }
            result
        }

        /// As [`UnixDatagram::recv_from`], recorded.
        ///
        /// # Errors
        /// As [`UnixDatagram::recv_from`].
        pub fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
            let result = self.socket.recv_from(buffer);
            match &result {
                Ok((count, from)) => {
                    let from = from.as_pathname().map_or(Correspondent::Unix(None), named);
                    self.report("recv_from", &Event::Received { from, bytes: &buffer[..*count] });
                }
                Err(error) => self.report("recv_from", &Event::Failed { error, peer: None }),
            }
            result
        }
    }

    /// The path that `socket` is bound to, without its folder; `None` for every other socket.
    pub(crate) fn unix_name(socket: &impl Observable) -> Option<String> {
        let socket: UnixDatagram = socket.as_fd().try_clone_to_owned().ok()?.into();
        socket.local_addr().ok()?.as_pathname().map(crate::observe::last_part)
    }

    fn named(path: &Path) -> Correspondent {
        Correspondent::Unix(Some(crate::observe::last_part(path)))
    }
}
