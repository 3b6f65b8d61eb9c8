//! What a transport is to the lab, and the table of all that there are.
//!
//! A transport is one small file that shows how a frame travels. It has two sides: `serve` takes frames in, `connect`
//! gives a [`Client`] on which frames are sent and acknowledgements come back. Nothing else of the lab
//! knows how bytes move.

mod call_window;
mod encodings;
mod grpc;
mod http1;
mod http2;
mod http_request;
mod quic;
mod server;
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

use crate::frame::{Acknowledgement, Frame, Receiver};
use grpc::{CallType, Grpc};
use http1::Http1;
use http2::{FlowControlWindows, Http2};
use stream::{Read, Writes};
use tcp::Tcp;
use udp::Udp;
use websocket::{Content, WebSocket};

// ANCHOR: transport
/// How one transport carries frames.
pub(crate) trait Transport: Send {
    /// Listens at a free port of `host`, says where through `announce`, and takes frames in for as long as
    /// the process lives.
    ///
    /// # Errors
    /// When it cannot listen. What one peer does wrong ends with that peer.
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()>;

    /// Connects to what `serve` announced.
    ///
    /// # Errors
    /// When nobody answers there, or not in this transport's way.
    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>>;
}

/// The sending end of a transport. The caller decides how many frames may be unacknowledged.
pub(crate) trait Client {
    /// Begins to send a frame. What cannot be handed over at once may go out during [`Client::receive`].
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
// ANCHOR_END: transport

/// A transport by the name under which the lab shows it.
pub(crate) struct Entry {
    /// As in tables and files; never changes.
    pub(crate) name: &'static str,
    /// True for those that everyone is compared with; false for the ones that differ from one of them in a single choice.
    pub(crate) in_the_table: bool,
    /// Copies of the payload in user space, both ends together, as its file says. The two that the kernel
    /// makes, into the socket and out of it, are not among them.
    pub(crate) copies: u32,
    /// Makes it.
    pub(crate) transport: fn() -> Box<dyn Transport>,
}

impl Entry {
    const fn shown(name: &'static str, copies: u32, transport: fn() -> Box<dyn Transport>) -> Entry {
        Entry { name, in_the_table: true, copies, transport }
    }

    const fn variant(name: &'static str, copies: u32, transport: fn() -> Box<dyn Transport>) -> Entry {
        Entry { name, in_the_table: false, copies, transport }
    }
}

/// Every transport of the lab, and below them the ones that differ from one of these in a single
/// choice: `--explain` measures what that choice costs.
pub(crate) const ALL: &[Entry] = &[
    Entry::shown("tcp", 0, || Box::new(Tcp::default())),
    #[cfg(unix)]
    Entry::shown("unix", 0, || Box::new(unix::Unix)),
    Entry::shown("udp", 2, || Box::new(Udp::default())),
    Entry::shown("websocket", 2, || Box::new(WebSocket { content: Content::Binary })),
    Entry::shown("wss", 4, || Box::new(wss::Wss)),
    Entry::shown("http1", 1, || Box::new(Http1::RAW)),
    Entry::shown("http1-close", 1, || Box::new(Http1::CLOSE)),
    Entry::shown("http1-multipart", 3, || Box::new(Http1::MULTIPART)),
    Entry::shown("http1-base64", 4, || Box::new(Http1::BASE64)),
    Entry::shown("http2", 1, || Box::new(Http2 { windows: FlowControlWindows::GENEROUS })),
    Entry::shown("grpc-unary", 2, || Box::new(Grpc { call: CallType::Unary, windows: FlowControlWindows::GENEROUS })),
    Entry::shown("grpc-stream", 2, || Box::new(Grpc { call: CallType::Stream, windows: FlowControlWindows::GENEROUS })),
    Entry::shown("quic", 2, || Box::new(quic::Quic)),
    Entry::variant("tcp-two-writes", 0, || Box::new(Tcp { writes: Writes::Two, ..Tcp::default() })),
    Entry::variant("tcp-read-1024", 1, || Box::new(Tcp { read: Read::InPieces, ..Tcp::default() })),
    Entry::variant("udp-1400", 2, || Box::new(Udp { short: true })),
    Entry::variant("websocket-base64", 6, || Box::new(WebSocket { content: Content::Base64 })),
    Entry::variant("websocket-deflate", 4, || Box::new(WebSocket { content: Content::Deflate })),
    Entry::variant("http2-small-windows", 1, || Box::new(Http2 { windows: FlowControlWindows::SMALL })),
    Entry::variant("grpc-small-windows", 2, || {
        Box::new(Grpc { call: CallType::Unary, windows: FlowControlWindows::SMALL })
    }),
];

/// The IP address and port in what a server has announced.
fn address_in(announced: &str) -> io::Result<SocketAddr> {
    announced.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, format!("{announced} is not IP:PORT")))
}
