//! What a transport is to the lab, and the table of all that there are.
//!
//! A transport is one small file that shows how a frame travels. It has two sides: `serve` takes frames in, `connect`
//! gives a [`Link`] on which frames are sent and acknowledgements come back. Nothing else of the lab
//! knows how bytes move.

mod quic;
mod stream;
mod tcp;
mod tls;
mod udp;
#[cfg(unix)]
mod unix;
mod websocket;
mod wss;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use crate::frame::{Acknowledgement, Desk, Frame};
use websocket::Content;

/// How one transport carries frames.
pub(crate) trait Transport {
    /// Listens at a free port of `host`, says where through `announce`, and takes frames in for as long as
    /// the process lives.
    ///
    /// # Errors
    /// When it cannot listen. What one peer does wrong ends with that peer.
    fn serve(&self, host: IpAddr, desk: Desk, announce: &mut dyn FnMut(&str)) -> io::Result<()>;

    /// Connects to what `serve` announced.
    ///
    /// # Errors
    /// When nobody answers there, or not in this transport's way.
    fn connect(&self, address: &str) -> io::Result<Box<dyn Link>>;
}

/// The sending end of a transport. The caller decides how many frames may be unacknowledged.
pub(crate) trait Link {
    /// Begins to send a frame. What cannot be handed over at once may go out during [`Link::receive`].
    ///
    /// # Errors
    /// When the connection is gone, or does not move for ten seconds.
    fn send(&mut self, frame: &Frame) -> io::Result<()>;

    /// Waits for the next acknowledgement, of any frame that is on its way; with `until`, no longer than
    /// that, and then says `None`. Without, for at most ten seconds.
    ///
    /// # Errors
    /// When the connection is gone, the answer makes no sense, or the ten seconds are over.
    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>>;
}

/// A transport by the name under which the lab shows it.
pub(crate) struct Entry {
    /// As in tables and files; never changes.
    pub(crate) name: &'static str,
    /// Makes it.
    pub(crate) transport: fn() -> Box<dyn Transport>,
}

/// Every transport of the lab, and below them the ones that differ from one of these in a single
/// choice: `--explain` measures what that choice costs.
pub(crate) const ALL: &[Entry] = &[
    Entry { name: "tcp", transport: || Box::new(tcp::Tcp::default()) },
    #[cfg(unix)]
    Entry { name: "unix", transport: || Box::new(unix::Unix) },
    Entry { name: "websocket", transport: || Box::new(websocket::WebSocket { content: Content::Binary }) },
    Entry { name: "wss", transport: || Box::new(wss::Wss) },
    Entry { name: "udp", transport: || Box::new(udp::Udp::default()) },
    Entry { name: "quic", transport: || Box::new(quic::Quic) },
    Entry {
        name: "tcp-two-writes",
        transport: || Box::new(tcp::Tcp { writes: stream::Writes::Two, ..tcp::Tcp::default() }),
    },
    Entry {
        name: "tcp-read-1024",
        transport: || Box::new(tcp::Tcp { read: stream::Read::InPieces, ..tcp::Tcp::default() }),
    },
    Entry { name: "udp-1400", transport: || Box::new(udp::Udp { short: true }) },
    Entry { name: "websocket-base64", transport: || Box::new(websocket::WebSocket { content: Content::Base64 }) },
    Entry { name: "websocket-deflate", transport: || Box::new(websocket::WebSocket { content: Content::Deflate }) },
];

/// The transport of that name.
pub(crate) fn named(name: &str) -> Option<Box<dyn Transport>> {
    ALL.iter().find(|entry| entry.name == name).map(|entry| (entry.transport)())
}

/// The IP address and port in what a server has announced.
fn address_in(announced: &str) -> io::Result<SocketAddr> {
    announced.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, format!("{announced} is not IP:PORT")))
}
