//! The chat: a task for each client, a limit for each thing that could grow, and an orderly end.

mod client;
pub(crate) mod lines;
pub(crate) mod rooms;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use narrate::{TappedAsync, Tapper};
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use rooms::Rooms;

/// What the kernel may hold for one client that does not read, besides our queue. Linux doubles it.
const SEND_BUFFER: u32 = 64 * 1024;
/// Connections that may wait for `accept`.
const BACKLOG: u32 = 128;
/// How long to wait after a failed `accept`, so that clients may leave and free something.
const PAUSE: Duration = Duration::from_millis(50);

/// What the server gives to those who ask for much.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Clients at the same time.
    pub(crate) clients: usize,
    /// How long a client may take to say its name.
    pub(crate) name_within: Duration,
    /// How far ahead of its pace a client may be before it is made to wait: see [`client`].
    pub(crate) ahead: Duration,
}

/// How the visits ended when the server left.
pub(crate) struct Left {
    /// Visits that came to their end within the deadline.
    pub(crate) by_themselves: usize,
    /// Visits that the deadline has cut.
    pub(crate) cut: usize,
}

/// A chat server. It needs a listener to let clients in: see [`Chat::accept`].
pub(crate) struct Chat {
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) permits: Arc<Semaphore>,
    limits: Limits,
    tapper: Tapper,
    visits: TaskTracker,
    stop: CancellationToken,
    cut: CancellationToken,
}

impl Chat {
    pub(crate) fn new(limits: Limits, tapper: Tapper) -> Arc<Chat> {
        Arc::new(Chat {
            rooms: Arc::default(),
            permits: Arc::new(Semaphore::new(limits.clients)),
            limits,
            tapper,
            visits: TaskTracker::new(),
            stop: CancellationToken::new(),
            cut: CancellationToken::new(),
        })
    }

    // ANCHOR: accept
    /// Lets clients in until the server leaves; then it closes `listener`, and calls are refused.
    pub(crate) async fn accept(self: Arc<Chat>, listener: TcpListener) {
        loop {
            let arrived = tokio::select! {
                () = self.stop.cancelled() => return,
                arrived = self.next(&listener) => arrived,
            };
            let Ok((client, permit)) = arrived else {
                sleep(PAUSE).await; // it was gone already, or we lack descriptors
                continue;
            };
            let visit = client::visit(client, self.rooms.clone(), self.stop.clone(), self.limits);
            let cut = self.cut.clone();
            self.visits.spawn(async move {
                tokio::select! {
                    () = visit => {}
                    () = cut.cancelled() => {} // `visit` is dropped, and with it its socket and its place
                }
                drop(permit); // now there is room for another
            });
        }
    }

    /// The permit comes first: who finds none waits in the kernel's backlog and costs us nothing.
    async fn next(&self, listener: &TcpListener) -> io::Result<(TappedAsync, OwnedSemaphorePermit)> {
        let permit = self.permits.clone().acquire_owned().await.map_err(io::Error::other)?;
        let (client, _) = listener.accept().await?;
        Ok((self.tapper.tap(client)?, permit))
    }
    // ANCHOR_END: accept

    // ANCHOR: leave
    /// Nobody comes in any more; what has been said is still delivered; who has not read it when
    /// `within` is over is cut.
    pub(crate) async fn leave(&self, within: Duration) -> Left {
        self.stop.cancel(); // heard by `accept` and by clients without a name
        self.rooms.close(); // each queue ends behind its last line
        self.visits.close();
        let visits = self.visits.len();
        let _ = timeout(within, self.visits.wait()).await;
        let cut = self.visits.len();
        self.cut.cancel();
        self.visits.wait().await;
        Left { by_themselves: visits - cut, cut }
    }
    // ANCHOR_END: leave
}

/// A listener whose connections have a small send buffer in the kernel (they inherit it).
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if cfg!(unix) {
        socket.set_reuseaddr(true)?; // as std does: a restart need not wait for TIME-WAIT
    }
    socket.set_send_buffer_size(SEND_BUFFER)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
