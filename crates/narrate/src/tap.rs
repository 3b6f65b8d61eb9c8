//! A tap on a socket: what is read and written through it is recorded, and nothing else about it changes.

#[cfg(feature = "tokio")]
mod asynchronous;
mod datagram;
#[cfg(feature = "mio")]
mod mio;

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Shutdown, SocketAddr};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::event::{Endpoint, Event, Side, Source};
use crate::observe::{self, Family, Observable};
use crate::recorder::{Recorder, Visibility};
use crate::tape::Dissector;

/// How long a read of a story waits.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// Sets taps on the sockets of one side. Cheap to clone; a thread or a task may take it along, for instance
/// in a closure `|stream| tapper.tap(stream)` that a server calls for every connection it accepts.
#[derive(Clone)]
pub struct Tapper {
    recorder: Recorder,
    side: Side,
    read_timeout: Option<Duration>,
    dissector: Option<Dissector>,
    visibility: Visibility,
}

impl Tapper {
    /// `in_story`: a read gives up after five seconds, so that the story ends even when something is wrong.
    pub(crate) fn new(recorder: Recorder, side: Side, in_story: bool) -> Tapper {
        let read_timeout = in_story.then_some(READ_TIMEOUT);
        Tapper { recorder, side, read_timeout, dissector: None, visibility: Visibility::Screen }
    }

    /// The tape explains with `dissector` what these sockets write. For a lesson whose connections do not all
    /// speak one protocol; where they do, [`crate::Lesson`] names it once.
    pub fn with_dissector(self, dissector: Dissector) -> Tapper {
        Tapper { dissector: Some(dissector), ..self }
    }

    /// Leaves the story out: it prints nothing of what these sockets do. Tape and capture still have everything.
    pub fn off_screen(self) -> Tapper {
        Tapper { visibility: self.visibility.min(Visibility::Tape), ..self }
    }

    /// Leaves out the tape too, where it would only fill the screen. The capture still has everything.
    pub fn off_tape(self) -> Tapper {
        Tapper { visibility: Visibility::Capture, ..self }
    }

    /// Sets a tap on `socket`, a connected stream or a datagram socket.
    ///
    /// # Errors
    /// When a TCP socket is not connected (any more), or a socket takes no time limit.
    pub fn tap<S: Observable>(&self, socket: S) -> io::Result<Tapped<S>> {
        if let Some(limit) = self.read_timeout {
            observe::set_read_timeout(&socket, limit)?;
        }
        let side = self.side;
        let source = match observe::family(&socket)? {
            Family::Tcp { peer: None, .. } => return Err(io::ErrorKind::NotConnected.into()),
            Family::Tcp { local, peer } => Source::Tcp(Endpoint { side, local, peer }),
            Family::Udp { local, .. } => Source::Udp { side, local },
            Family::Unix => Source::Unix { side, number: self.recorder.next_number() },
        };
        self.recorder.opened(source);
        let path = matches!(source, Source::Unix { .. }).then(|| datagram::unix_name(&socket)).flatten();
        let tapped = Tapped {
            socket,
            recorder: self.recorder.clone(),
            source,
            peer: None,
            visibility: self.visibility,
            traffic: Traffic::default(),
        };
        if self.visibility > Visibility::Capture {
            self.recorder.name(source, path, self.visibility == Visibility::Screen);
        }
        Ok(match self.dissector {
            Some(dissector) => tapped.with_dissector(dissector),
            None => tapped,
        })
    }
}

/// A socket whose reads and writes are recorded, for the story, for `--tape` and for `--pcap`.
///
/// It *is* the socket for everything else (`Deref`): options, addresses, timeouts. As with a plain
/// stream of `std`, `&Tapped` reads and writes too, so two threads can share one. A call that a signal
/// interrupted leaves no trace.
pub struct Tapped<S> {
    socket: S,
    recorder: Recorder,
    source: Source,
    peer: Option<Side>,
    visibility: Visibility,
    traffic: Traffic,
}

