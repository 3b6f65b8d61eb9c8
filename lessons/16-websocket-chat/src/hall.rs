//! The very server of `serve`, in threads of its own, for the story.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use narrate::{Side, Tapper};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, mpsc};

use crate::room::{Room, Settings};
use crate::server;

/// Connections at once: the story brings seven.
const CONNECTIONS: usize = 32;

/// A room with a door; it ends when it is dropped.
pub(crate) struct Hall {
    pub(crate) address: SocketAddr,
    /// The server's threads live as long as this does.
    _runtime: Runtime,
}

impl Hall {
    pub(crate) fn open(heartbeat: Duration) -> io::Result<Hall> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        // Whoever speaks in the story may do so as fast as the network takes it.
        let room = Arc::new(Room::new(Settings { heartbeat, ahead: Duration::MAX }));
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let (news, _) = mpsc::channel(1); // the story looks from outside
        let deaf = Tapper::deaf(Side::SERVER); // what is to be heard is heard at the other end
        runtime.spawn(async move { server::run(listener, &room, &connections, news, deaf).await });
        Ok(Hall { address, _runtime: runtime })
    }
}
