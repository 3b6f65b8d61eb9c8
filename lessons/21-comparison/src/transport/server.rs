//! The listening end of transports whose library is asynchronous: one thread, a task for each peer.

use std::error::Error;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::call_window::{runtime, trouble};
use super::stream::{MOST_PEERS, gone_before};

/// Listens at a free port of `host`, and hands every connection to `serve_peer`, for as long as the process lives.
pub(crate) fn serve<Served, Trouble>(
    host: IpAddr,
    announce: &mut dyn FnMut(&str),
    serve_peer: impl Fn(TcpStream) -> Served,
) -> io::Result<()>
where
    Served: Future<Output = Result<(), Trouble>> + Send + 'static,
    Trouble: Error,
{
    runtime()?.block_on(async {
        let listener = TcpListener::bind((host, 0)).await?;
        announce(&listener.local_addr()?.to_string());
        let permits = Arc::new(Semaphore::new(MOST_PEERS));
        loop {
            let permit = Arc::clone(&permits).acquire_owned().await.map_err(io::Error::other)?;
            let (stream, peer) = match listener.accept().await {
                Err(error) if gone_before(&error) => continue,
                accepted => accepted?,
            };
            if let Err(error) = stream.set_nodelay(true) {
                eprintln!("{peer}: {error}");
                continue;
            }
            let served = serve_peer(stream);
            tokio::spawn(async move {
                let _permit = permit;
                if let Err(error) = served.await {
                    eprintln!("{peer}: {}", trouble(error));
                }
            });
        }
    })
}
