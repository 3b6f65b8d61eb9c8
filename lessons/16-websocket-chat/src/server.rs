//! A chat room over WebSocket, and the page for it over HTTP, on one port.
//!
//! Each connection has a task of its own. It reads one HTTP request; it answers with a file of the page, or
//! makes the connection a member of the room. Nothing here prints: [`Event`]s tell the caller what happens.
//!
//! You can copy this file into your own project, together with the folders `src/server/` and `page/`. It
//! uses nothing else of the course. Your `Cargo.toml` needs:
//!
//!     [dependencies]
//!     futures-util = { version = "0.3", default-features = false, features = ["sink"] }
//!     tokio = { version = "1", features = ["io-util", "macros", "net", "rt", "sync", "time"] }
//!     tokio-tungstenite = "0.29"
//!     tungstenite = "0.29"
//!
//! Then, in a task of tokio: `Server::new(Settings::default(), events).accept_loop(listener, Ok).await`.

mod http;
mod member;
mod rate_limit;
mod room;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{sleep, timeout};
use tokio_tungstenite::WebSocketStream;
use tungstenite::http::StatusCode;
use tungstenite::protocol::Role;

pub(crate) use member::{DisconnectReason, Settings, websocket_config};

use http::RequestOutcome;
use room::Room;

/// Connections at once: members, requests for the page, and clients that have not sent a request yet.
const MAX_CONNECTIONS: u32 = 256;
/// How long to wait after a failed `accept`, so that clients may leave and free descriptors.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);
/// How long [`Server::shutdown`] waits for the connections to end.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(3);

/// What has happened, for a log or a screen.
pub(crate) enum Event {
    /// A member with this name has joined.
    Joined(String),
    /// A member has left, or was removed.
    Left(String, DisconnectReason),
    /// A request for the page has been answered.
    Answered(StatusCode, SocketAddr),
}

/// The room with its door to the network. Clones share one room.
#[derive(Clone)]
pub(crate) struct Server {
    room: Arc<Room>,
    settings: Settings,
    connections: Arc<Semaphore>,
    events: mpsc::Sender<Event>,
}

impl Server {
    /// Makes an empty room. Events are left out while the channel `events` is full or closed.
    pub(crate) fn new(settings: Settings, events: mpsc::Sender<Event>) -> Server {
        let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS as usize));
        Server { room: Arc::default(), settings, connections, events }
    }

    /// Accepts connections until the future is dropped, and spawns a task for each. `tap` is put on every
    /// accepted stream and may wrap it, for example to record or encrypt; `Ok` leaves the stream as it is.
    pub(crate) async fn accept_loop<S>(self, listener: TcpListener, tap: impl Fn(TcpStream) -> io::Result<S>)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        loop {
            // Acquires a permit before accepting: clients over the limit stay in the kernel's backlog.
            let Ok(permit) = Arc::clone(&self.connections).acquire_owned().await else { return };
            // A client that left before it was accepted is no reason to stop serving the others. Nor is
            // a lack of descriptors; but then accept() would fail again at once.
            let accepted = listener.accept().await.and_then(|(stream, peer)| Ok((tap(stream)?, peer)));
            let Ok((stream, peer)) = accepted else {
                sleep(ACCEPT_RETRY_DELAY).await;
                continue;
            };
            let server = self.clone();
            tokio::spawn(async move {
                server.handle_connection(stream, peer).await;
                drop(permit);
            });
        }
    }

    /// Closes every member's connection with code 1001, and waits at most 3 s until all connections have ended.
    pub(crate) async fn shutdown(&self) {
        self.room.remove_all();
        let _ = timeout(SHUTDOWN_TIMEOUT, self.connections.acquire_many(MAX_CONNECTIONS)).await;
    }

    async fn handle_connection<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S, peer: SocketAddr) {
        let report = |event| drop(self.events.try_send(event));
        match http::handle_request(stream).await {
            RequestOutcome::Upgraded(stream, buffered) => {
                let config = Some(websocket_config());
                let socket = WebSocketStream::from_partially_read(stream, buffered, Role::Server, config).await;
                let on_join = |name: &str| report(Event::Joined(name.to_owned()));
                let on_leave = |name: &str, reason| report(Event::Left(name.to_owned(), reason));
                member::run_member(socket, &self.room, self.settings, on_join, on_leave).await;
            }
            RequestOutcome::Answered(status) => report(Event::Answered(status, peer)),
            RequestOutcome::Disconnected => {}
        }
    }
}
