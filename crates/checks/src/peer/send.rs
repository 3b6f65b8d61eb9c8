//! Sending: all at once, cut in pieces, a byte at a time.

use std::io;

use super::Peer;
use super::both_ways::write_all;
use crate::{Direction, Event, Failure, Said, Symptom, said};

impl Peer {
    /// Sends `bytes` in one go.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, Said::default());
        self.push(bytes)
    }

    /// Sends `bytes` cut at the places `cuts` (ascending), each piece only after the program has
    /// taken the one before, so that no two pieces can meet in one read.
    pub fn send_cut(&mut self, bytes: &[u8], cuts: &[usize]) -> Result<(), Failure> {
        let bounds: Vec<usize> = [&[0], cuts, &[bytes.len()]].concat();
        for (index, bound) in bounds.windows(2).enumerate() {
            let piece = bytes.get(bound[0]..bound[1]).ok_or_else(|| Failure::infra("cut", &"places out of order"))?;
            if index > 0 {
                self.until_taken()?;
            }
            let count = bounds.len() - 1;
            let number = index + 1;
            self.record_sent(piece, said! { vi: "mẩu {number}/{count}", en: "piece {number} of {count}" });
            self.push(piece)?;
        }
        Ok(())
    }

    /// Sends `bytes` one at a time, each only after the program has taken the one before.
    pub fn dribble(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, said! { vi: "từng byte một", en: "one byte at a time" });
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 {
                self.until_taken()?;
            }
            self.push(&[*byte])?;
        }
        Ok(())
    }

    /// Sends `bytes` without an entry of its own in the record.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = write_all(&self.socket, bytes);
        self.sent += match &written {
            Ok(()) => bytes.len(),
            Err((_, done)) => *done,
        } as u64;
        written.map_err(|(error, done)| self.write_failure(&error, done, bytes.len()))
    }

    pub(super) fn record_sent(&self, bytes: &[u8], how: Said) {
        self.log.add(Event::bytes(Direction::Out, self.index, bytes, how));
    }

    /// Why our bytes were not taken.
    pub(super) fn write_failure(&self, error: &io::Error, done: usize, total: usize) -> Failure {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Failure::new(
                Symptom::Silence,
                said! {
                    vi: "Chương trình không đọc nữa: kernel chỉ nhận {done} trong {total} byte của tôi.",
                    en: "The program has stopped reading: the kernel took {done} of my {total} bytes.",
                },
            ),
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotConnected => {
                let lost = self.transport.lost();
                Failure::new(
                    Symptom::Reset,
                    said! {
                        vi: "Tôi còn đang gửi thì chương trình đã bỏ kết nối ({lost}).",
                        en: "While I was still sending, the program dropped the connection ({lost}).",
                    },
                )
            }
            _ => Failure::infra("write", error),
        }
    }

    pub(super) fn nonblocking(&self, on: bool) -> Result<(), Failure> {
        self.socket.set_nonblocking(on).map_err(|error| Failure::infra("O_NONBLOCK", &error))
    }
}
