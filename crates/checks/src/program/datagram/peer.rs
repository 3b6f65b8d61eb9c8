//! A peer that sends datagrams to a server: without a connection, the first datagram is the first sign of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use super::DatagramSocket;
use crate::limits::PROGRESS_TIMEOUT;
use crate::process::{Process, how_it_ended};
use crate::{Difference, Failure, Sentence, Symptom, Text, sentence};

/// A socket that talks to a server's address.
pub struct DatagramPeer {
    socket: DatagramSocket,
    server: SocketAddr,
    process: Arc<Process>,
}

impl DatagramPeer {
    pub(crate) fn new(socket: DatagramSocket, server: SocketAddr, process: Arc<Process>) -> DatagramPeer {
        DatagramPeer { socket, server, process }
    }

    /// Sends one datagram.
    pub fn send(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.socket.send_to(bytes, self.server, Text { vi: "một datagram", en: "one datagram" })
    }

    /// From now on our port refuses: see [`DatagramSocket::close_port`].
    pub fn close_port(&self) -> Result<(), Failure> {
        self.socket.close_port()
    }

    /// The next datagram from the server must be exactly `expected`.
    pub fn expect(&self, expected: &[u8]) -> Result<(), Failure> {
        let came = self.next(&[expected])?;
        if came == expected { Ok(()) } else { Err(differs(expected, &came)) }
    }

    /// The next datagrams from the server must be these, each whole; the order is free, since no
    /// datagram promises one.
    pub fn expect_each(&self, expected: &[Vec<u8>]) -> Result<(), Failure> {
        let mut due: Vec<&[u8]> = expected.iter().map(Vec::as_slice).collect();
        while let Some(first) = due.first() {
            let came = self.next(&due)?;
            match due.iter().position(|one| *one == came) {
                Some(place) => drop(due.remove(place)),
                None => return Err(differs(first, &came)),
            }
        }
        Ok(())
    }

    /// The next datagram from the server. What strangers send is left aside, unless it is one of
    /// those that are `due`: then the server has answered from another address.
    fn next(&self, due: &[&[u8]]) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + PROGRESS_TIMEOUT;
        loop {
            let (bytes, from) =
                await_datagram(&self.process, deadline, || self.socket.try_receive()).inspect_err(|failure| {
                    if failure.symptom == Symptom::Silence {
                        self.socket.note(SILENCE);
                    }
                })?;
            if from == self.server {
                self.socket.received(&bytes, Text { vi: "một datagram", en: "one datagram" }.into());
                return Ok(bytes);
            }
            if due.contains(&bytes.as_slice()) {
                self.socket.received(&bytes, sentence! { vi: "từ {from}", en: "from {from}" });
                return Err(other_address(self.server, from));
            }
        }
    }
}

/// What the record says when nothing came.
pub(crate) const SILENCE: Text = Text { vi: "im lặng 1,5 giây", en: "silence for 1.5 s" };

/// The next thing that `look` finds, which looks for a little while each time, as long as the
/// program runs and until `deadline`, [`PROGRESS_TIMEOUT`] from the question.
pub(crate) fn await_datagram<T>(
    process: &Process,
    deadline: Instant,
    mut look: impl FnMut() -> Result<Option<T>, Failure>,
) -> Result<T, Failure> {
    loop {
        // Asked first, so that what a program said before it ended is still heard.
        let ended = process.ended();
        if let Some(found) = look()? {
            return Ok(found);
        }
        if let Some(status) = ended {
            let Sentence { vi, en } = how_it_ended(status);
            let what = sentence! { vi: "Chương trình đã kết thúc ({vi}).", en: "The program had ended ({en})." };
            return Err(Failure::new(Symptom::Exited, what));
        }
        if Instant::now() >= deadline {
            return Err(Failure::new(
                Symptom::Silence,
                Text {
                    vi: "Tôi chờ 1,5 giây mà không có datagram nào quay lại.",
                    en: "I waited 1.5 seconds and no datagram came back.",
                },
            ));
        }
    }
}

fn other_address(asked: SocketAddr, from: SocketAddr) -> Failure {
    Failure::new(
        Symptom::WrongAddress,
        sentence! {
            vi: "Tôi hỏi {asked}, mà câu trả lời đến từ {from}.",
            en: "I asked {asked}, and the answer came from {from}.",
        },
    )
}

/// The first byte that is wrong, or, when one is the beginning of the other, the lengths.
pub(crate) fn differs(expected: &[u8], came: &[u8]) -> Failure {
    let (due, got) = (expected.len(), came.len());
    let shorter = due.min(got);
    let (symptom, difference) = match Difference::find(expected, came) {
        Some(difference) => (Symptom::WrongBytes, difference),
        None if got > due => (Symptom::ExtraBytes, Difference::at(shorter, expected, came)),
        None => (Symptom::CutShort, Difference::at(shorter, expected, came)),
    };
    let what = match symptom {
        Symptom::WrongBytes => {
            let number = difference.offset + 1;
            sentence! {
                vi: "Datagram quay lại sai từ byte thứ {number} (dài {got} byte, lẽ ra {due}).",
                en: "The datagram that came back is wrong from byte {number} on ({got} bytes long, {due} were due).",
            }
        }
        _ => sentence! {
            vi: "Datagram quay lại dài {got} byte, lẽ ra {due}.",
            en: "The datagram that came back has {got} bytes; {due} were due.",
        },
    };
    let mut failure = Failure::new(symptom, what);
    failure.difference = Some(Box::new(difference));
    failure
}
