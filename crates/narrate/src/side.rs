//! Who speaks: the two sides of a conversation, and the two ends of a connection.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};

/// One side of a conversation: a label for the screen, and whether it is the one that called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// What the screen calls it, in both languages.
    pub label: &'static str,
    /// True for the side that called `connect`.
    pub calls: bool,
}

impl Side {
    /// The side that calls.
    pub const CLIENT: Side = Side { label: "client", calls: true };
    /// The side that listens.
    pub const SERVER: Side = Side { label: "server", calls: false };

    /// One of several clients, with a label that tells it apart.
    pub const fn client(label: &'static str) -> Side {
        Side { label, calls: true }
    }
}

/// One end of a connection (or a listener), as the kernel's table knows it.
///
/// Taken while the socket is open: after a reset the kernel no longer tells the peer's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Whose end it is.
    pub side: Side,
    /// The socket's own address.
    pub local: SocketAddr,
    /// The address of the other end; `None` for a listener.
    pub peer: Option<SocketAddr>,
}

impl Endpoint {
    /// The end that `stream` is.
    ///
    /// # Errors
    /// When the socket is no longer connected.
    pub fn of(side: Side, stream: &TcpStream) -> io::Result<Endpoint> {
        Ok(Endpoint { side, local: stream.local_addr()?, peer: Some(stream.peer_addr()?) })
    }

    /// The end that `listener` is.
    ///
    /// # Errors
    /// When the kernel does not tell the address.
    pub fn listening(side: Side, listener: &TcpListener) -> io::Result<Endpoint> {
        Ok(Endpoint { side, local: listener.local_addr()?, peer: None })
    }
}
