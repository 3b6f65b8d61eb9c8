//! The streams by which attackers reach a server.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::str::FromStr;
use std::time::Duration;

use socket2::SockRef;

/// A write that the server does not take within this time is one that it has stopped reading.
const STUCK: Duration = Duration::from_millis(300);
/// How long anything else may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// One end of a stream, towards the server of a lesson.
pub trait Peer: Read + Write + Send + Sized + 'static {
    /// Where servers are: what `serve` prints behind `LISTENING`.
    type Place: FromStr + Clone + Send + Sync;

    /// Calls the server. Whatever is done with this end gives up after ten seconds.
    ///
    /// # Errors
    /// When nobody answers.
    fn call(place: &Self::Place) -> io::Result<Self>;

    /// From here on a write gives up soon when the server does not take it.
    ///
    /// # Errors
    /// When the socket takes no time limit.
    fn hurry(&self) -> io::Result<()>;

    /// Ends the sending half.
    ///
    /// # Errors
    /// When there is no connection any more.
    fn end(&self) -> io::Result<()>;

    /// Leaves at once and leaves nothing behind, such as a port in TIME-WAIT: a thousand of them would slow
    /// whoever reads the kernel's table next. Where a reset does that, it is a reset.
    fn vanish(self);

    /// Leaves after it has spoken, so that the server meets ECONNRESET.
    fn reset(self);
}

impl Peer for TcpStream {
    type Place = SocketAddr;

    fn call(place: &SocketAddr) -> io::Result<TcpStream> {
        let peer = TcpStream::connect_timeout(place, PATIENCE)?;
        peer.set_read_timeout(Some(PATIENCE))?;
        peer.set_write_timeout(Some(PATIENCE))?;
        Ok(peer)
    }

    fn hurry(&self) -> io::Result<()> {
        self.set_write_timeout(Some(STUCK))
    }

    fn end(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }

    /// Lingering for no time: close() sends RST instead of FIN (socket(7)).
    fn vanish(self) {
        let _ = SockRef::from(&self).set_linger(Some(Duration::ZERO)); // refused only where it has gone anyway
    }

    fn reset(self) {
        self.vanish();
    }
}

#[cfg(unix)]
mod unix {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    use socket2::{Domain, SockAddr, Socket, Type};

    use super::{PATIENCE, Peer, Read, STUCK, Shutdown, io};

    impl Peer for UnixStream {
        type Place = PathBuf;

        fn call(place: &PathBuf) -> io::Result<UnixStream> {
            let peer = Socket::new(Domain::UNIX, Type::STREAM, None)?;
            peer.set_write_timeout(Some(PATIENCE))?; // on Linux, connect() keeps to it when the backlog is full
            peer.connect(&SockAddr::unix(place)?)?;
            peer.set_read_timeout(Some(PATIENCE))?;
            Ok(OwnedFd::from(peer).into())
        }

        fn hurry(&self) -> io::Result<()> {
            self.set_write_timeout(Some(STUCK))
        }

        fn end(&self) -> io::Result<()> {
            self.shutdown(Shutdown::Write)
        }

        fn vanish(self) {}

        /// A Unix socket that is closed while bytes lie in it unread resets the other one. So it takes the
        /// first byte of an answer, if there is one, and leaves the rest.
        fn reset(mut self) {
            let _ = self.set_read_timeout(Some(STUCK));
            let _ = self.read(&mut [0]);
        }
    }
}
