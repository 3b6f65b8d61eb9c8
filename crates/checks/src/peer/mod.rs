//! One connection to the program, seen from our end.

mod backpressure;
mod failures;
mod order;
mod receive;
mod remote;
mod transport;

use std::io::{self, Write};
use std::net::{Shutdown, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub use backpressure::Until;
pub(crate) use failures::connect_failure;
use failures::write_failure;
pub use order::{Readiness, ReadyOrder};

use socket2::Socket;
use transport::Transport;

use crate::limits::{PROGRESS_TIMEOUT, TRANSFER_DEADLINE};
use crate::log::{Direction, Event, Log};
use crate::{Failure, Sentence, Text, sentence};

/// Numbers the connections of a check.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeerIds {
    count: Arc<AtomicUsize>,
}

impl PeerIds {
    pub(crate) fn next(&self) -> usize {
        self.count.fetch_add(1, Ordering::Relaxed)
    }
}

/// How a connection came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConnectionOrigin {
    /// We connected to the program.
    Outbound,
    /// The program connected to us.
    Inbound,
}

/// One connection to the program. Closed when it is dropped.
pub struct Peer {
    socket: Socket,
    transport: Transport,
    index: usize,
    log: Log,
    /// Bytes that have been read from the socket and not been asked for yet.
    pending: Vec<u8>,
    /// Is what we receive recorded here, and not by a layer above?
    logging: bool,
    /// How many bytes we have sent, and how many of the program's we have handed out.
    sent: u64,
    received: u64,
}

impl Peer {
    pub(crate) fn new(socket: Socket, index: usize, log: Log, met: ConnectionOrigin) -> Result<Peer, Failure> {
        let transport = Transport::of(&socket)?;
        transport.prepare(&socket)?;
        socket.set_write_timeout(Some(PROGRESS_TIMEOUT)).map_err(|error| Failure::infra("SO_SNDTIMEO", &error))?;
        log.note(
            Some(index),
            match met {
                ConnectionOrigin::Outbound => Text { vi: "tôi kết nối tới", en: "I connect" },
                ConnectionOrigin::Inbound => {
                    Text { vi: "chương trình kết nối tới", en: "the program connects" }
                }
            },
        );
        Ok(Peer { socket, transport, index, log, pending: Vec::new(), logging: true, sent: 0, received: 0 })
    }

    /// Returns our own address in this connection: the peer address that the program sees.
    pub fn local_address(&self) -> Result<SocketAddr, Failure> {
        address_of(self.socket.local_addr())
    }

    /// Returns the program's address in this connection.
    pub fn remote_address(&self) -> Result<SocketAddr, Failure> {
        address_of(self.socket.peer_addr())
    }

    /// Enlarges our receive buffer to `bytes` while the connection stands: a slow reader becomes
    /// a quick one. (Never smaller: a window that shrinks under a sender makes it wait for a timer.)
    pub fn grow_receive_buffer(&self, bytes: usize) -> Result<(), Failure> {
        self.socket.set_recv_buffer_size(bytes).map_err(|error| Failure::infra("SO_RCVBUF", &error))
    }

    /// Closes our sending half (over TCP, with a FIN) and goes on receiving.
    pub fn half_close(&mut self) -> Result<(), Failure> {
        let end = self.transport.end();
        self.note(sentence! { vi: "tôi đóng chiều gửi ({end})", en: "I close my sending half ({end})" });
        match self.socket.shutdown(Shutdown::Write) {
            Ok(()) => Ok(()),
            Err(error) => Err(write_failure(self.transport, &error, 0, 0)),
        }
    }

    /// Closes both directions in good order.
    pub fn close(self) {
        self.note(Text { vi: "tôi đóng kết nối", en: "I close the connection" });
    }

    /// Cuts the connection: the program's next read or write gets RST.
    pub fn reset(self) -> Result<(), Failure> {
        self.note(Text { vi: "tôi cắt kết nối (RST)", en: "I cut the connection (RST)" });
        self.socket.set_linger(Some(Duration::ZERO)).map_err(|error| Failure::infra("SO_LINGER", &error))
    }

    /// Turns the recording of what is received on or off: a protocol on top of the stream has better words for
    /// the record than bytes.
    #[cfg(feature = "websocket")]
    pub(crate) fn set_logging(&mut self, on: bool) {
        self.logging = on;
    }

    /// Adds to the record what was sent or received, in the words of a protocol on top of the stream.
    #[cfg(feature = "websocket")]
    pub(crate) fn record(&self, direction: Direction, what: Sentence, bytes: &[u8]) {
        self.log.add(match bytes {
            [] => Event { direction, ..Event::note(Some(self.index), what) },
            _ => Event::bytes(direction, self.index, bytes, what),
        });
    }

