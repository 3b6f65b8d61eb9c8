//! Unix sockets that are listened in on. They send no packets: there is a tape, and no capture.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::ops::Deref;
use std::os::unix::net::{SocketAddr, UnixDatagram, UnixStream};
use std::path::Path;

use super::{Event, Recorder};
use crate::{Side, stage, text};

/// What a datagram socket did.
pub(crate) enum DatagramEvent<'a> {
    Sent { to: String, bytes: &'a [u8] },
    Received { from: String, bytes: &'a [u8] },
}

/// A [`UnixStream`] whose reads and writes are recorded for `--tape`.
///
/// As [`crate::Tapped`], it *is* the stream for everything else, and two threads can share one.
pub struct TappedUnix {
    stream: UnixStream,
    side: Side,
    recorder: Recorder,
}

impl TappedUnix {
    pub(crate) fn new(recorder: Recorder, side: Side, stream: UnixStream) -> TappedUnix {
        TappedUnix { stream, side, recorder }
    }

    /// As [`UnixStream::shutdown`], recorded.
    ///
    /// # Errors
    /// As [`UnixStream::shutdown`].
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.stream.shutdown(how)?;
        if how != Shutdown::Read {
            self.heard(Event::HalfClosed);
        }
        Ok(())
    }

    fn note<T>(&self, result: io::Result<T>, event: impl FnOnce(&T) -> Option<Event>) -> io::Result<T> {
        match &result {
            Ok(value) => event(value).into_iter().for_each(|event| self.heard(event)),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.heard(Event::Reset),
            Err(_) => {}
        }
        result
    }

    fn heard(&self, event: Event) {
        self.recorder.on_tape(|tape| tape.heard_unix(self.side, &event));
    }
}

impl Read for &TappedUnix {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = (&self.stream).read(buffer);
        self.note(result, |&count| match count {
            0 if buffer.is_empty() => None,
            0 => Some(Event::End),
            count => Some(Event::Read(buffer[..count].to_vec())),
        })
    }
}

impl Write for &TappedUnix {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = (&self.stream).write(bytes);
        self.note(result, |&count| (count > 0).then(|| Event::Wrote(bytes[..count].to_vec())))
    }

    fn flush(&mut self) -> io::Result<()> {
        (&self.stream).flush()
    }
}

impl Read for TappedUnix {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

impl Write for TappedUnix {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }
}

impl Deref for TappedUnix {
    type Target = UnixStream;

    fn deref(&self) -> &UnixStream {
        &self.stream
    }
}

impl Drop for TappedUnix {
    fn drop(&mut self) {
        self.heard(Event::Closed);
    }
}

/// A [`UnixDatagram`] whose datagrams are recorded for `--tape`.
///
/// It *is* the socket for everything else (`Deref`).
pub struct TappedUnixDatagram {
    socket: UnixDatagram,
    side: Side,
    recorder: Recorder,
}

impl TappedUnixDatagram {
    pub(crate) fn new(recorder: Recorder, side: Side, socket: UnixDatagram) -> TappedUnixDatagram {
        TappedUnixDatagram { socket, side, recorder }
    }

    /// As [`UnixDatagram::send_to`], recorded.
    ///
    /// # Errors
    /// As [`UnixDatagram::send_to`].
    pub fn send_to(&self, bytes: &[u8], to: impl AsRef<Path>) -> io::Result<usize> {
        let count = self.socket.send_to(bytes, &to)?;
        let to = stage::unix::last_part(to.as_ref());
        self.recorder.on_tape(|tape| tape.datagram_unix(self.side, &DatagramEvent::Sent { to, bytes }));
        Ok(count)
    }

    /// As [`UnixDatagram::recv_from`], recorded.
    ///
    /// # Errors
    /// As [`UnixDatagram::recv_from`].
    pub fn recv_from(&self, room: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let (count, from) = self.socket.recv_from(room)?;
        let name = from.as_pathname().map_or_else(text::unix::no_name, stage::unix::last_part);
        let event = DatagramEvent::Received { from: name, bytes: &room[..count] };
        self.recorder.on_tape(|tape| tape.datagram_unix(self.side, &event));
        Ok((count, from))
    }
}

impl Deref for TappedUnixDatagram {
    type Target = UnixDatagram;

    fn deref(&self) -> &UnixDatagram {
        &self.socket
    }
}
