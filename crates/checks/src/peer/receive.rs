//! Receiving: every read has a deadline and a limit, and whatever goes wrong has a name.

use std::io::{self, Read};
use std::mem::MaybeUninit;
use std::time::{Duration, Instant};

use super::Peer;
use super::failures::{Seconds, cut_short, extra_bytes, too_much, too_slow, wrong_byte};
use crate::limits::{PROGRESS_TIMEOUT, TRANSFER_DEADLINE};
use crate::{Failure, Symptom, Text, sentence};

/// How much one read may bring, in bytes.
const BUFFER_SIZE: usize = 64 * 1024;

impl Peer {
    /// The next bytes must be exactly `expected`. What follows them is left for the next read.
    pub fn expect(&mut self, expected: &[u8]) -> Result<(), Failure> {
        let deadline = Instant::now() + TRANSFER_DEADLINE;
        let mut done = 0;
        while done < expected.len() {
            let piece = match self.next(expected.len() - done, deadline) {
                Ok(piece) => piece,
                Err(failure) => return Err(cut_short(failure, expected, done)),
            };
            let wanted = &expected[done..done + piece.len()];
            if let Some(place) = wanted.iter().zip(&piece).position(|(one, other)| one != other) {
                let mut received = expected[..done].to_vec();
                received.extend_from_slice(&piece);
                received.extend_from_slice(&self.pending);
                return Err(wrong_byte(expected, &received, done + place));
            }
            done += piece.len();
        }
        Ok(())
    }

    /// Nothing more may come, and the stream must end in good order (FIN).
    pub fn expect_end(&mut self) -> Result<(), Failure> {
        match self.next(BUFFER_SIZE, Instant::now() + TRANSFER_DEADLINE) {
            Ok(extra) => Err(extra_bytes(&extra)),
            Err(failure) if failure.symptom == Symptom::EndOfStream => Ok(()),
            Err(failure) if failure.symptom == Symptom::Silence => Err(Failure::new(
                Symptom::Silence,
                Text {
                    vi: "Chương trình không đóng kết nối: tôi chờ EOF mà quá hạn vẫn không thấy.",
                    en: "The program does not close: I waited for EOF until the deadline, and none came.",
                },
            )),
            Err(failure) => Err(failure),
        }
    }

    /// Reads exactly `count` bytes, whatever they are.
    pub fn read_exactly(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + TRANSFER_DEADLINE;
        let mut bytes = Vec::with_capacity(count.min(BUFFER_SIZE));
        while bytes.len() < count {
            let piece = self.next(count - bytes.len(), deadline)?;
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Reads up to and including `delimiter`, at most `limit` bytes.
    pub fn read_until(&mut self, delimiter: u8, limit: usize) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + TRANSFER_DEADLINE;
        let mut bytes = Vec::new();
        loop {
            let piece = self.next(BUFFER_SIZE, deadline)?;
            let end = piece.iter().position(|byte| *byte == delimiter).map(|place| place + 1);
            let used = end.unwrap_or(piece.len());
            bytes.extend_from_slice(&piece[..used]);
            self.put_back(&piece[used..]);
            if bytes.len() > limit {
                return Err(too_much(limit));
            }
            if end.is_some() {
                return Ok(bytes);
            }
        }
    }

    /// Reads all there is until the end of the stream, at most `limit` bytes.
    pub fn read_to_end(&mut self, limit: usize) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + TRANSFER_DEADLINE;
        let mut bytes = Vec::new();
        loop {
            match self.next(BUFFER_SIZE, deadline) {
                Ok(piece) => bytes.extend_from_slice(&piece),
                Err(failure) if failure.symptom == Symptom::EndOfStream => return Ok(bytes),
                Err(failure) => return Err(failure),
            }
            if bytes.len() > limit {
                return Err(too_much(limit));
            }
        }
    }