    fn note(&self, what: impl Into<Sentence>) {
        self.log.note(Some(self.index), what);
    }
    /// Sends `bytes` in one go.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, Sentence::default());
        self.send_unrecorded(bytes)
    }

    /// Sends `bytes` cut at the places `cuts` (ascending), each piece only after the program has
    /// read the one before, so that no two pieces can meet in one read.
    pub fn send_cut(&mut self, bytes: &[u8], cuts: &[usize]) -> Result<(), Failure> {
        let bounds: Vec<usize> = [&[0], cuts, &[bytes.len()]].concat();
        for (index, bound) in bounds.windows(2).enumerate() {
            let piece = bytes.get(bound[0]..bound[1]).ok_or_else(|| Failure::infra("cut", &"places out of order"))?;
            if index > 0 {
                self.wait_read()?;
            }
            let count = bounds.len() - 1;
            let number = index + 1;
            self.record_sent(piece, sentence! { vi: "mẩu {number}/{count}", en: "piece {number} of {count}" });
            self.send_unrecorded(piece)?;
        }
        Ok(())
    }

    /// Sends `bytes` one at a time, each only after the program has read the one before.
    pub fn send_bytewise(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, sentence! { vi: "từng byte một", en: "one byte at a time" });
        for (index, byte) in bytes.iter().enumerate() {
            if index > 0 {
                self.wait_read()?;
            }
            self.send_unrecorded(&[*byte])?;
        }
        Ok(())
    }

    /// Sends `bytes` without an entry in the record.
    pub(crate) fn send_unrecorded(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = write_all(&self.socket, bytes);
        self.sent += match &written {
            Ok(()) => bytes.len(),
            Err((_, done)) => *done,
        } as u64;
        written.map_err(|(error, done)| write_failure(self.transport, &error, done, bytes.len()))
    }

    fn record_sent(&self, bytes: &[u8], how: Sentence) {
        self.log.add(Event::bytes(Direction::Out, self.index, bytes, how));
    }

    fn set_nonblocking(&self, on: bool) -> Result<(), Failure> {
        self.socket.set_nonblocking(on).map_err(|error| Failure::infra("O_NONBLOCK", &error))
    }

    /// Sends `bytes` and, while they go, reads; what comes must be exactly `expected`.
    pub fn send_and_receive(&mut self, bytes: &[u8], expected: &[u8]) -> Result<(), Failure> {
        self.record_sent(bytes, sentence! { vi: "vừa gửi vừa đọc", en: "while reading" });
        self.reading_meanwhile(bytes, |peer| peer.expect(expected))
    }

    /// Sends `bytes` without an entry in the record and, while they go, does `reading`.
    fn reading_meanwhile<T>(
        &mut self,
        bytes: &[u8],
        reading: impl FnOnce(&mut Peer) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let outgoing = self.socket.try_clone().map_err(|error| Failure::infra("dup", &error))?;
        let (read, written) = thread::scope(|scope| {
            let writer = scope.spawn(move || write_all(&outgoing, bytes));
            let read = reading(self);
            if read.is_err() {
                // The verdict is known; a writer that waits for room need not wait longer.
                let _ = self.socket.shutdown(Shutdown::Both);
            }
            (read, writer.join())
        });
        self.sent += bytes.len() as u64;
        let value = read?;
        match written {
            Ok(Ok(())) => Ok(value),
            Ok(Err((error, done))) => Err(write_failure(self.transport, &error, done, bytes.len())),
            Err(_) => Err(Failure::infra("write", &"the writing thread panicked")),
        }
    }
}

fn address_of(address: io::Result<socket2::SockAddr>) -> Result<SocketAddr, Failure> {
    let address = address.map_err(|error| Failure::infra("address", &error))?;
    address.as_socket().ok_or_else(|| Failure::infra("address", &"not an IP address"))
}

/// Writes all of `bytes`, or returns how many went before the error. A single write has its own limit, set
/// on the socket; a reader that takes a little now and then would never meet that one.
fn write_all(mut socket: &socket2::Socket, bytes: &[u8]) -> Result<(), (io::Error, usize)> {
    let deadline = Instant::now() + TRANSFER_DEADLINE;
    let mut done = 0;
    while done < bytes.len() {
        if Instant::now() > deadline {
            return Err((io::ErrorKind::TimedOut.into(), done));
        }
        match socket.write(&bytes[done..]) {
            Ok(count) => done += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err((error, done)),
        }
    }
    Ok(())
}
