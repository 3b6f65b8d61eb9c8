//! QUIC (RFC 9000): over UDP, with TLS 1.3 in it, and many streams in one connection.
//!
//! Each frame has a stream of its own: number, checksum, payload, end. The acknowledgement comes back on the other
//! half of it. A stream costs next to nothing to open, its end is the frame's end, so that no length goes ahead, and
//! a packet that is lost holds up one frame instead of all behind it. On a single stream QUIC would be TCP with more
//! work.
//!
//! The protocol runs in the program, not in the kernel: a program that does not run it (`block_on`) neither acknowledges
//! packets nor sends them again.

mod client;
mod server;

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;

use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{Endpoint, EndpointConfig, IdleTimeout, ServerConfig, TokioRuntime, TransportConfig, VarInt};
use socket2::SockRef;
use tokio::time::timeout;

use super::{Client, Transport, call_window, stream, tls};
use crate::frame::{IO_TIMEOUT, Receiver};
use client::QuicClient;

/// Number and checksum, in front of a payload.
const HEADER: usize = 16;
/// Frames that one peer may send at once.
const STREAMS: u32 = 8;
/// Bytes of one frame, and of all frames of a connection, that may be on their way or unread: TCP would call it the
/// receive window. On a path of 20 ms it is enough for 200 MB/s; more would only wait in buffers.
const WINDOW: u32 = 4 * 1024 * 1024;
/// A driver is silent for minutes while the lab measures others, and does not run its runtime then: it cannot
/// answer a keep-alive. One that has been killed says nothing either, and its place is free after this.
const SILENCE: VarInt = VarInt::from_u32(15 * 60 * 1000);

/// Carries each frame on a QUIC stream.
pub(crate) struct Quic;

impl Transport for Quic {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let (config, certificate) = tls::server(host)?;
        let crypto = QuicServerConfig::try_from(config).map_err(io::Error::other)?;
        let mut config = ServerConfig::with_crypto(Arc::new(crypto));
        config.transport_config(transport());
        call_window::runtime()?.block_on(async {
            let endpoint = endpoint(SocketAddr::new(host, 0), Some(config))?;
            announce(&format!("{}/{certificate}", endpoint.local_addr()?));
            server::run(&endpoint, receiver).await;
            Ok(())
        })
    }

    fn connect(&self, announced: &str) -> io::Result<Box<dyn Client>> {
        let (address, config) = tls::client(announced)?;
        let crypto = QuicClientConfig::try_from(config).map_err(io::Error::other)?;
        let mut config = quinn::ClientConfig::new(Arc::new(crypto));
        config.transport_config(transport());
        let runtime = call_window::runtime()?;
        let ours: SocketAddr = if address.is_ipv4() { ([0; 4], 0).into() } else { ([0_u16; 8], 0).into() };
        let (endpoint, connection) = runtime.block_on(async {
            let endpoint = endpoint(ours, None)?;
            let connecting =
                endpoint.connect_with(config, address, &address.ip().to_string()).map_err(io::Error::other)?;
            let connection = timeout(IO_TIMEOUT, connecting).await.map_err(|_| ErrorKind::TimedOut)??;
            io::Result::Ok((endpoint, connection))
        })?;
        Ok(Box::new(QuicClient::new(runtime, endpoint, connection)))
    }
}

/// The socket, with room for what the window lets come at once. The default, 212,992 bytes, overflows on the
/// loopback, and each overflow is a loss that halves the rate. Linux gives no more than `net.core.rmem_max`.
fn endpoint(address: SocketAddr, server: Option<ServerConfig>) -> io::Result<Endpoint> {
    let socket = UdpSocket::bind(address)?;
    SockRef::from(&socket).set_recv_buffer_size(WINDOW as usize)?;
    Endpoint::new(EndpointConfig::default(), server, socket, Arc::new(TokioRuntime))
}

fn transport() -> Arc<TransportConfig> {
    let mut config = TransportConfig::default();
    config
        .max_concurrent_bidi_streams(STREAMS.into())
        .max_concurrent_uni_streams(0_u32.into())
        .stream_receive_window(WINDOW.into())
        .receive_window(WINDOW.into())
        .send_window(WINDOW.into())
        // In turn, a packet of each, all frames would be late: finish the one that was begun first.
        .send_fairness(false)
        .max_idle_timeout(Some(IdleTimeout::from(SILENCE)));
    Arc::new(config)
}
