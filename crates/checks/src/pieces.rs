//! A stream that is cut where a test wants it, for the tests that stand beside a parser in `solutions/`.

use std::collections::VecDeque;
use std::io::{self, Read};

/// A stream whose bytes come in the pieces that a test has chosen: no read returns more than is left of one.
///
/// With the feature `tokio` it is an `AsyncRead` too, and then not ready before each piece.
#[derive(Debug)]
pub struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    #[cfg(feature = "tokio")]
    ready: bool,
    /// The size of the largest buffer that a read has offered, in bytes: what the reader set aside for
    /// bytes still to come.
    pub largest_buffer: usize,
}

impl Pieces {
    /// Returns a stream of these pieces; empty ones are left out.
    pub fn new(pieces: &[Vec<u8>]) -> Pieces {
        Pieces {
            pieces: pieces.iter().filter(|piece| !piece.is_empty()).cloned().collect(),
            #[cfg(feature = "tokio")]
            ready: false,
            largest_buffer: 0,
        }
    }

    /// Returns the next bytes, at most `capacity`; none at the end.
    fn next(&mut self, capacity: usize) -> Vec<u8> {
        self.largest_buffer = self.largest_buffer.max(capacity);
        let Some(mut piece) = self.pieces.pop_front() else { return Vec::new() };
        let rest = piece.split_off(capacity.min(piece.len()));
        if !rest.is_empty() {
            self.pieces.push_front(rest);
        }
        piece
    }
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.next(buffer.len());
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use std::io;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use tokio::io::{AsyncRead, ReadBuf};

    use super::Pieces;

    impl AsyncRead for Pieces {
        fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
            self.ready = !self.ready;
            if self.ready {
                return Poll::Pending; // the next poll finds a piece
            }
            buffer.put_slice(&self.next(buffer.remaining()));
            Poll::Ready(Ok(()))
        }
    }

    impl Pieces {
        /// Polls `future` once and drops it, as a `select!` does in which another branch was ready. Returns its
        /// output, or `None` when it has to wait.
        pub fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
            match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(value) => Some(value),
                Poll::Pending => None,
            }
        }
    }
}
