//! The socket of either end: many datagrams in one system call, and a wait with a limit.

use std::io::{self, ErrorKind, IoSlice, IoSliceMut};
use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use quinn_udp::{RecvMeta, Transmit, UdpSocketState};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use socket2::SockRef;

use super::sender::Outgoing;
use super::wire::Reply;

/// What we ask for as the socket's receive buffer. Linux gives no more than `net.core.rmem_max`, of which the default
/// is 212,992 bytes.
const BUFFER: usize = 4 * 1024 * 1024;
/// Receives in one system call (`recvmmsg`). With GRO each may be many datagrams.
const BATCH: usize = 4;
/// The longest that one receive may give.
const EACH: usize = 65_536;

pub(super) struct Socket {
    socket: UdpSocket,
    state: UdpSocketState,
}

impl Socket {
    pub(super) fn bind(address: SocketAddr) -> io::Result<Socket> {
        let socket = UdpSocket::bind(address)?;
        SockRef::from(&socket).set_recv_buffer_size(BUFFER)?;
        if cfg!(not(target_os = "linux")) {
            // BSD and macOS send no datagram that is longer than this buffer, and begin with 9,216 bytes.
            SockRef::from(&socket).set_send_buffer_size(4 * EACH)?;
        }
        let state = UdpSocketState::new((&socket).into())?; // from here on it does not block
        Ok(Socket { socket, state })
    }

    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Bytes that it can hold. Linux says twice what it granted: half of it is for its own bookkeeping (socket(7)).
    pub(super) fn capacity(&self) -> io::Result<u32> {
        let granted = SockRef::from(&self.socket).recv_buffer_size()? / 2;
        Ok(granted.try_into().unwrap_or(u32::MAX))
    }

    /// Datagrams that one call may send: 1 where there is no GSO.
    pub(super) fn segments(&self) -> usize {
        self.state.max_gso_segments()
    }

    /// Sends; false if the socket's buffer is full. Whatever else goes wrong with a datagram, it is one that does not
    /// arrive.
    pub(super) fn send(&self, to: SocketAddr, out: &Outgoing) -> bool {
        if out.lone.is_empty() {
            return self.send_each(to, &out.bytes, Some(out.each));
        }
        let both = [IoSlice::new(&out.bytes), IoSlice::new(&out.lone)];
        let sent = SockRef::from(&self.socket).send_to_vectored(&both, &to.into());
        !sent.is_err_and(|error| error.kind() == ErrorKind::WouldBlock)
    }

    /// Sends one that is short. If there is no space for it, it is lost, and the peer asks again.
    pub(super) fn send_to(&self, to: SocketAddr, datagram: &[u8]) {
        self.send_each(to, datagram, None);
    }

    fn send_each(&self, to: SocketAddr, contents: &[u8], each: Option<usize>) -> bool {
        let transmit = Transmit { destination: to, ecn: None, contents, segment_size: each, src_ip: None };
        // Its only error is that there is no space.
        self.state.send((&self.socket).into(), &transmit).is_ok()
    }

    /// Waits until something has arrived, or (with `writable`) may be sent, no longer than that.
    pub(super) fn wait(&self, limit: Duration, writable: bool) -> io::Result<()> {
        let flags = if writable { PollFlags::IN | PollFlags::OUT } else { PollFlags::IN };
        let limit = Timespec::try_from(limit).map_err(io::Error::other)?;
        match poll(&mut [PollFd::new(&self.socket, flags)], Some(&limit)) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Where datagrams are put.
pub(super) struct Inbox {
    bytes: Vec<u8>,
    meta: [RecvMeta; BATCH],
    count: usize,
}

impl Inbox {
    pub(super) fn new() -> Inbox {
        Inbox { bytes: vec![0; BATCH * EACH], meta: [RecvMeta::default(); BATCH], count: 0 }
    }

    /// What has arrived, without waiting: each datagram with its source.
    pub(super) fn receive<'a>(
        &'a mut self,
        socket: &Socket,
    ) -> io::Result<impl Iterator<Item = (SocketAddr, &'a [u8])> + use<'a>> {
        let mut places = self.bytes.chunks_mut(EACH);
        let mut places: [IoSliceMut<'_>; BATCH] =
            std::array::from_fn(|_| IoSliceMut::new(places.next().unwrap_or_default()));
        self.count = match socket.state.recv((&socket.socket).into(), &mut places, &mut self.meta) {
            Ok(count) => count,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::ConnectionReset) => 0,
            Err(error) => return Err(error),
        };
        let received = self.bytes.chunks(EACH).zip(&self.meta[..self.count]);
        // GRO has put datagrams of `stride` bytes end to end; only the last may be shorter.
        Ok(received.flat_map(|(bytes, meta)| bytes[..meta.len].chunks(meta.stride.max(1)).map(|one| (meta.addr, one))))
    }

    /// The replies among them that are meant for this driver.
    pub(super) fn replies<'a>(
        &'a mut self,
        socket: &Socket,
        server: SocketAddr,
        driver: u64,
    ) -> io::Result<impl Iterator<Item = Reply> + use<'a>> {
        let from_server = self.receive(socket)?.filter(move |(from, _)| *from == server);
        Ok(from_server.filter_map(|(_, one)| Reply::parse(one)).filter(move |reply| reply.driver == driver))
    }

    /// Whether more may be waiting.
    pub(super) fn was_full(&self) -> bool {
        self.count == BATCH
    }
}
