//! QUIC (RFC 9000): over UDP, with TLS 1.3 in it, and many streams in one connection.
//!
//! Each frame has a stream of its own: number, checksum, payload, end. The acknowledgement comes back on the other
//! half of it. A stream costs next to nothing to open, its end is the frame's end, so that no length goes ahead, and
//! a packet that is lost holds up one frame instead of all behind it. On a single stream QUIC would be TCP with more
//! work.
//!
//! The protocol runs in the program, not in the kernel: whoever does not run it (`block_on`) neither acknowledges
//! packets nor sends them again.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::Arc;
use std::time::{Duration, Instant};

use quinn::crypto::rustls::{QuicClientConfig, QuicServerConfig};
use quinn::{
    Connection, ConnectionError, Endpoint, EndpointConfig, IdleTimeout, RecvStream, SendStream, ServerConfig,
    TokioRuntime, TransportConfig, VarInt,
};
use socket2::SockRef;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Mutex, Semaphore, mpsc};
use tokio::task::spawn_blocking;
use tokio::time::{timeout, timeout_at};

use super::{Link, Transport, stream, tls};
use crate::frame::{Acknowledgement, Desk, Frame, MOST, PATIENCE};

/// Number and checksum, in front of a payload.
const HEADER: usize = 16;
/// Frames that one peer may send at once.
const STREAMS: u32 = 8;
/// Frames that all peers together may send at once: each may need 16 MiB.
const FRAMES: usize = 16;
/// Bytes of one frame, and of all frames of a connection, that may be on their way or unread: TCP would call it the
/// receive window. On a path of 20 ms it is enough for 200 MB/s; more would only wait in buffers.
const WINDOW: u32 = 4 * 1024 * 1024;
/// A driver is silent for minutes while the lab measures others, and does not run its runtime then: it cannot
/// answer a keep-alive. One that has been killed says nothing either, and its place is free after this.
const SILENCE: VarInt = VarInt::from_u32(15 * 60 * 1000);

/// Carries each frame on a QUIC stream.
pub(crate) struct Quic;

impl Transport for Quic {
    fn serve(&self, host: IpAddr, desk: Desk, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let (config, certificate) = tls::server(host)?;
        let crypto = QuicServerConfig::try_from(config).map_err(io::Error::other)?;
        let mut config = ServerConfig::with_crypto(Arc::new(crypto));
        config.transport_config(transport());
        runtime()?.block_on(async {
            let endpoint = endpoint(SocketAddr::new(host, 0), Some(config))?;
            announce(&format!("{}/{certificate}", endpoint.local_addr()?));
            let limits = Arc::new(Limits { frames: Semaphore::new(FRAMES), work: Mutex::new(()) });
            while let Some(incoming) = endpoint.accept().await {
                let Some(place) = stream::place() else {
                    incoming.refuse();
                    continue;
                };
                let (peer, limits) = (incoming.remote_address(), Arc::clone(&limits));
                tokio::spawn(async move {
                    let _place = place;
                    let served = match timeout(PATIENCE, incoming).await {
                        Ok(Ok(connection)) => serve(connection, desk, limits).await,
                        Ok(Err(error)) => Err(error.into()),
                        Err(_) => Err(ErrorKind::TimedOut.into()),
                    };
                    if let Err(error) = served {
                        eprintln!("{peer}: {error}");
                    }
                });
            }
            Ok(())
        })
    }

    fn connect(&self, announced: &str) -> io::Result<Box<dyn Link>> {
        let (address, config) = tls::client(announced)?;
        let crypto = QuicClientConfig::try_from(config).map_err(io::Error::other)?;
        let mut config = quinn::ClientConfig::new(Arc::new(crypto));
        config.transport_config(transport());
        let runtime = runtime()?;
        let ours: SocketAddr = if address.is_ipv4() { ([0; 4], 0).into() } else { ([0_u16; 8], 0).into() };
        let (endpoint, connection) = runtime.block_on(async {
            let endpoint = endpoint(ours, None)?;
            let connecting =
                endpoint.connect_with(config, address, &address.ip().to_string()).map_err(io::Error::other)?;
            let connection = timeout(PATIENCE, connecting).await.map_err(|_| ErrorKind::TimedOut)??;
            io::Result::Ok((endpoint, connection))
        })?;
        let (answered, answers) = mpsc::unbounded_channel();
        Ok(Box::new(QuicLink { runtime, endpoint, connection, answered, answers }))
    }
}

/// One thread: it is the same for every transport of the lab, and both ends have little else to do.
fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
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

/// What all peers share.
struct Limits {
    /// Places for frames that are not whole yet.
    frames: Semaphore,
    /// The one who has it may work.
    work: Mutex<()>,
}

