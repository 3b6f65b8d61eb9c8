//! The driving end.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use quinn::{Connection, Endpoint};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::time::{timeout, timeout_at};

use crate::frame::{Acknowledgement, Frame, IO_TIMEOUT};
use crate::transport::Client;

/// The sending end: what is on its way is a task each, and they run while an acknowledgement is waited for.
pub(super) struct QuicClient {
    runtime: Runtime,
    endpoint: Endpoint,
    connection: Connection,
    answered: mpsc::UnboundedSender<io::Result<Acknowledgement>>,
    answers: mpsc::UnboundedReceiver<io::Result<Acknowledgement>>,
}

impl QuicClient {
    pub(super) fn new(runtime: Runtime, endpoint: Endpoint, connection: Connection) -> QuicClient {
        let (answered, answers) = mpsc::unbounded_channel();
        QuicClient { runtime, endpoint, connection, answered, answers }
    }
}

impl Client for QuicClient {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let (connection, frame, answered) = (self.connection.clone(), frame.clone(), self.answered.clone());
        self.runtime.spawn(async move {
            let _ = answered.send(carry(connection, frame).await); // no one receives it once the client is gone
        });
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        loop {
            let heard = self.connection.stats().udp_rx.datagrams;
            let limit = until.unwrap_or_else(|| Instant::now() + IO_TIMEOUT);
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

impl Drop for QuicClient {
    fn drop(&mut self) {
        self.connection.close(0_u32.into(), b"");
        // Without this the last packet, which says so, would stay here.
        let _ = self.runtime.block_on(async { timeout(Duration::from_secs(1), self.endpoint.wait_idle()).await });
    }
}
