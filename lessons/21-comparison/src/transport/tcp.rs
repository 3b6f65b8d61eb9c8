//! TCP, with nothing on top but a length in front of each frame.
//!
//! Two things have to be right: the header and the payload leave in one
//! call, and `TCP_NODELAY` is set. With either of them wrong a frame below 64 KB waits for 40 ms
//! (`tcp-two-writes` shows it: Nagle holds the second write back, and the receiver delays the ACK that would free it).

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use super::stream::{self, Read, Stream, StreamClient, Writes};
use super::{Client, Transport, address_in};
use crate::frame::{IO_TIMEOUT, Receiver};

/// Carries frames over one TCP connection.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tcp {
    pub(crate) writes: Writes,
    pub(crate) read: Read,
}

impl Tcp {
    /// Nagle stays on where the point is to see it.
    fn set_up(self, stream: &TcpStream) -> io::Result<()> {
        stream.set_write_timeout(Some(IO_TIMEOUT))?;
        stream.set_nodelay(self.writes == Writes::One)
    }
}

impl Tcp {
    /// Serves every client that connects, each in a thread of its own.
    ///
    /// # Errors
    /// When no further connection can be accepted.
    pub(crate) fn accept_loop(self, listener: &TcpListener, receiver: Receiver) -> io::Result<()> {
        loop {
            let permit = stream::permit();
            let (stream, peer) = match listener.accept() {
                Err(error) if stream::gone_before(&error) => continue,
                accepted => accepted?,
            };
            thread::spawn(move || {
                let _permit = permit;
                let served = self.set_up(&stream).and_then(|()| {
                    stream.set_read_timeout(Some(IO_TIMEOUT))?;
                    stream::serve(stream, receiver, self.read)
                });
                if let Err(error) = served {
                    eprintln!("{peer}: {error}");
                }
            });
        }
    }
}

impl Transport for Tcp {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let listener = TcpListener::bind(SocketAddr::new(host, 0))?;
        announce(&listener.local_addr()?.to_string());
        self.accept_loop(&listener, receiver)
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let stream = TcpStream::connect_timeout(&address_in(address)?, IO_TIMEOUT)?;
        self.set_up(&stream)?;
        Ok(Box::new(StreamClient::new(stream, self.writes)?))
    }
}

impl Stream for TcpStream {
    fn read_within(&self, time: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(time))
    }
}