/// How many bytes a stream with a tap has carried. It outlives the stream, which a library may own.
#[derive(Clone, Default)]
pub struct Traffic(Arc<[AtomicUsize; 2]>);

impl Traffic {
    /// Bytes that were read so far.
    pub fn read(&self) -> usize {
        self.0[0].load(Ordering::Relaxed)
    }

    /// Bytes that were written so far.
    pub fn written(&self) -> usize {
        self.0[1].load(Ordering::Relaxed)
    }

    fn count(&self, event: &Event) {
        match event {
            Event::Read(bytes) => self.0[0].fetch_add(bytes.len(), Ordering::Relaxed),
            Event::Wrote { bytes, .. } => self.0[1].fetch_add(bytes.len(), Ordering::Relaxed),
            _ => 0,
        };
    }
}

impl<S> Tapped<S> {
    /// Counts what this stream carries.
    pub fn traffic(&self) -> Traffic {
        self.traffic.clone()
    }

    /// From here on the tape explains with `dissector` what this end writes. See [`Tapper::with_dissector`].
    pub fn with_dissector(self, dissector: Dissector) -> Tapped<S> {
        self.recorder.dissect_with(self.source, dissector);
        self
    }

    /// Says which side is at the other end, where no address tells it: between Unix sockets.
    pub fn with_peer(mut self, side: Side) -> Tapped<S> {
        self.peer = Some(side);
        self
    }

    /// This end of the connection, for the kernel's table; it outlives the socket. A Unix socket has no IP
    /// address and so no endpoint: this one then says `0.0.0.0:0`.
    pub fn endpoint(&self) -> Endpoint {
        match self.source {
            Source::Tcp(end) => end,
            Source::Udp { side, local } => Endpoint { side, local, peer: None },
            Source::Unix { side, .. } => {
                Endpoint { side, local: SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0), peer: None }
            }
        }
    }

    fn report(&self, call: &'static str, event: &Event) {
        self.traffic.count(event);
        self.recorder.report(self.source, self.peer, self.visibility, call, event);
    }

    fn report_read(&self, buffer: &[u8], result: &io::Result<usize>) {
        match result {
            Ok(0) if buffer.is_empty() => {} // 0 bytes were asked for: 0 says nothing
            Ok(0) => self.report("read", &Event::End),
            Ok(count) => self.report("read", &Event::Read(&buffer[..*count])),
            Err(error) => self.report("read", &Event::Failed { error, peer: None }),
        }
    }

    fn report_write(&self, bytes: &[u8], result: &io::Result<usize>) {
        match result {
            Ok(0) => {}
            Ok(count) => self.report("write", &Event::Wrote { bytes: &bytes[..*count], offered: bytes.len() }),
            Err(error) => self.report("write", &Event::Failed { error, peer: None }),
        }
    }
}

impl<S: Observable> Tapped<S> {
    /// Leaves the story out. See [`Tapper::off_screen`].
    pub fn off_screen(mut self) -> Tapped<S> {
        self.visibility = self.visibility.min(Visibility::Tape);
        self.recorder.name(self.source, datagram::unix_name(&self.socket), false);
        self
    }

    /// Leaves story and tape out. See [`Tapper::off_tape`].
    pub fn off_tape(self) -> Tapped<S> {
        let mut tapped = self.off_screen();
        tapped.visibility = Visibility::Capture;
        tapped
    }
}

impl<S: Read + Observable> Tapped<S> {
    /// As [`std::net::TcpStream::shutdown`], recorded. (A stream of tokio has its own, in `AsyncWriteExt`.)
    ///
    /// # Errors
    /// As [`std::net::TcpStream::shutdown`].
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        let result = observe::shutdown(&self.socket, how);
        match &result {
            Ok(()) => self.report("shutdown", &Event::Shutdown(how)),
            Err(error) => self.report("shutdown", &Event::Failed { error, peer: None }),
        }
        result
    }
}

