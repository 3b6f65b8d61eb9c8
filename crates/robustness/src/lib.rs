//! What the parsers of the course survive.
//!
//! The programs of exercises are single files that depend on nothing of ours. Their parsers are
//! therefore taken in as files, here and in `fuzz/`, and held to what must be true of *any* bytes that a
//! stranger may send: no panic, no endless loop, no answer made of what is not there.
//!
//! How to run a fuzzer on them: see `README.md`.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncRead, ReadBuf};

/// A stream whose bytes come in the pieces that a test has chosen: no read gives more than is left of one.
/// As an [`AsyncRead`] it has nothing yet before each piece.
pub struct Pieces {
    pieces: VecDeque<Vec<u8>>,
    ready: bool,
    /// The most room that any read has offered: what the reader had set aside for bytes to come.
    pub offered: usize,
}

impl Pieces {
    /// These bytes, cut like that. A piece without bytes is none.
    pub fn new(pieces: &[Vec<u8>]) -> Pieces {
        let pieces = pieces.iter().filter(|piece| !piece.is_empty()).cloned().collect();
        Pieces { pieces, ready: false, offered: 0 }
    }

    /// The next bytes, at most `room`; none at the end.
    fn next(&mut self, room: usize) -> Vec<u8> {
        self.offered = self.offered.max(room);
        let Some(mut piece) = self.pieces.pop_front() else { return Vec::new() };
        let rest = piece.split_off(room.min(piece.len()));
        if !rest.is_empty() {
            self.pieces.push_front(rest);
        }
        piece
    }
}

impl Read for Pieces {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let bytes = self.next(room.len());
        room[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }
}

impl AsyncRead for Pieces {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, room: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.ready = !self.ready;
        if self.ready {
            return Poll::Pending; // whoever polls again finds a piece
        }
        room.put_slice(&self.next(room.remaining()));
        Poll::Ready(Ok(()))
    }
}

/// Polls the future once: what it gave, or `None` when it has to wait. It is dropped, as by a `select!` in
/// which something else was ready.
pub fn poll_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
