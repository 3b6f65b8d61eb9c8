//! What `select!` does to the future that loses: it is dropped, with all that it holds.

use std::future::ready;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use narrate::{Error, Side, Stage};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use crate::chat::lines::Lines;
use crate::{MAI, text};

/// What Mai sends, in two pieces.
const LINE: &str = "xin chao";
/// The same with a head: how many bytes follow, in four digits.
const FRAME: &str = "0007mai: hi";
/// The digits of the head.
const HEAD: usize = 4;
/// More bytes than the kernel's buffers take at once.
const LARGE: usize = 64 << 20;

pub(crate) async fn half_a_line(stage: &Stage, mai: TcpStream, server: TcpStream) -> Result<(), Error> {
    // ANCHOR: read_line
    stage.step(text::half_a_line());
    let (mai, server) = (stage.tap(MAI, mai)?, stage.tap(Side::SERVER, server)?);
    let line = interrupt(mai, server, [b"xin ch", b"ao\n"], async |reader, binh| {
        let mut reader = BufReader::new(reader);
        let mut line = String::new();
        loop {
            tokio::select! {
                read = reader.read_line(&mut line) => return read.map(|_| line),
                Some(word) = binh.recv() => stage.fact(Side::SERVER, text::interrupted("read_line()", word)),
            }
        }
    })
    .await?;
    // ANCHOR_END: read_line
    stage.fact(Side::SERVER, lost("read_line()", &line));
    Ok(())
}

pub(crate) async fn half_a_number(stage: &Stage, mai: TcpStream, server: TcpStream) -> Result<(), Error> {
    stage.step(text::half_a_number());
    // ANCHOR: read_exact
    let (mai, server) = (stage.tap(MAI, mai)?, stage.tap(Side::SERVER, server)?);
    let pieces = FRAME.as_bytes().split_at(2).into();
    let head = interrupt(mai, server, pieces, async |mut reader, binh| {
        let mut head = [0; HEAD];
        loop {
            tokio::select! {
                read = reader.read_exact(&mut head) => return read.map(|_| head),
                Some(word) = binh.recv() => stage.fact(Side::SERVER, text::interrupted("read_exact()", word)),
            }
        }
    })
    .await?;
    // ANCHOR_END: read_exact
    let head = String::from_utf8_lossy(&head);
    stage.fact(Side::SERVER, text::wrong_head(FRAME, &head, &FRAME[..HEAD]));
    Ok(())
}

/// In the same step as [`half_a_number`].
pub(crate) async fn half_a_write(stage: &Stage, mut writer: TcpStream, mut reader: TcpStream) -> Result<(), Error> {
    // ANCHOR: write_all
    let bytes = vec![b'x'; LARGE];
    let written = tokio::select! {
        biased; // the first branch is polled first
        written = writer.write_all(&bytes) => Some(written),
        () = ready(()) => None, // something else was ready
    };
    drop(writer);
    let arrived = tokio::io::copy(&mut reader, &mut tokio::io::sink()).await?;
    // ANCHOR_END: write_all
    stage.fact(Side::SERVER, text::wrote(LARGE, written.is_some(), arrived));
    Ok(())
}

pub(crate) async fn nothing_lost(stage: &Stage, mai: TcpStream, server: TcpStream) -> Result<(), Error> {
    // ANCHOR: kept
    stage.step(text::nothing_lost());
    let (mai, server) = (stage.tap(MAI, mai)?, stage.tap(Side::SERVER, server)?);
    let line = interrupt(mai, server, [b"xin ch", b"ao\n"], async |reader, binh| {
        let mut lines = Lines::new(reader); // the bytes that have come are kept in here
        loop {
            tokio::select! {
                line = lines.next() => return line.map_err(|error| io::Error::other(format!("{error:?}"))),
                Some(word) = binh.recv() => stage.fact(Side::SERVER, text::interrupted("next()", word)),
            }
        }
    })
    .await?;
    // ANCHOR_END: kept
    stage.fact(Side::SERVER, lost("next()", &line.unwrap_or_default()));
    Ok(())
}

/// Mai sends two pieces. Between them, when the server has read the first, Binh interrupts with a word.
/// `read` is what the server does; it waits for both.
async fn interrupt<S: AsyncRead, T>(
    mut mai: impl AsyncWrite + Unpin,
    server: S,
    pieces: [&[u8]; 2],
    read: impl AsyncFnOnce(ReadCounter<S>, &mut mpsc::Receiver<&'static str>) -> io::Result<T>,
) -> io::Result<T> {
    let (count, mut counted) = watch::channel(0);
    let (binh, mut interruptions) = mpsc::channel(1);
    let sending = async {
        mai.write_all(pieces[0]).await?;
        let _ = counted.wait_for(|count| *count == pieces[0].len()).await;
        let _ = binh.send("xin loi").await;
        let _ = binh.reserve().await; // the channel is empty again: the server has received it
        mai.write_all(pieces[1]).await?;
        Ok::<_, io::Error>(mai) // open until the server has read
    };
    let (sent, read) = tokio::join!(sending, read(ReadCounter { stream: server, count }, &mut interruptions));
    sent?;
    read
}

/// A stream that counts the bytes that were read from it.
struct ReadCounter<S> {
    stream: S,
    count: watch::Sender<usize>,
}

impl<S: AsyncRead + Unpin> AsyncRead for ReadCounter<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.count.send_modify(|count| *count += buffer.filled().len() - before);
        outcome
    }
}

/// Says what a call returned of Mai's line, and what of the line is missing in front of it.
fn lost(call: &str, got: &str) -> String {
    let got = got.trim_end();
    text::lost(call, got, LINE.strip_suffix(got).unwrap_or(LINE))
}
