//! Receiving: every read has a deadline and a limit, and every disappointment a name.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use super::Peer;
use crate::limits::{STEP, TRANSFER};
use crate::{Difference, Failure, Symptom, said, text};

/// How much one read may bring.
const CHUNK: usize = 64 * 1024;

impl Peer {
    /// The next bytes must be exactly `expected`. What follows them is left for the next read.
    pub fn expect(&mut self, expected: &[u8]) -> Result<(), Failure> {
        let deadline = Instant::now() + TRANSFER;
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
        match self.next(CHUNK, Instant::now() + TRANSFER) {
            Ok(extra) => Err(extra_bytes(&extra)),
            Err(failure) if failure.symptom == Symptom::EndOfStream => Ok(()),
            Err(failure) if failure.symptom == Symptom::Silence => Err(Failure::new(
                Symptom::Silence,
                text!(
                    "Chương trình không đóng kết nối: tôi chờ EOF mà quá hạn vẫn không thấy.",
                    "The program does not close: I waited for EOF until the deadline, and none came.",
                ),
            )),
            Err(failure) => Err(failure),
        }
    }

    /// Reads exactly `count` bytes, whatever they are.
    pub fn read_exactly(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + TRANSFER;
        let mut bytes = Vec::with_capacity(count.min(CHUNK));
        while bytes.len() < count {
            let piece = self.next(count - bytes.len(), deadline)?;
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// Reads up to and including `delimiter`, at most `limit` bytes.
    pub fn read_until(&mut self, delimiter: u8, limit: usize) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + TRANSFER;
        let mut bytes = Vec::new();
        loop {
            let piece = self.next(CHUNK, deadline)?;
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
        let deadline = Instant::now() + TRANSFER;
        let mut bytes = Vec::new();
        loop {
            match self.next(CHUNK, deadline) {
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
            self.read_once(STEP.min(left).max(Duration::from_millis(1)))?;
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
    fn read_once(&mut self, patience: Duration) -> Result<(), Failure> {
        self.socket.set_read_timeout(Some(patience)).map_err(|error| Failure::infra("SO_RCVTIMEO", &error))?;
        let mut chunk = vec![0; CHUNK];
        let count = loop {
            match (&self.socket).read(&mut chunk) {
                Ok(count) => break count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.read_failure(&error, patience)),
            }
        };
        if count == 0 {
            self.aside(text!("EOF: chương trình đóng chiều gửi của nó", "EOF: the program closed its sending half"));
            return Err(Failure::new(
                Symptom::EndOfStream,
                text!("Chương trình đóng kết nối quá sớm (EOF).", "The program closed the connection too early (EOF)."),
            ));
        }
        if !self.hushed {
            self.log.received(self.index, &chunk[..count]);
        }
        self.pending.extend_from_slice(&chunk[..count]);
        Ok(())
    }

    fn read_failure(&self, error: &io::Error, patience: Duration) -> Failure {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut if patience < STEP => too_slow(),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                let seconds = STEP.as_secs_f32();
                let Seconds { vi, en } = Seconds::from(seconds);
                self.aside(said! { vi: "im lặng {vi} giây", en: "silence for {en} s" });
                Failure::new(
                    Symptom::Silence,
                    said! {
                        vi: "Tôi chờ {vi} giây mà không có byte nào tới.",
                        en: "I waited {en} seconds and not one byte came.",
                    },
                )
            }
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => {
                let cut = self.transport.cut();
                self.aside(
                    said! { vi: "{cut}: chương trình cắt kết nối", en: "{cut}: the program cut the connection" },
                );
                Failure::new(
                    Symptom::Reset,
                    said! { vi: "Chương trình cắt ngang kết nối ({cut}).", en: "The program cut the connection ({cut})." },
                )
            }
            _ => Failure::infra("read", error),
        }
    }
}

/// A number of seconds as each language writes it: decimal comma, decimal point.
struct Seconds {
    vi: String,
    en: String,
}

impl From<f32> for Seconds {
    fn from(seconds: f32) -> Seconds {
        let en = seconds.to_string();
        Seconds { vi: en.replace('.', ","), en }
    }
}

/// The stream stopped after `done` right bytes: says so, and shows what is missing.
fn cut_short(mut failure: Failure, expected: &[u8], done: usize) -> Failure {
    if matches!(failure.symptom, Symptom::Infra) {
        return failure;
    }
    let total = expected.len();
    if done > 0 {
        failure = failure.with_more(said! {
            vi: " Trước đó mới được {done} trong {total} byte, đều đúng.",
            en: " Before that I got {done} of {total} bytes, all of them right.",
        });
        failure.difference = Some(Box::new(Difference::at(done, expected, &expected[..done])));
    }
    failure
}

fn wrong_byte(expected: &[u8], received: &[u8], offset: usize) -> Failure {
    let number = offset + 1;
    let (came, wanted) = (received[offset], expected[offset]);
    let mut failure = Failure::new(
        Symptom::WrongBytes,
        said! {
            vi: "Byte thứ {number} của phần này sai: nhận {came:02x}, lẽ ra là {wanted:02x}.",
            en: "Byte {number} of this part is wrong: received {came:02x}, expected {wanted:02x}.",
        },
    );
    failure.difference = Some(Box::new(Difference::at(offset, expected, received)));
    failure
}

fn extra_bytes(extra: &[u8]) -> Failure {
    let count = extra.len();
    let mut failure = Failure::new(
        Symptom::ExtraBytes,
        said! {
            vi: "Lẽ ra đã hết, nhưng chương trình còn gửi thêm ít nhất {count} byte.",
            en: "That should have been all, yet the program sent at least {count} more bytes.",
        },
    );
    failure.difference = Some(Box::new(Difference::at(0, &[], extra)));
    failure
}

/// Bytes came now and then, but not all of them in time.
fn too_slow() -> Failure {
    let seconds = TRANSFER.as_secs();
    Failure::new(
        Symptom::Silence,
        said! {
            vi: "Byte tới quá chậm: sau {seconds} giây vẫn chưa đủ.",
            en: "The bytes come too slowly: after {seconds} seconds some are still missing.",
        },
    )
}

fn too_much(limit: usize) -> Failure {
    Failure::new(
        Symptom::Flood,
        said! {
            vi: "Chương trình gửi hơn {limit} byte mà vẫn chưa hết.",
            en: "The program sent more than {limit} bytes and did not stop.",
        },
    )
}