impl<S: Read> Read for Tapped<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.socket.read(buffer);
        self.report_read(buffer, &result);
        result
    }
}

impl<S: Write> Write for Tapped<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.socket.write(bytes);
        self.report_write(bytes, &result);
        result
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// Not for every `S` whose reference reads and writes: the compiler would look for `&Tapped<Tapped<…>>` without end.
macro_rules! shared {
    ($stream:ty) => {
        impl Read for &Tapped<$stream> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let result = (&self.socket).read(buffer);
                self.report_read(buffer, &result);
                result
            }
        }

        impl Write for &Tapped<$stream> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                let result = (&self.socket).write(bytes);
                self.report_write(bytes, &result);
                result
            }

            fn flush(&mut self) -> io::Result<()> {
                (&self.socket).flush()
            }
        }
    };
}

shared!(std::net::TcpStream);
#[cfg(unix)]
shared!(std::os::unix::net::UnixStream);

impl<S> Deref for Tapped<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.socket
    }
}

impl<S> DerefMut for Tapped<S> {
    fn deref_mut(&mut self) -> &mut S {
        &mut self.socket
    }
}

#[cfg(unix)]
impl<S: std::os::fd::AsFd> std::os::fd::AsFd for Tapped<S> {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

#[cfg(windows)]
impl<S: std::os::windows::io::AsSocket> std::os::windows::io::AsSocket for Tapped<S> {
    fn as_socket(&self) -> std::os::windows::io::BorrowedSocket<'_> {
        self.socket.as_socket()
    }
}

impl<S> Drop for Tapped<S> {
    fn drop(&mut self) {
        self.report("close", &Event::Closed);
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;
    use crate::screen::Colour;

    fn recorder(live: bool) -> Recorder {
        Recorder::new(true, live, Colour(false), None, None).unwrap()
    }

    /// A connection with a tap on each end.
    fn connection(recorder: &Recorder) -> [Tapped<TcpStream>; 2] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        let tapper = |side| Tapper::new(recorder.clone(), side, true);
        [tapper(Side::CLIENT).tap(client).unwrap(), tapper(Side::SERVER).tap(server).unwrap()]
    }

    #[test]
    fn tapped_records_reads_writes_shutdown_and_close_on_the_tape() {
        let recorder = recorder(false);
        let [mut client, mut server] = connection(&recorder);
        client.write_all(b"hi").unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        server.read_to_end(&mut Vec::new()).unwrap();
        drop(server);
        let tape = recorder.take_tape();
        assert_eq!(tape.iter().filter(|line| line.contains("68 69")).count(), 2, "{tape:?}");
        assert_eq!(tape.len(), 2 + 5, "two rows; write, shutdown, read, end, close: {tape:?}");
    }

    #[test]
    fn tapped_leaves_no_trace_of_a_write_that_would_have_to_wait() {
        let recorder = recorder(false);
        let [mut client, _server] = connection(&recorder);
        client.set_nonblocking(true).unwrap();
        while client.write(&[0; 1 << 16]).is_ok() {}
        recorder.take_tape();
        recorder.take_narration();
        assert_eq!(client.write(b"no space").unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!((recorder.take_tape(), recorder.take_narration()), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_shared_tapped_stream_reads_and_writes() {
        let recorder = recorder(false);
        let [client, server] = connection(&recorder);
        (&client).write_all(b"hi").unwrap();
        (&server).read_exact(&mut [0; 2]).unwrap();
        assert_eq!(recorder.take_narration(), ["      client → server   68 69   \"hi\""]);
        let counted = [client.traffic(), server.traffic()].map(|traffic| (traffic.written(), traffic.read()));
        assert_eq!(counted, [(2, 0), (0, 2)]);
    }

    #[test]
    fn tap_refuses_a_socket_that_is_not_connected() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = Tapper::new(recorder(false), Side::SERVER, false).tap(listener).err().unwrap();
        assert_eq!(error.kind(), io::ErrorKind::NotConnected);
    }
}
