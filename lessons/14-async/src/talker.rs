//! A client of the story: it says lines, and hears when it wants to.

use std::io;
use std::net::SocketAddr;

use narrate::{Error, Side, Stage, TappedAsync, Tapper};
use tokio::io::{AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::TcpSocket;

use crate::chat::lines::{Broken, Lines};
use crate::text;

/// The kernel's receive buffer for a client, small so that who does not read is soon noticed.
const RECEIVE_BUFFER: u32 = 8 * 1024;

pub(crate) struct Talker {
    pub(crate) side: Side,
    lines: Lines<ReadHalf<TappedAsync>>,
    writer: WriteHalf<TappedAsync>,
}

impl Talker {
    /// Calls, and says nothing yet.
    pub(crate) async fn call(side: Side, tapper: &Tapper, address: SocketAddr) -> Result<Talker, Error> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
        let stream = socket.connect(address).await?;
        let (reader, writer) = tokio::io::split(tapper.tap(stream)?);
        Ok(Talker { side, lines: Lines::new(reader), writer })
    }

    /// Calls, and says its name.
    pub(crate) async fn join(side: Side, tapper: &Tapper, address: SocketAddr) -> Result<Talker, Error> {
        let mut talker = Talker::call(side, tapper, address).await?;
        talker.say(side.label).await?;
        Ok(talker)
    }

    pub(crate) async fn say(&mut self, line: &str) -> io::Result<()> {
        self.writer.write_all(format!("{line}\n").as_bytes()).await
    }

    /// The next line; `None` at the end.
    pub(crate) async fn hear(&mut self) -> io::Result<Option<String>> {
        self.lines.next().await.map_err(|broken| match broken {
            Broken::Network(error) => error,
            Broken::TooLong => io::ErrorKind::InvalidData.into(),
        })
    }

    /// Hears `count` lines and shows them in one.
    pub(crate) async fn hears(&mut self, stage: &Stage, count: usize) -> io::Result<()> {
        let mut heard = String::new();
        for _ in 0..count {
            let line = self.hear().await?.unwrap_or_else(text::the_end);
            heard.push_str(&format!("← {line:<16} "));
        }
        stage.fact(self.side, heard.trim_end());
        Ok(())
    }
}
