//! A frame on a stream of bytes (TCP, Unix): a header of 20 bytes, then the payload. The answer has 16 bytes.
//!
//! ```text
//! length of the payload   4 bytes    all numbers in network byte order
//! number                  8 bytes
//! checksum, as announced  8 bytes
//! payload                 as many bytes as the length says
//! ```

use std::io::{self, ErrorKind, IoSlice, Write};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::frame::{Acknowledgement, Frame, IO_TIMEOUT, MAX_PAYLOAD, Receiver};
use crate::transport::Client;

const HEADER: usize = 20;

/// How a header and its payload are handed to the kernel.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Writes {
    /// In one system call (`writev`): no copy, and no small packet that waits for an acknowledgement.
    #[default]
    One,
    /// The header in a call of its own, as most people write it the first time.
    Two,
}

/// How a server gets a payload out of the kernel.
#[derive(Clone, Copy, Default, PartialEq)]
pub(crate) enum Read {
    /// Straight into a buffer of the payload's length, as much as there is each time.
    #[default]
    Whole,
    /// 1,024 bytes a call, appended to what was there: many tutorials do so.
    InPieces,
}

/// Peers served at once: each may have 16 MiB or more of our memory. The next one waits in the kernel's queue until one
/// of them has gone.
pub(crate) const MOST_PEERS: usize = 16;
/// Bytes of a payload for which there is room before any has come.
const FIRST: usize = 64 * 1024;

/// Places that are taken, and a word whenever one is free again.
static TAKEN: Mutex<usize> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

/// A place for one peer; free again when it is dropped.
pub(crate) struct Permit(());

/// A place, as soon as there is one.
pub(crate) fn permit() -> Permit {
    let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner); // a number is whole whatever happened
    let mut taken = FREE.wait_while(taken, |taken| *taken >= MOST_PEERS).unwrap_or_else(PoisonError::into_inner);
    *taken += 1;
    Permit(())
}

impl Drop for Permit {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREE.notify_one();
    }
}

/// Whether a connection was gone before we came to it: accept(2) tells us what was meant for that connection, and the
/// next one is as good as any.
pub(crate) fn gone_before(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// A stream socket of either kind.
pub(crate) trait Stream: io::Read + Write {
    /// How long a read may wait (`SO_RCVTIMEO`).
    fn read_within(&self, time: Duration) -> io::Result<()>;
}

/// Takes frames in from one peer, until it closes.
pub(crate) fn serve(mut stream: impl Stream, receiver: Receiver, read: Read) -> io::Result<()> {
    let mut header = [0; HEADER];
    let mut payload = Vec::new(); // kept from frame to frame: allocated once, zeroed once
    loop {
        // Between frames a driver may be silent for as long as the lab measures others.
        match stream.read(&mut header[..1]) {
            Ok(0) => return Ok(()),
            Ok(_) => {}
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) =>
            {
                continue;
            }
            Err(error) => return Err(error),
        }
        stream.read_exact(&mut header[1..])?;
        let (length, number) = (u32::from_be_bytes(part(&header, 0)) as usize, u64::from_be_bytes(part(&header, 4)));
        if length > MAX_PAYLOAD {
            return Err(io::Error::new(ErrorKind::InvalidData, "a frame of more than 16 MiB"));
        }
        match read {
            Read::Whole => {
                let mut filled = 0;
                while filled < length {
                    // A length is only a claim: beyond what there is already, memory is given for what has come, and
                    // for as much again.
                    let capacity = payload.len().max(2 * filled).max(FIRST).min(length);
                    if payload.len() < capacity {
                        payload.resize(capacity, 0);
                    }
                    stream.read_exact(&mut payload[filled..capacity])?;
                    filled = capacity;
                }
            }
            Read::InPieces => {
                payload.clear();
                let mut piece = [0; 1024];
                while payload.len() < length {
                    let most = piece.len().min(length - payload.len());
                    match stream.read(&mut piece[..most]) {
                        Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                        Ok(count) => payload.extend_from_slice(&piece[..count]),
                        Err(error) if error.kind() == ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        let answer = receiver.acknowledge(number, &payload[..length]);
        stream.write_all(&answer.to_bytes())?;
    }
}

/// The sending end on a stream.
pub(crate) struct StreamClient<S> {
    stream: S,
    writes: Writes,
    /// What has come of the next acknowledgement.
    answer: [u8; Acknowledgement::LENGTH],
    filled: usize,
    /// The socket's own limit for a read, so that it is set only when it changes.
    limit: Duration,
}

impl<S: Stream> StreamClient<S> {
    pub(crate) fn new(stream: S, writes: Writes) -> io::Result<StreamClient<S>> {
        stream.read_within(IO_TIMEOUT)?;
        Ok(StreamClient { stream, writes, answer: [0; 16], filled: 0, limit: IO_TIMEOUT })
    }

    /// Lets a read wait until then, or for ten seconds; false if that is over.
    fn wait_until(&mut self, until: Option<Instant>) -> io::Result<bool> {
        let limit = until.map_or(IO_TIMEOUT, |until| until.saturating_duration_since(Instant::now()));
        if limit.is_zero() {
            return Ok(false);
        }
        if limit != self.limit {
            self.stream.read_within(limit)?;
            self.limit = limit;
        }
        Ok(true)
    }
}

// ANCHOR: header
/// What stands in front of a payload, in network byte order.
pub(crate) fn header(frame: &Frame) -> [u8; HEADER] {
    let mut header = [0; HEADER];
    header[..4].copy_from_slice(&(frame.payload.len() as u32).to_be_bytes());
    header[4..12].copy_from_slice(&frame.number.to_be_bytes());
    header[12..].copy_from_slice(&frame.checksum.to_be_bytes());
    header
}
// ANCHOR_END: header

impl<S: Stream> Client for StreamClient<S> {
    // ANCHOR: send
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let header = header(frame);
        match self.writes {
            Writes::One => write_both(&mut self.stream, &header, &frame.payload),
            Writes::Two => {
                self.stream.write_all(&header)?;
                self.stream.write_all(&frame.payload)
            }
        }
    }
    // ANCHOR_END: send

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        while self.filled < self.answer.len() {
            if !self.wait_until(until)? {
                return Ok(None);
            }
            match self.stream.read(&mut self.answer[self.filled..]) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) && until.is_some() => {}
                Err(error) => return Err(error),
            }
        }
        self.filled = 0;
        Ok(Some(Acknowledgement::from_bytes(self.answer)))
    }
}

/// `write_all` for two pieces: the kernel may take only a part of them, in a large frame it will.
fn write_both(stream: &mut impl Write, header: &[u8], payload: &[u8]) -> io::Result<()> {
    let mut left = [IoSlice::new(header), IoSlice::new(payload)];
    let mut left = left.as_mut_slice();
    while left.iter().any(|piece| !piece.is_empty()) {
        match stream.write_vectored(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(count) => IoSlice::advance_slices(&mut left, count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// `N` bytes of a header, from `at` on.
fn part<const N: usize>(header: &[u8; HEADER], at: usize) -> [u8; N] {
    std::array::from_fn(|index| header[at + index])
}
