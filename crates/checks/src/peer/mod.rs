//! One connection to the program, seen from our end.

mod arrived;
mod both_ways;
mod cram;
mod fill;
#[cfg(feature = "websocket")]
mod layer;
mod look;
mod order;
mod owe;
mod receive;
mod send;
mod taken;
mod transport;

use std::fmt::Display;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub use order::{Order, Sign};
pub use owe::Until;
use socket2::Socket;
use transport::Transport;

use crate::limits::STEP;
use crate::log::Log;
use crate::{Failure, Said, Symptom, said, text};

/// Numbers the connections of a check.
#[derive(Clone, Debug, Default)]
pub(crate) struct Peers {
    count: Arc<AtomicUsize>,
}

impl Peers {
    pub(crate) fn next(&self) -> usize {
        self.count.fetch_add(1, Ordering::Relaxed)
    }
}

/// How a connection came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Met {
    /// We called the program.
    Called,
    /// The program called us.
    Accepted,
}

/// One connection to the program. Closed when it is dropped.
pub struct Peer {
    socket: Socket,
    transport: Transport,
    index: usize,
    log: Log,
    /// Bytes that have been read from the socket and not been asked for yet.
    pending: Vec<u8>,
    /// Is what we receive recorded elsewhere?
    hushed: bool,
    /// How many bytes we have sent, and how many of the program's we have handed out.
    sent: u64,
    received: u64,
}

impl Peer {
    pub(crate) fn new(socket: Socket, index: usize, log: Log, met: Met) -> Result<Peer, Failure> {
        let transport = Transport::of(&socket)?;
        transport.prepare(&socket)?;
        socket.set_write_timeout(Some(STEP)).map_err(|error| Failure::infra("SO_SNDTIMEO", &error))?;
        log.aside(
            Some(index),
            match met {
                Met::Called => text!("tôi gọi tới", "I call"),
                Met::Accepted => text!("chương trình gọi tới", "the program calls"),
            },
        );
        Ok(Peer { socket, transport, index, log, pending: Vec::new(), hushed: false, sent: 0, received: 0 })
    }

    /// Our own address in this connection: what the program sees as the caller's.
    pub fn local_address(&self) -> Result<SocketAddr, Failure> {
        address_of(self.socket.local_addr())
    }

    /// The program's address in this connection.
    pub fn remote_address(&self) -> Result<SocketAddr, Failure> {
        address_of(self.socket.peer_addr())
    }

    /// Enlarges our receive buffer to `bytes` while the connection stands: a slow reader becomes
    /// a quick one. (Never smaller: a window that shrinks under a sender makes it wait for a timer.)
    pub fn widen(&self, bytes: usize) -> Result<(), Failure> {
        self.socket.set_recv_buffer_size(bytes).map_err(|error| Failure::infra("SO_RCVBUF", &error))
    }

    /// Says "that was all" (over TCP, with a FIN) and keeps listening.
    pub fn half_close(&mut self) -> Result<(), Failure> {
        let end = self.transport.end();
        self.aside(said! { vi: "tôi đóng chiều gửi ({end})", en: "I close my sending half ({end})" });
        match self.socket.shutdown(Shutdown::Write) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.write_failure(&error, 0, 0)),
        }
    }

    /// Closes both directions in good order.
    pub fn close(self) {
        self.aside(text!("tôi đóng kết nối", "I close the connection"));
    }

    /// Cuts the connection: the program's next read or write gets RST.
    pub fn reset(self) -> Result<(), Failure> {
        self.aside(text!("tôi cắt kết nối (RST)", "I cut the connection (RST)"));
        self.socket.set_linger(Some(Duration::ZERO)).map_err(|error| Failure::infra("SO_LINGER", &error))
    }

    fn aside(&self, what: impl Into<Said>) {
        self.log.aside(Some(self.index), what);
    }
}

fn address_of(address: io::Result<socket2::SockAddr>) -> Result<SocketAddr, Failure> {
    let address = address.map_err(|error| Failure::infra("address", &error))?;
    address.as_socket().ok_or_else(|| Failure::infra("address", &"not an IP address"))
}

/// Why a call to `address` did not come about.
pub(crate) fn connect_failure(address: impl Display, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Failure::new(
            Symptom::Refused,
            said! {
                vi: "Không còn ai lắng nghe tại {address}: kết nối bị từ chối.",
                en: "Nobody listens at {address} any more: the connection was refused.",
            },
        ),
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Failure::new(
            Symptom::Reset,
            said! {
                vi: "Kết nối tới {address} bị cắt (RST) ngay khi vừa mở.",
                en: "The connection to {address} was cut (RST) as soon as it was open.",
            },
        ),
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Failure::new(
            Symptom::Silence,
            said! {
                vi: "Gọi tới {address} mà quá hạn vẫn không có ai trả lời.",
                en: "A call to {address} got no answer within the deadline.",
            },
        ),
        _ => Failure::infra("connect", error),
    }
}