    /// The next bytes, at least one and at most `most`.
    fn next(&mut self, most: usize, deadline: Instant) -> Result<Vec<u8>, Failure> {
        if self.pending.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(too_slow());
            }
            // Less than a millisecond may come out as zero, and zero means "for ever".
            self.read_once(PROGRESS_TIMEOUT.min(left).max(Duration::from_millis(1)))?;
        }
        let rest = self.pending.split_off(most.min(self.pending.len()));
        let piece = std::mem::replace(&mut self.pending, rest);
        self.received += piece.len() as u64;
        Ok(piece)
    }

    fn put_back(&mut self, bytes: &[u8]) {
        self.received -= bytes.len() as u64;
        self.pending.splice(..0, bytes.iter().copied());
    }

    /// Reads once from the socket into `pending`.
    fn read_once(&mut self, timeout: Duration) -> Result<(), Failure> {
        self.socket.set_read_timeout(Some(timeout)).map_err(|error| Failure::infra("SO_RCVTIMEO", &error))?;
        let mut buffer = vec![0; BUFFER_SIZE];
        let count = loop {
            match (&self.socket).read(&mut buffer) {
                Ok(count) => break count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.read_failure(&error, timeout)),
            }
        };
        if count == 0 {
            self.note(Text {
                vi: "EOF: chương trình đóng chiều gửi của nó",
                en: "EOF: the program closed its sending half",
            });
            return Err(Failure::new(
                Symptom::EndOfStream,
                Text {
                    vi: "Chương trình đóng kết nối quá sớm (EOF).",
                    en: "The program closed the connection too early (EOF).",
                },
            ));
        }
        if self.logging {
            self.log.received(self.index, &buffer[..count]);
        }
        self.pending.extend_from_slice(&buffer[..count]);
        Ok(())
    }

    fn read_failure(&self, error: &io::Error, timeout: Duration) -> Failure {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut if timeout < PROGRESS_TIMEOUT => too_slow(),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                let seconds = PROGRESS_TIMEOUT.as_secs_f32();
                let Seconds { vi, en } = Seconds::from(seconds);
                self.note(sentence! { vi: "im lặng {vi} giây", en: "silence for {en} s" });
                Failure::new(
                    Symptom::Silence,
                    sentence! {
                        vi: "Tôi chờ {vi} giây mà không có byte nào tới.",
                        en: "I waited {en} seconds and not one byte came.",
                    },
                )
            }
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
                let cut = self.transport.cut();
                self.note(
                    sentence! { vi: "{cut}: chương trình cắt kết nối", en: "{cut}: the program cut the connection" },
                );
                Failure::new(
                    Symptom::Reset,
                    sentence! { vi: "Chương trình cắt ngang kết nối ({cut}).", en: "The program cut the connection ({cut})." },
                )
            }
            _ => Failure::infra("read", error),
        }
    }

    /// Waits until the program sends something or closes, at most for `timeout`. Returns whether it did; what
    /// came is left for the next read.
    pub fn readable_within(&self, timeout: Duration) -> Result<bool, Failure> {
        if !self.pending.is_empty() {
            return Ok(true);
        }
        // Less than a millisecond may come out as zero, and zero means "for ever".
        let timeout = timeout.max(Duration::from_millis(1));
        self.socket.set_read_timeout(Some(timeout)).map_err(|error| Failure::infra("SO_RCVTIMEO", &error))?;
        loop {
            match self.socket.peek(&mut [MaybeUninit::uninit()]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                    return Ok(false);
                }
                // An error tells that it has left; the next read gives it its name.
                Ok(_) | Err(_) => return Ok(true),
            }
        }
    }

    /// Returns whether there is something to read by now: a byte, the end, or news that the connection is cut.
    pub fn is_readable(&self) -> Result<bool, Failure> {
        if !self.pending.is_empty() {
            return Ok(true);
        }
        self.set_nonblocking(true)?;
        let looked = self.socket.peek(&mut [MaybeUninit::uninit()]);
        self.set_nonblocking(false)?;
        Ok(!looked.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock))
    }
}
