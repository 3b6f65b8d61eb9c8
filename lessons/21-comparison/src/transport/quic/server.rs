//! Takes frames in: a task for each peer, and one for each frame.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use quinn::{Connection, ConnectionError, Endpoint, RecvStream, SendStream};
use tokio::sync::{Mutex, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::HEADER;
use super::stream::MOST_PEERS;
use crate::frame::{IO_TIMEOUT, MAX_PAYLOAD, Receiver};

/// Frames that all peers together may send at once: each may need 16 MiB.
const FRAMES: usize = 16;

/// What all peers share.
struct Limits {
    /// Places for frames that are not whole yet.
    frames: Semaphore,
    /// Held by the task that works.
    work: Mutex<()>,
}

/// Serves each connection, as soon as a permit is free.
pub(super) async fn run(endpoint: &Endpoint, receiver: Receiver) {
    let limits = Arc::new(Limits { frames: Semaphore::new(FRAMES), work: Mutex::new(()) });
    let permits = Arc::new(Semaphore::new(MOST_PEERS));
    // As over TCP, the next one waits until one of them has gone. Neither fails: endpoint and semaphore are never closed.
    while let Ok(permit) = Arc::clone(&permits).acquire_owned().await
        && let Some(incoming) = endpoint.accept().await
    {
        let (peer, limits) = (incoming.remote_address(), Arc::clone(&limits));
        tokio::spawn(async move {
            let _permit = permit;
            let served = match timeout(IO_TIMEOUT, incoming).await {
                Ok(Ok(connection)) => serve(connection, receiver, limits).await,
                Ok(Err(error)) => Err(error.into()),
                Err(_) => Err(ErrorKind::TimedOut.into()),
            };
            if let Err(error) = served {
                eprintln!("{peer}: {error}");
            }
        });
    }
}

/// Takes frames in from one peer, until it closes.
async fn serve(connection: Connection, receiver: Receiver, limits: Arc<Limits>) -> io::Result<()> {
    loop {
        let (send, receive) = match connection.accept_bi().await {
            Ok(both) => both,
            Err(ConnectionError::ApplicationClosed(_) | ConnectionError::LocallyClosed) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let (connection, limits) = (connection.clone(), Arc::clone(&limits));
        tokio::spawn(async move {
            if let Err(error) = acknowledge(send, receive, receiver, &limits).await {
                connection.close(1_u32.into(), error.to_string().as_bytes());
                eprintln!("{}: {error}", connection.remote_address());
            }
        });
    }
}

/// One frame, from its stream.
async fn acknowledge(
    mut send: SendStream,
    mut receive: RecvStream,
    receiver: Receiver,
    limits: &Limits,
) -> io::Result<()> {
    let permit = timeout(IO_TIMEOUT, limits.frames.acquire()).await.map_err(|_| ErrorKind::TimedOut)?;
    let _permit = permit.map_err(io::Error::other)?;
    let mut bytes = Vec::new();
    while let Some(chunk) =
        timeout(IO_TIMEOUT, receive.read_chunk(usize::MAX, true)).await.map_err(|_| ErrorKind::TimedOut)??
    {
        if bytes.len() + chunk.bytes.len() > HEADER + MAX_PAYLOAD {
            return Err(io::Error::new(ErrorKind::InvalidData, "a frame of more than 16 MiB"));
        }
        bytes.extend_from_slice(&chunk.bytes);
    }
    let header = *bytes.first_chunk::<HEADER>().ok_or(ErrorKind::UnexpectedEof)?;
    let number = (u128::from_be_bytes(header) >> 64) as u64;
    let acknowledge = move || receiver.acknowledge(number, &bytes[HEADER..]);
    // What takes long goes to a thread of its own, one frame after the other. If it ran here, no packet would be
    // acknowledged meanwhile; the driver would take that for a long path, and pace its packets to it.
    let answer = if receiver.work.is_zero() {
        acknowledge()
    } else {
        let _turn = limits.work.lock().await;
        spawn_blocking(acknowledge).await?
    };
    timeout(IO_TIMEOUT, send.write_all(&answer.to_bytes())).await.map_err(|_| ErrorKind::TimedOut)??;
    send.finish().map_err(io::Error::other)
}