/// Takes frames in from one peer, until it closes.
async fn serve(connection: Connection, desk: Desk, limits: Arc<Limits>) -> io::Result<()> {
    loop {
        let (send, receive) = match connection.accept_bi().await {
            Ok(both) => both,
            Err(ConnectionError::ApplicationClosed(_) | ConnectionError::LocallyClosed) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let (connection, limits) = (connection.clone(), Arc::clone(&limits));
        tokio::spawn(async move {
            if let Err(error) = take_in(send, receive, desk, &limits).await {
                connection.close(1_u32.into(), error.to_string().as_bytes());
                eprintln!("{}: {error}", connection.remote_address());
            }
        });
    }
}

/// One frame, from its stream.
async fn take_in(mut send: SendStream, mut receive: RecvStream, desk: Desk, limits: &Limits) -> io::Result<()> {
    let permit = timeout(PATIENCE, limits.frames.acquire()).await.map_err(|_| ErrorKind::TimedOut)?;
    let _permit = permit.map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    while let Some(chunk) =
        timeout(PATIENCE, receive.read_chunk(usize::MAX, true)).await.map_err(|_| ErrorKind::TimedOut)??
    {
        if bytes.len() + chunk.bytes.len() > HEADER + MOST {
            return Err(io::Error::new(ErrorKind::InvalidData, "a frame of more than 16 MiB"));
        }
        bytes.extend_from_slice(&chunk.bytes);
    }
    let header = *bytes.first_chunk::<HEADER>().ok_or(ErrorKind::UnexpectedEof)?;
    let number = (u128::from_be_bytes(header) >> 64) as u64;
    let take_in = move || desk.take_in(number, &bytes[HEADER..]);
    // What takes long goes to a thread of its own, one frame after the other. If it ran here, no packet would be
    // acknowledged meanwhile; the driver would take that for a long path, and pace its packets accordingly: 8 frames a
    // second instead of 35, with 25 ms of work.
    let answer = if desk.work.is_zero() {
        take_in()
    } else {
        let _turn = limits.work.lock().await;
        spawn_blocking(take_in).await?
    };
    timeout(PATIENCE, send.write_all(&answer.to_bytes())).await.map_err(|_| ErrorKind::TimedOut)??;
    send.finish().map_err(io::Error::other)
}

/// The sending end: what is on its way is a task each, and they run while an acknowledgement is waited for.
struct QuicLink {
    runtime: Runtime,
    endpoint: Endpoint,
    connection: Connection,
    answered: mpsc::UnboundedSender<io::Result<Acknowledgement>>,
    answers: mpsc::UnboundedReceiver<io::Result<Acknowledgement>>,
}

impl Link for QuicLink {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let (connection, frame, answered) = (self.connection.clone(), frame.clone(), self.answered.clone());
        self.runtime.spawn(async move {
            let _ = answered.send(carry(connection, frame).await); // nobody waits once the link is gone
        });
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        loop {
            let heard = self.connection.stats().udp_rx.datagrams;
            let limit = until.unwrap_or_else(|| Instant::now() + PATIENCE);
            match self.runtime.block_on(async { timeout_at(limit.into(), self.answers.recv()).await }) {
                Ok(Some(answer)) => return answer.map(Some),
                Ok(None) => return Err(ErrorKind::BrokenPipe.into()),
                Err(_) if until.is_some() => return Ok(None),
                // A long frame on a slow path: as long as the server acknowledges packets, it moves.
                Err(_) if self.connection.stats().udp_rx.datagrams > heard => {}
                Err(_) => return Err(ErrorKind::TimedOut.into()),
            }
        }
    }
}

/// One frame on a stream of its own, and its acknowledgement. Waits while as many are on their way as the server
/// allows.
async fn carry(connection: Connection, frame: Frame) -> io::Result<Acknowledgement> {
    let (mut send, mut receive) = connection.open_bi().await?;
    let header = Acknowledgement { number: frame.number, checksum: frame.checksum }.to_bytes();
    send.write_all(&header).await?;
    send.write_chunk(frame.payload).await?; // shared, not copied, until it is encrypted
    send.finish().map_err(io::Error::other)?;
    let mut answer = [0; Acknowledgement::LENGTH];
    receive.read_exact(&mut answer).await.map_err(io::Error::other)?;
    Ok(Acknowledgement::from_bytes(answer))
}

impl Drop for QuicLink {
    fn drop(&mut self) {
        self.connection.close(0_u32.into(), b"");
        // Without this the last packet, which says so, would stay here.
        let _ = self.runtime.block_on(async { timeout(Duration::from_secs(1), self.endpoint.wait_idle()).await });
    }
}
