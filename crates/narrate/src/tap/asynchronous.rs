//! A tokio stream that is listened in on.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::{End, Event, Recorder};
use crate::tape::Annotate;
use crate::{Endpoint, Side};

/// Sets taps on tokio streams. A task may take it along: unlike the stage it can be cloned and sent.
#[derive(Clone)]
pub struct Tapper {
    recorder: Recorder,
    side: Side,
    annotate: Option<Annotate>,
    on_tape: bool,
}

impl Tapper {
    pub(crate) fn new(recorder: Recorder, side: Side) -> Tapper {
        Tapper { recorder, side, annotate: None, on_tape: true }
    }

    /// One that records nothing, where a program takes a tapper and nobody listens.
    pub fn deaf(side: Side) -> Tapper {
        Tapper::new(Recorder::deaf(), side)
    }

    /// The tape explains with `annotate` what these ends write. See [`crate::Tapped::speaking`].
    pub fn speaking(self, annotate: Annotate) -> Tapper {
        Tapper { annotate: Some(annotate), ..self }
    }

    /// Leaves the tape out, where it would only fill the screen. The capture still has everything.
    pub fn off_tape(self) -> Tapper {
        Tapper { on_tape: false, ..self }
    }

    /// Listens in on `stream`: what is read and written through the returned value is recorded.
    ///
    /// # Errors
    /// When the socket is not connected any more.
    pub fn tap(&self, stream: TcpStream) -> io::Result<TappedAsync> {
        let end = End { side: self.side, local: stream.local_addr()?, peer: stream.peer_addr()? };
        self.recorder.opened(end);
        if let Some(annotate) = self.annotate {
            self.recorder.speaks(end, annotate);
        }
        Ok(TappedAsync { stream, end, recorder: self.recorder.clone(), on_tape: self.on_tape })
    }
}

/// A tokio [`TcpStream`] whose reads and writes are recorded. `tokio::io::split` gives it two halves.
pub struct TappedAsync {
    stream: TcpStream,
    end: End,
    recorder: Recorder,
    on_tape: bool,
}

impl TappedAsync {
    /// The stream itself, for its options. What is read or written through it is not recorded.
    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// This end of the connection, for the kernel's table.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint { side: self.end.side, local: self.end.local, peer: Some(self.end.peer) }
    }

    fn heard(&self, event: Event) {
        self.recorder.heard_quietly(self.end, event, self.on_tape);
    }

    fn met<T>(&self, result: io::Result<T>) -> Poll<io::Result<T>> {
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset) {
            self.heard(Event::Reset);
        }
        Poll::Ready(result)
    }
}

impl AsyncRead for TappedAsync {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = room.filled().len();
        let result = ready!(Pin::new(&mut self.stream).poll_read(context, room));
        if result.is_ok() {
            match &room.filled()[before..] {
                [] if room.remaining() == 0 => {} // there was no room, so 0 bytes say nothing
                [] => self.heard(Event::End),
                bytes => self.heard(Event::Read(bytes.to_vec())),
            }
        }
        self.met(result)
    }
}

impl AsyncWrite for TappedAsync {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.stream).poll_write(context, bytes));
        if let Ok(count @ 1..) = result {
            self.heard(Event::Wrote(bytes[..count].to_vec()));
        }
        self.met(result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    /// As `shutdown(Write)`: a FIN, and the other half stays open.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = ready!(Pin::new(&mut self.stream).poll_shutdown(context));
        if result.is_ok() {
            self.heard(Event::HalfClosed);
        }
        self.met(result)
    }
}

impl Drop for TappedAsync {
    fn drop(&mut self) {
        self.heard(Event::Closed);
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Both ends of a connection with a tap on each; what they say to each other is in `story`.
    fn tape_of(on_tape: bool, story: impl AsyncFnOnce(TappedAsync, TappedAsync) -> io::Result<()>) -> String {
        let recorder = Recorder::new(true, false, None, None).unwrap();
        let tapper = |side| {
            let tapper = Tapper::new(recorder.clone(), side);
            if on_tape { tapper } else { tapper.off_tape() }
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime
            .block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await?;
                let client = TcpStream::connect(listener.local_addr()?).await?;
                let (server, _) = listener.accept().await?;
                story(tapper(Side::CLIENT).tap(client)?, tapper(Side::SERVER).tap(server)?).await
            })
            .unwrap();
        recorder.take_lines().join("\n")
    }

    async fn talk(mut client: TappedAsync, mut server: TappedAsync) -> io::Result<()> {
        client.write_all(b"xin chao").await?;
        client.shutdown().await?;
        let mut heard = Vec::new();
        server.read_to_end(&mut heard).await?;
        assert_eq!(heard, b"xin chao");
        Ok(())
    }

    #[test]
    fn what_a_task_reads_and_writes_stands_on_the_tape() {
        let tape = tape_of(true, talk);
        assert_eq!(tape.matches("\"xin chao\"").count(), 2, "{tape}");
        assert_eq!(tape.matches('│').count(), 8, "two rows of bytes and six events: {tape}");
    }

    #[test]
    fn what_is_off_the_tape_is_not_on_it() {
        assert_eq!(tape_of(false, talk), "");
    }

    #[test]
    fn a_read_without_room_is_not_the_end() {
        let tape = tape_of(true, async |mut client, mut server| {
            client.write_all(b"a").await?;
            assert_eq!(server.read(&mut []).await?, 0); // once something is there, tokio asks the kernel
            Ok(())
        });
        assert_eq!(tape.matches('│').count(), 4, "a write with its row, and both close: {tape}");
    }
}
