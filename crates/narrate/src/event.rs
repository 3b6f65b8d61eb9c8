//! Who does something on a socket, and what: the vocabulary of taps, tape and capture.

use std::io;
use std::net::{Shutdown, SocketAddr};

use crate::observe::{self, Family, Observable};

/// One side of a conversation: a label for the screen, and whether it is the one that connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// The name on the screen, the same in both languages.
    pub label: &'static str,
    /// True for the side that called `connect`.
    pub connects: bool,
}

impl Side {
    /// The side that connects.
    pub const CLIENT: Side = Side { label: "client", connects: true };
    /// The side that listens.
    pub const SERVER: Side = Side { label: "server", connects: false };

    /// One of several clients, with a label that tells it apart.
    pub const fn client(label: &'static str) -> Side {
        Side { label, connects: true }
    }

    /// The side that a connection of this one has at its other end, as far as anybody can tell.
    pub(crate) fn other(self) -> Side {
        if self.connects { Side::SERVER } else { Side::CLIENT }
    }

    /// Whether the label says more than the role does.
    pub(crate) fn is_named(self) -> bool {
        self != Side::CLIENT && self != Side::SERVER
    }
}

/// One end of a TCP connection (or a listener), as the kernel's table knows it.
///
/// Taken while the socket is open, and good after that: it outlives the socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The side whose end it is.
    pub side: Side,
    /// The socket's own address.
    pub local: SocketAddr,
    /// The address of the other end; `None` for a listener.
    pub peer: Option<SocketAddr>,
}

impl Endpoint {
    /// The end that `socket` is: a stream, or a listener.
    ///
    /// # Errors
    /// When the socket has no IP address.
    pub fn of(side: Side, socket: &impl Observable) -> io::Result<Endpoint> {
        match observe::family(socket)? {
            Family::Tcp { local, peer } | Family::Udp { local, peer } => Ok(Endpoint { side, local, peer }),
            Family::Unix => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

/// The socket that a tap is on. For a UDP socket bound to every address, `local` is the one that the
/// datagram left from or came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    Tcp(Endpoint),
    Udp {
        side: Side,
        local: SocketAddr,
    },
    /// No address tells Unix sockets apart, so each tap has a number.
    Unix {
        side: Side,
        number: u64,
    },
}

impl Source {
    pub(crate) fn side(&self) -> Side {
        match self {
            Source::Tcp(Endpoint { side, .. }) | Source::Udp { side, .. } | Source::Unix { side, .. } => *side,
        }
    }
}

/// The other socket of a datagram.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Correspondent {
    Udp(SocketAddr),
    /// The last part of its path; `None` for a socket without a name.
    Unix(Option<String>),
}

/// What a call on a socket did.
#[derive(Clone, Debug)]
pub(crate) enum Event<'a> {
    /// The kernel took `bytes` of the `offered` ones.
    Wrote { bytes: &'a [u8], offered: usize },
    /// The kernel gave bytes.
    Read(&'a [u8]),
    /// A read gave 0 bytes.
    End,
    /// `shutdown`: the sending half is closed, unless it was `Shutdown::Read`.
    Shutdown(Shutdown),
    /// The socket was dropped.
    Closed,
    /// The kernel took a datagram.
    Sent { to: Correspondent, bytes: &'a [u8] },
    /// The kernel gave a datagram, or as much of it as the buffer holds.
    Received { from: Correspondent, bytes: &'a [u8] },
    /// The call failed. `peer` is the address that a datagram socket is connected to.
    Failed { error: &'a io::Error, peer: Option<SocketAddr> },
}
