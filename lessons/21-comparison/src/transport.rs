//! How frames travel: one small file for each transport, with two sides. `serve` takes frames in, `connect` gives a [`Client`]
//! on which frames are sent and acknowledgements come back. Nothing else knows how bytes move.

mod call_window;
mod encodings;
pub(crate) mod grpc;
pub(crate) mod http1;
pub(crate) mod http2;
pub(crate) mod http_request;
pub(crate) mod quic;
mod server;
pub(crate) mod stream;
pub(crate) mod tcp;
mod tls;
pub(crate) mod udp;
#[cfg(unix)]
pub(crate) mod unix;
pub(crate) mod websocket;
pub(crate) mod wss;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use crate::frame::{Acknowledgement, Frame, Receiver};

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
    /// When no server of this transport answers there.
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

/// The IP address and port in what a server has announced.
fn address_in(announced: &str) -> io::Result<SocketAddr> {
    announced.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, format!("{announced} is not IP:PORT")))
}
