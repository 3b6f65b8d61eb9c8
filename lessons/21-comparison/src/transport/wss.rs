//! WebSocket over TLS 1.3: the same messages, and every byte is encrypted and authenticated on the way.
//!
//! Two things change against `websocket`. Bytes travel in records of 16 KiB, each with a header and a tag of its own
//! (22 bytes), and each is ciphered, copied, and deciphered. And the picture is XORed with
//! the mask all the same: RFC 6455 asks it of every client, even inside TLS.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConnection, ServerConnection, StreamOwned};

use super::stream::Stream;
use super::websocket::{self, Content};
use super::{Client, Transport, tls};
use crate::frame::Receiver;

/// One record's worth: rustls gives no more at once, and the library zeroes what it offers.
const READ: usize = 16 * 1024;
/// Bytes that rustls may hold encrypted before they must go out. 64 KiB by default; a write then goes to the
/// kernel in pieces of that size.
const HELD: Option<usize> = Some(256 * 1024);

/// Carries frames as messages on one WebSocket over TLS.
pub(crate) struct Wss;

impl Transport for Wss {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let (config, certificate) = tls::server(host)?;
        let config = Arc::new(config);
        let listener = TcpListener::bind(SocketAddr::new(host, 0))?;
        announce(&format!("{}/{certificate}", listener.local_addr()?));
        websocket::accept(&listener, move |stream| {
            let mut session = ServerConnection::new(config).map_err(io::Error::other)?;
            session.set_buffer_limit(HELD);
            websocket::serve(StreamOwned::new(session, stream), READ, receiver, Content::Binary)
        })
    }

    fn connect(&self, announced: &str) -> io::Result<Box<dyn Client>> {
        let (address, config) = tls::client(announced)?;
        let name = ServerName::from(address.ip());
        let mut session = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
        session.set_buffer_limit(HELD);
        let stream = StreamOwned::new(session, websocket::tcp(address)?);
        Ok(Box::new(websocket::connect(stream, address, Content::Binary)?))
    }
}

impl Stream for StreamOwned<ClientConnection, TcpStream> {
    fn read_within(&self, time: Duration) -> io::Result<()> {
        self.sock.set_read_timeout(Some(time))
    }
}
