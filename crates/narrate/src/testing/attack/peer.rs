//! The streams by which attackers reach a server.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::str::FromStr;
use std::time::Duration;

use socket2::SockRef;

/// A server that does not take a write within this time has stopped reading.
const WRITE_TIMEOUT: Duration = Duration::from_millis(300);
/// How long every other call may take.
const PEER_TIMEOUT: Duration = Duration::from_secs(10);

/// The end of a stream that an attacker, or a legitimate client, holds.
pub trait Peer: Read + Write + Send + Sized + 'static {
    /// The address of a server: what `serve` prints behind `LISTENING`.
    type Address: FromStr + Clone + Send + Sync;

    /// Connects to the server. Every call on this end gives up after ten seconds.
    ///
    /// # Errors
    /// When the server does not answer.
    fn connect_with_timeouts(address: &Self::Address) -> io::Result<Self>;

    /// From here on a write gives up after 300 ms when the server does not take it.
    ///
    /// # Errors
    /// When the socket takes no time limit.
    fn limit_writes(&self) -> io::Result<()>;

    /// Closes the sending half.
    ///
    /// # Errors
    /// When the connection is gone.
    fn close_write(&self) -> io::Result<()>;

    /// Closes at once and leaves nothing behind, such as a port in TIME-WAIT: a thousand of them would slow down
    /// every program that reads the kernel's table. Where a reset does that, it is a reset.
    fn abort(self);

    /// Closes after it has sent something, so that a read of the server fails with ECONNRESET.
    fn reset(self);
}

impl Peer for TcpStream {
    type Address = SocketAddr;

    fn connect_with_timeouts(address: &SocketAddr) -> io::Result<TcpStream> {
        let peer = TcpStream::connect_timeout(address, PEER_TIMEOUT)?;
        peer.set_read_timeout(Some(PEER_TIMEOUT))?;
        peer.set_write_timeout(Some(PEER_TIMEOUT))?;
        Ok(peer)
    }

    fn limit_writes(&self) -> io::Result<()> {
        self.set_write_timeout(Some(WRITE_TIMEOUT))
    }

    fn close_write(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }

    /// Lingering for no time: close() sends RST instead of FIN (socket(7)).
    fn abort(self) {
        let _ = SockRef::from(&self).set_linger(Some(Duration::ZERO)); // refused only where it has gone anyway
    }

    fn reset(self) {
        self.abort();
    }
}

#[cfg(unix)]
mod unix {
    use std::os::fd::OwnedFd;
    use std::os::unix::net::UnixStream;
    use std::path::PathBuf;

    use socket2::{Domain, SockAddr, Socket, Type};

    use super::{PEER_TIMEOUT, Peer, Read, Shutdown, WRITE_TIMEOUT, io};

    impl Peer for UnixStream {
        type Address = PathBuf;

        fn connect_with_timeouts(address: &PathBuf) -> io::Result<UnixStream> {
            let peer = Socket::new(Domain::UNIX, Type::STREAM, None)?;
            peer.set_write_timeout(Some(PEER_TIMEOUT))?; // on Linux, connect() keeps to it when the backlog is full
            peer.connect(&SockAddr::unix(address)?)?;
            peer.set_read_timeout(Some(PEER_TIMEOUT))?;
            Ok(OwnedFd::from(peer).into())
        }

        fn limit_writes(&self) -> io::Result<()> {
            self.set_write_timeout(Some(WRITE_TIMEOUT))
        }

        fn close_write(&self) -> io::Result<()> {
            self.shutdown(Shutdown::Write)
        }

        fn abort(self) {}

        /// A Unix socket that is closed with bytes unread resets the other one. So this reads the first byte of an
        /// answer, if there is one, and leaves the rest.
        fn reset(mut self) {
            let _ = self.set_read_timeout(Some(WRITE_TIMEOUT));
            let _ = self.read(&mut [0]);
        }
    }
}
