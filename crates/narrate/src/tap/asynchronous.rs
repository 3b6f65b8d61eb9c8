//! Streams of tokio with a tap. A poll that has to wait leaves no trace.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Tapped;
use crate::event::Event;

impl<S: AsyncRead + Unpin> AsyncRead for Tapped<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = ready!(Pin::new(&mut self.socket).poll_read(context, buffer));
        match (&result, &buffer.filled()[before..]) {
            (Err(error), _) => self.report("read", &Event::Failed { error, peer: None }),
            (Ok(()), []) if buffer.remaining() == 0 => {} // 0 bytes were asked for: 0 says nothing
            (Ok(()), []) => self.report("read", &Event::End),
            (Ok(()), bytes) => self.report("read", &Event::Read(bytes)),
        }
        Poll::Ready(result)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tapped<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = ready!(Pin::new(&mut self.socket).poll_write(context, bytes));
        self.report_write(bytes, &result);
        Poll::Ready(result)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    /// As `shutdown(Write)`: a FIN, and the other half stays open.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = ready!(Pin::new(&mut self.socket).poll_shutdown(context));
        match &result {
            Ok(()) => self.report("shutdown", &Event::Shutdown(std::net::Shutdown::Write)),
            Err(error) => self.report("shutdown", &Event::Failed { error, peer: None }),
        }
        Poll::Ready(result)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::event::Side;
    use crate::recorder::Recorder;
    use crate::screen::Colour;
    use crate::tap::Tapper;

    /// Both ends of a connection with a tap on each; what they say to each other is in `story`.
    fn tape_of(
        on_tape: bool,
        story: impl AsyncFnOnce(Tapped<TcpStream>, Tapped<TcpStream>) -> io::Result<()>,
    ) -> String {
        let recorder = Recorder::new(true, false, Colour(false), None, None).unwrap();
        let tapper = |side| {
            let tapper = Tapper::new(recorder.clone(), side, true);
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
        recorder.take_tape().join("\n")
    }

    async fn talk(mut client: Tapped<TcpStream>, mut server: Tapped<TcpStream>) -> io::Result<()> {
        client.write_all(b"xin chao").await?;
        client.shutdown().await?;
        let mut received = Vec::new();
        server.read_to_end(&mut received).await?;
        assert_eq!(received, b"xin chao");
        Ok(())
    }

    #[test]
    fn tap_records_what_a_task_reads_and_writes() {
        let tape = tape_of(true, talk);
        assert_eq!(tape.matches("\"xin chao\"").count(), 2, "{tape}");
        assert_eq!(tape.matches('│').count(), 8, "two rows of bytes and six events: {tape}");
    }

    #[test]
    fn off_tape_leaves_the_tape_empty() {
        assert_eq!(tape_of(false, talk), "");
    }

    #[test]
    fn a_read_into_an_empty_buffer_is_not_the_end() {
        let tape = tape_of(true, async |mut client, mut server| {
            client.write_all(b"a").await?;
            assert_eq!(server.read(&mut []).await?, 0); // once something is there, tokio asks the kernel
            Ok(())
        });
        assert_eq!(tape.matches('│').count(), 4, "a write with its row, and both close: {tape}");
    }
}
