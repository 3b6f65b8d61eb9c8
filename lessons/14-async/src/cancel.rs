//! What `select!` does to the future that loses: it is dropped, with all that it holds.

use std::future::ready;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use narrate::{Error, Side, Stage, TappedAsync};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

use crate::chat::lines::Lines;
use crate::{MAI, text};

/// What Mai says, in two pieces.
const LINE: &str = "xin chao";
/// More than the kernel's buffers take in one go.
const MUCH: usize = 64 << 20;

pub(crate) async fn half_a_line(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: read_line
    stage.step(text::half_a_line());
    let line = interrupted(stage, [b"xin ch", b"ao\n"], async |reader, binh| {
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

pub(crate) async fn half_a_number(stage: &Stage) -> Result<(), Error> {
    stage.step(text::half_a_number());
    // ANCHOR: read_exact
    let head = interrupted(stage, [b"00", b"08mai: hi"], async |mut reader, binh| {
        let mut head = [0; 4];
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
    stage.fact(Side::SERVER, text::wrong_head(&head, "0008"));

    // ANCHOR: write_all
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut writer = TcpStream::connect(listener.local_addr()?).await?;
    let (mut reader, _) = listener.accept().await?;
    let much = vec![b'x'; MUCH];
    let written = tokio::select! {
        biased; // the first branch is polled first
        written = writer.write_all(&much) => Some(written),
        () = ready(()) => None, // something else was ready
    };
    drop(writer);
    let arrived = tokio::io::copy(&mut reader, &mut tokio::io::sink()).await?;
    // ANCHOR_END: write_all
    stage.fact(Side::SERVER, text::wrote(MUCH, written.is_some(), arrived));
    Ok(())
}

pub(crate) async fn nothing_lost(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: kept
    stage.step(text::nothing_lost());
    let line = interrupted(stage, [b"xin ch", b"ao\n"], async |reader, binh| {
        let mut lines = Lines::new(reader); // the bytes that have come are kept in here
        loop {
            tokio::select! {
                line = lines.next() => return line.map_err(|broken| io::Error::other(format!("{broken:?}"))),
                Some(word) = binh.recv() => stage.fact(Side::SERVER, text::interrupted("next()", word)),
            }
        }
    })
    .await?;
    // ANCHOR_END: kept
    stage.fact(Side::SERVER, lost("next()", &line.unwrap_or_default()));
    Ok(())
}

/// Mai's bytes come in two pieces. Between them, when the first has left the kernel, Binh says a word.
/// `read` is the server's task, which waits for both.
async fn interrupted<T>(
    stage: &Stage,
    pieces: [&[u8]; 2],
    read: impl AsyncFnOnce(Watched, &mut mpsc::Receiver<&'static str>) -> io::Result<T>,
) -> Result<T, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut mai = stage.tapper(MAI).tap(TcpStream::connect(listener.local_addr()?).await?)?;
    let stream = stage.tapper(Side::SERVER).tap(listener.accept().await?.0)?;
    let (taken, mut watch) = watch::channel(0);
    let (binh, mut heard) = mpsc::channel(1);
    let talking = async {
        mai.write_all(pieces[0]).await?;
        stage.bytes(MAI, Side::SERVER, pieces[0]);
        let _ = watch.wait_for(|taken| *taken == pieces[0].len()).await;
        let _ = binh.send("xin loi").await;
        let _ = binh.reserve().await; // there is room again: the server has heard it
        mai.write_all(pieces[1]).await?;
        stage.bytes(MAI, Side::SERVER, pieces[1]);
        Ok::<_, io::Error>(mai) // open until the server has read
    };
    let (talked, read) = tokio::join!(talking, read(Watched { stream, taken }, &mut heard));
    talked?;
    Ok(read?)
}

/// A stream that tells how many bytes were taken out of it.
struct Watched {
    stream: TappedAsync,
    taken: watch::Sender<usize>,
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = room.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(context, room);
        self.taken.send_modify(|taken| *taken += room.filled().len() - before);
        outcome
    }
}

/// What a call gave of Mai's line, and what of the line is missing in front of it.
fn lost(call: &str, got: &str) -> String {
    let got = got.trim_end();
    text::lost(call, got, LINE.strip_suffix(got).unwrap_or(LINE))
}
