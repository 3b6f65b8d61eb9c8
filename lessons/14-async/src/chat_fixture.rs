//! A chat for the story: the server as a task, and clients that read only when they are told to.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use narrate::{Error, Side, Stage, Tapped, Tapper};
use tokio::io::{AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinHandle;

use crate::chat::lines::{FrameError, Lines};
use crate::chat::{Chat, Limits, Stream, listen};
use crate::text;

/// The kernel's receive buffer for a client in bytes: small, so that it is soon full when the client does not read.
const RECEIVE_BUFFER_SIZE: u32 = 8 * 1024;
/// The room of all clients of the story.
const ROOM: &str = "lobby";

impl Stream for Tapped<TcpStream> {
    fn reset_on_close(&self) -> io::Result<()> {
        self.set_zero_linger()
    }
}

/// A chat server that runs as a task.
pub(crate) struct ChatFixture {
    pub(crate) chat: Arc<Chat>,
    pub(crate) accepting: JoinHandle<()>,
    pub(crate) address: SocketAddr,
}

impl ChatFixture {
    /// Starts the server; `tapper` records its side of each connection.
    pub(crate) fn start(limits: Limits, tapper: Tapper) -> Result<ChatFixture, Error> {
        let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let address = listener.local_addr()?;
        let chat = Chat::new(limits);
        let accepting = tokio::spawn(Arc::clone(&chat).accept_loop(listener, move |stream| tapper.tap(stream)));
        Ok(ChatFixture { chat, accepting, address })
    }

    /// Returns how many lines wait in the queue of a member; `None` when it is not in the room.
    pub(crate) fn queued(&self, side: Side) -> Option<usize> {
        self.chat.rooms.queued(side.label, ROOM)
    }

    /// Ends the server when its clients have left, so that none of it reaches into the next step.
    pub(crate) async fn stop(self, deadline: Duration) -> Result<(), Error> {
        self.chat.shutdown(deadline).await;
        Ok(self.accepting.await.map_err(io::Error::other)?)
    }
}

/// A client of the chat.
pub(crate) struct ChatClient {
    side: Side,
    lines: Lines<ReadHalf<Tapped<TcpStream>>>,
    writer: WriteHalf<Tapped<TcpStream>>,
}

impl ChatClient {
    /// Connects, and sends nothing yet.
    pub(crate) async fn connect(side: Side, tapper: &Tapper, address: SocketAddr) -> Result<ChatClient, Error> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER_SIZE)?;
        let stream = socket.connect(address).await?;
        let (reader, writer) = tokio::io::split(tapper.tap(stream)?);
        Ok(ChatClient { side, lines: Lines::new(reader), writer })
    }

    /// Connects, and sends its name.
    pub(crate) async fn join(side: Side, tapper: &Tapper, address: SocketAddr) -> Result<ChatClient, Error> {
        let mut client = ChatClient::connect(side, tapper, address).await?;
        client.send(side.label).await?;
        Ok(client)
    }

    pub(crate) async fn send(&mut self, line: &str) -> io::Result<()> {
        self.writer.write_all(format!("{line}\n").as_bytes()).await
    }

    /// Sends a line and shows it.
    pub(crate) async fn show_sent(&mut self, stage: &Stage, line: &str) -> io::Result<()> {
        self.send(line).await?;
        stage.fact(self.side, format!("→ {line}"));
        Ok(())
    }

    /// Returns the next line; `None` at the end.
    pub(crate) async fn receive(&mut self) -> io::Result<Option<String>> {
        self.lines.next().await.map_err(|error| match error {
            FrameError::Io(error) => error,
            FrameError::TooLong => io::ErrorKind::InvalidData.into(),
        })
    }

    /// Receives lines up to this one, or up to the end.
    pub(crate) async fn receive_until(&mut self, last: &str) -> io::Result<()> {
        while self.receive().await?.is_some_and(|line| line != last) {}
        Ok(())
    }

    /// Receives `count` lines and shows them in one.
    pub(crate) async fn show_received(&mut self, stage: &Stage, count: usize) -> io::Result<()> {
        let mut received = String::new();
        for _ in 0..count {
            let line = self.receive().await?.unwrap_or_else(text::end_of_stream);
            received.push_str(&format!("← {line:<16} "));
        }
        stage.fact(self.side, received.trim_end());
        Ok(())
    }
}
