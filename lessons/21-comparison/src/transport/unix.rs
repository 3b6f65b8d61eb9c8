//! A Unix stream socket: the same bytes as over TCP, at a path instead of a port.
//!
//! The kernel moves them from one socket's buffer into the other's. There are no segments, no
//! checksums, no acknowledgements, and nothing like Nagle that one could forget to turn off.

use std::net::IpAddr;
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;
use std::{fs, io, thread};

use super::stream::{self, Read, Stream, StreamClient, Writes};
use super::{Client, Transport};
use crate::frame::{IO_TIMEOUT, Receiver};

/// Carries frames over one Unix stream.
pub(crate) struct Unix;

impl Transport for Unix {
    fn serve(&self, _: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        // Short, as a path must be (108 bytes with its end, unix(7)). `serve` in serve.rs removes it.
        let path = std::env::temp_dir().join(format!("lesson21-{}.sock", std::process::id()));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {} // the number is ours now: what stood there belonged to a process that is gone
        }
        let listener = UnixListener::bind(&path)?;
        announce(&path.to_string_lossy());
        loop {
            let permit = stream::permit();
            let (stream, _) = match listener.accept() {
                Err(error) if stream::gone_before(&error) => continue,
                accepted => accepted?,
            };
            thread::spawn(move || {
                let _permit = permit;
                let limits = stream.set_write_timeout(Some(IO_TIMEOUT)).and_then(|()| stream.read_within(IO_TIMEOUT));
                if let Err(error) = limits.and_then(|()| stream::serve(stream, receiver, Read::Whole)) {
                    eprintln!("unix: {error}");
                }
            });
        }
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let stream = UnixStream::connect(address)?;
        stream.set_write_timeout(Some(IO_TIMEOUT))?;
        Ok(Box::new(StreamClient::new(stream, Writes::One)?))
    }
}

impl Stream for UnixStream {
    fn read_within(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time))
    }
}
