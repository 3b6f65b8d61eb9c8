//! A chat server: a task for each client, a limit for each thing that could grow, and an orderly shutdown.
//!
//! You can copy this file into `src/` of a project of your own, together with the folder `chat/`. It uses nothing
//! else of the course. Your `Cargo.toml` needs:
//!
//!     [dependencies]
//!     tokio = { version = "1", features = ["io-util", "macros", "net", "rt-multi-thread", "signal", "sync", "time"] }
//!     tokio-util = { version = "0.7", features = ["rt"] }
//!
//! Start it from `main` (only the tests in `chat/lines.rs` need another crate, `proptest`):
//!
//!     mod chat;
//!
//!     #[tokio::main]
//!     async fn main() -> std::io::Result<()> {
//!         use std::time::Duration;
//!         let (name_timeout, burst) = (Duration::from_secs(10), Duration::from_millis(300));
//!         let server = chat::Chat::new(chat::Limits { max_clients: 1000, name_timeout, burst });
//!         let listener = chat::listen(([127, 0, 0, 1], 7014).into())?;
//!         tokio::spawn(server.clone().accept_loop(listener, Ok));
//!         tokio::signal::ctrl_c().await?;
//!         let report = server.shutdown(Duration::from_secs(5)).await;
//!         println!("{} finished, {} aborted", report.finished, report.aborted);
//!         Ok(())
//!     }
//!
//! `Ok` takes each accepted stream as it is. A function in its place may wrap it, as TLS or a recorder does.

mod client;
pub mod lines;
pub mod rooms;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use rooms::Rooms;

/// Bytes that the kernel may hold for one client that does not read, besides its queue. Linux doubles them.
const SEND_BUFFER_SIZE: u32 = 64 * 1024;
/// Connections that may wait for `accept`.
const BACKLOG: u32 = 128;
/// How long to wait after a failed `accept`, so that clients may leave and free something.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// What one client, or all of them, may take.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Clients at the same time.
    pub max_clients: usize,
    /// How long a client may take to send its name.
    pub name_timeout: Duration,
    /// How far ahead of the rate limit (100 lines a second) a client may be before the server reads no more from it.
    pub burst: Duration,
}

/// How the tasks of the clients ended at the shutdown.
pub struct ShutdownReport {
    /// Tasks that finished within the deadline.
    pub finished: usize,
    /// Tasks that were aborted at the deadline.
    pub aborted: usize,
}

/// A connection to a client: a [`TcpStream`], or a wrapper around one.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// Makes closing a reset (RST), which throws away what the kernel still holds for the client.
    fn reset_on_close(&self) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn reset_on_close(&self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

/// A chat server. It needs a listener to let clients in: see [`Chat::accept_loop`].
pub struct Chat {
    pub rooms: Arc<Rooms>,
    /// One permit for each further client.
    pub permits: Arc<Semaphore>,
    limits: Limits,
    tasks: TaskTracker,
    stop: CancellationToken,
    abort: CancellationToken,
}

impl Chat {
    pub fn new(limits: Limits) -> Arc<Chat> {
        Arc::new(Chat {
            rooms: Arc::default(),
            permits: Arc::new(Semaphore::new(limits.max_clients)),
            limits,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            abort: CancellationToken::new(),
        })
    }

    // ANCHOR: accept
    /// Accepts clients until the shutdown; then it closes `listener`, and new connections are refused.
    /// `wrap` makes the stream that is served out of the one that was accepted.
    pub async fn accept_loop<S, W>(self: Arc<Chat>, listener: TcpListener, wrap: W)
    where
        S: Stream,
        W: Fn(TcpStream) -> io::Result<S>,
    {
        loop {
            let accepted = tokio::select! {
                () = self.stop.cancelled() => return,
                accepted = self.accept(&listener) => accepted,
            };
            let Ok((stream, permit)) = accepted.and_then(|(stream, permit)| Ok((wrap(stream)?, permit))) else {
                sleep(ACCEPT_RETRY_DELAY).await; // the client had gone already, or no descriptor is free
                continue;
            };
            let client = client::handle_client(stream, self.rooms.clone(), self.stop.clone(), self.limits);
            let abort = self.abort.clone();
            self.tasks.spawn(async move {
                tokio::select! {
                    () = client => {}
                    () = abort.cancelled() => {} // `client` is dropped, and with it its socket and its membership
                }
                drop(permit); // the next client may come in
            });
        }
    }

    /// Acquires a permit before accepting: clients over the limit stay in the kernel's backlog and cost no task.
    async fn accept(&self, listener: &TcpListener) -> io::Result<(TcpStream, OwnedSemaphorePermit)> {
        let permit = self.permits.clone().acquire_owned().await.map_err(io::Error::other)?;
        let (stream, _) = listener.accept().await?;
        Ok((stream, permit))
    }
    // ANCHOR_END: accept

    // ANCHOR: shutdown
    /// Accepts no more clients and delivers what was sent; aborts the clients that have not read it by the deadline.
    pub async fn shutdown(&self, deadline: Duration) -> ShutdownReport {
        self.stop.cancel(); // ends `accept_loop`, and clients without a name
        self.rooms.close(); // each queue ends behind its last line
        self.tasks.close();
        let tasks = self.tasks.len();
        let _ = timeout(deadline, self.tasks.wait()).await;
        let aborted = self.tasks.len();
        self.abort.cancel();
        self.tasks.wait().await;
        ShutdownReport { finished: tasks - aborted, aborted }
    }
    // ANCHOR_END: shutdown
}

/// Opens a listener whose connections have a small send buffer in the kernel (they inherit it).
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if cfg!(unix) {
        socket.set_reuseaddr(true)?; // as std does: a restart need not wait for TIME-WAIT
    }
    socket.set_send_buffer_size(SEND_BUFFER_SIZE)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
