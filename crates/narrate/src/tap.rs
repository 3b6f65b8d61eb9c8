//! A stream that is listened in on, and the record of what was heard.

#[cfg(feature = "tokio")]
pub(crate) mod asynchronous;
pub(crate) mod datagram;
pub(crate) mod overheard;
#[cfg(unix)]
pub(crate) mod unix;

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::pcap::Capture;
use crate::tape::{Annotate, Tape};
use crate::{Side, stage};

/// What one end of a connection did or met.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event {
    /// Bytes that the kernel took from us.
    Wrote(Vec<u8>),
    /// Bytes that the kernel gave us.
    Read(Vec<u8>),
    /// A read gave 0 bytes.
    End,
    /// A call met ECONNRESET.
    Reset,
    /// `shutdown(Write)`.
    HalfClosed,
    /// The socket was dropped.
    Closed,
}

/// The two addresses of a connection as one of its ends sees them, and whose end it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct End {
    pub(crate) side: Side,
    pub(crate) local: SocketAddr,
    pub(crate) peer: SocketAddr,
}

/// Where taps report; cheap to clone, one per run.
#[derive(Clone)]
pub(crate) struct Recorder(Arc<Mutex<Record>>);

struct Record {
    tape: Option<Tape>,
    live: bool,
    capture: Option<Capture>,
}

impl Recorder {
    pub(crate) fn new(tape: bool, live: bool, pcap: Option<&Path>, annotate: Option<Annotate>) -> io::Result<Recorder> {
        let capture = pcap.map(Capture::create).transpose()?;
        let tape = tape.then(|| Tape::new(annotate, live));
        Ok(Recorder(Arc::new(Mutex::new(Record { tape, live, capture }))))
    }

    /// One that keeps nothing of what it hears.
    #[cfg(feature = "tokio")]
    fn deaf() -> Recorder {
        Recorder(Arc::new(Mutex::new(Record { tape: None, live: false, capture: None })))
    }

    /// The lines of the tape since the last call.
    pub(crate) fn take_lines(&self) -> Vec<String> {
        self.lock().tape.as_mut().map(Tape::take_lines).unwrap_or_default()
    }

    /// From now on nothing goes on the tape; the capture goes on.
    pub(crate) fn stop_tape(&self) {
        self.lock().tape = None;
    }

    fn speaks(&self, end: End, annotate: Annotate) {
        if let Some(tape) = &mut self.lock().tape {
            tape.speaks(end, annotate);
        }
    }

    fn opened(&self, end: End) {
        if let Some(capture) = &mut self.lock().capture {
            capture.opened(end);
        }
    }

    fn heard(&self, end: End, event: Event) {
        self.heard_quietly(end, event, true);
    }

    fn heard_quietly(&self, end: End, event: Event, on_tape: bool) {
        let mut record = self.lock();
        if let Some(capture) = &mut record.capture {
            capture.heard(end, &event);
        }
        let live = record.live;
        if let Some(tape) = record.tape.as_mut().filter(|_| on_tape) {
            tape.heard(end, &event);
            if live {
                tape.take_lines().iter().for_each(|line| stage::print(line));
            }
        }
    }

    /// Lets the tape note what the capture has no packets for.
    #[cfg(unix)]
    fn on_tape(&self, note: impl FnOnce(&mut Tape)) {
        let mut record = self.lock();
        let live = record.live;
        if let Some(tape) = &mut record.tape {
            note(tape);
            if live {
                tape.take_lines().iter().for_each(|line| stage::print(line));
            }
        }
    }

    /// A thread that panicked while it recorded must not silence the others.
    fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A [`TcpStream`] whose reads and writes are recorded.
///
/// It *is* the stream for everything else (`Deref`): options, addresses, timeouts. As with a
/// plain stream, `&Tapped` reads and writes too, so two threads can share one.
pub struct Tapped {
    stream: TcpStream,
    end: End,
    recorder: Recorder,
}

impl Tapped {
    pub(crate) fn new(recorder: Recorder, side: Side, stream: TcpStream) -> io::Result<Tapped> {
        let end = End { side, local: stream.local_addr()?, peer: stream.peer_addr()? };
        recorder.opened(end);
        Ok(Tapped { stream, end, recorder })
    }

    /// From here on the tape explains with `annotate` what this end writes. For a lesson whose
    /// connections do not all speak one protocol; where they do, [`crate::Lesson`] names it once.
    pub fn speaking(self, annotate: Annotate) -> Tapped {
        self.recorder.speaks(self.end, annotate);
        self
    }

    /// As [`TcpStream::shutdown`], recorded.
    ///
    /// # Errors
    /// As [`TcpStream::shutdown`].
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.stream.shutdown(how)?;
        if how != Shutdown::Read {
            self.recorder.heard(self.end, Event::HalfClosed);
        }
        Ok(())
    }

    fn note<T>(&self, result: io::Result<T>, event: impl FnOnce(&T) -> Option<Event>) -> io::Result<T> {
        match &result {
            Ok(value) => event(value).into_iter().for_each(|event| self.recorder.heard(self.end, event)),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.recorder.heard(self.end, Event::Reset),
            Err(_) => {}
        }
        result
    }
}

impl Read for &Tapped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = (&self.stream).read(buffer);
        self.note(result, |&count| match count {
            0 if buffer.is_empty() => None,
            0 => Some(Event::End),
            count => Some(Event::Read(buffer[..count].to_vec())),
        })
    }
}

impl Write for &Tapped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = (&self.stream).write(bytes);
        self.note(result, |&count| (count > 0).then(|| Event::Wrote(bytes[..count].to_vec())))
    }

    fn flush(&mut self) -> io::Result<()> {
        (&self.stream).flush()
    }
}

impl Read for Tapped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self).read(buffer)
    }
}

impl Write for Tapped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self).flush()
    }
}

impl Deref for Tapped {
    type Target = TcpStream;

    fn deref(&self) -> &TcpStream {
        &self.stream
    }
}

impl Drop for Tapped {
    fn drop(&mut self) {
        self.recorder.heard(self.end, Event::Closed);
    }
}
