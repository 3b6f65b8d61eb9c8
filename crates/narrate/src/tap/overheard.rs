//! A stream of another crate's that is listened in on.
//!
//! [`super::Tapped`] is for the streams of `std`. Those of mio are types of their own, whose methods this
//! crate cannot know: here the caller says the addresses, and everything else goes through `Deref`.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};

use super::{End, Event, Recorder};
use crate::Side;

/// A stream whose reads and writes are recorded; a read or write that would have to wait leaves no trace.
///
/// It *is* the stream for everything else (`Deref`, `DerefMut`).
pub struct Overheard<S> {
    stream: S,
    end: End,
    recorder: Recorder,
}

impl<S> Overheard<S> {
    pub(crate) fn new(recorder: Recorder, side: Side, stream: S, local: SocketAddr, peer: SocketAddr) -> Overheard<S> {
        let end = End { side, local, peer };
        recorder.opened(end);
        Overheard { stream, end, recorder }
    }

    fn note(&self, result: &io::Result<usize>, event: impl FnOnce(usize) -> Option<Event>) {
        match result {
            Ok(count) => event(*count).into_iter().for_each(|event| self.recorder.heard(self.end, event)),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.recorder.heard(self.end, Event::Reset),
            Err(_) => {}
        }
    }
}

impl<S: Read> Read for Overheard<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.stream.read(buffer);
        self.note(&result, |count| match count {
            0 if buffer.is_empty() => None,
            0 => Some(Event::End),
            count => Some(Event::Read(buffer[..count].to_vec())),
        });
        result
    }
}

impl<S: Write> Write for Overheard<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.stream.write(bytes);
        self.note(&result, |count| (count > 0).then(|| Event::Wrote(bytes[..count].to_vec())));
        result
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl<S> Deref for Overheard<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.stream
    }
}

impl<S> DerefMut for Overheard<S> {
    fn deref_mut(&mut self) -> &mut S {
        &mut self.stream
    }
}

impl<S> Drop for Overheard<S> {
    fn drop(&mut self) {
        self.recorder.heard(self.end, Event::Closed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Reads what it was given; has no room to write.
    struct Full(Cursor<Vec<u8>>);

    impl Read for Full {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::WouldBlock.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_was_read_stands_on_the_tape_and_what_would_have_to_wait_does_not() {
        let recorder = Recorder::new(true, false, None, None).unwrap();
        let [local, peer] = ["127.0.0.1:1", "127.0.0.1:2"].map(|address| address.parse().unwrap());
        let stream = Full(Cursor::new(b"hi".to_vec()));
        let mut stream = Overheard::new(recorder.clone(), Side::SERVER, stream, local, peer);
        assert_eq!(stream.write(b"no room").unwrap_err().kind(), io::ErrorKind::WouldBlock);
        assert_eq!(recorder.take_lines(), Vec::<String>::new());
        assert_eq!(stream.read(&mut [0; 8]).unwrap(), 2);
        assert!(recorder.take_lines().join("\n").contains("68 69"));
        drop(stream);
        assert_eq!(recorder.take_lines().len(), 1);
    }
}
