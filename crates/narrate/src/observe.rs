//! Any socket, whatever crate its type is of: its family, its addresses, its options.
//!
//! `std`, `socket2`, `mio` and `tokio` all lend their descriptor ([`std::os::fd::AsFd`]). A duplicate of
//! it is a [`TcpStream`] as far as `std` is concerned, and the kernel answers for the socket that it is.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(windows)]
use std::os::windows::io::AsSocket;

/// A socket of any crate: a listener, a stream or a datagram socket.
#[cfg(unix)]
pub trait Observable: AsFd {}
#[cfg(unix)]
impl<S: AsFd + ?Sized> Observable for S {}

/// A socket of any crate: a listener, a stream or a datagram socket.
#[cfg(windows)]
pub trait Observable: AsSocket {}
#[cfg(windows)]
impl<S: AsSocket + ?Sized> Observable for S {}

/// What kind of socket it is, with its addresses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Family {
    /// `peer` is `None` for a listener, and for a socket that is not connected any more.
    Tcp {
        local: SocketAddr,
        peer: Option<SocketAddr>,
    },
    Udp {
        local: SocketAddr,
        peer: Option<SocketAddr>,
    },
    Unix,
}

/// The same open socket in the hands of `std`. Every option set on it is set on `socket`.
#[cfg(unix)]
fn duplicate(socket: &impl Observable) -> io::Result<TcpStream> {
    Ok(socket.as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn duplicate(socket: &impl Observable) -> io::Result<TcpStream> {
    Ok(socket.as_socket().try_clone_to_owned()?.into())
}

/// The family and the addresses of `socket`.
///
/// # Errors
/// When the socket does not tell its address.
pub(crate) fn family(socket: &impl Observable) -> io::Result<Family> {
    let socket = duplicate(socket)?;
    let local = match socket.local_addr() {
        Ok(local) => local,
        // std turns an address that is neither IPv4 nor IPv6 into this error.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Ok(Family::Unix),
        Err(error) => return Err(error),
    };
    let peer = socket.peer_addr().ok();
    // Only TCP has the option TCP_NODELAY (tcp(7)).
    let is_tcp = socket.nodelay().is_ok();
    Ok(if is_tcp { Family::Tcp { local, peer } } else { Family::Udp { local, peer } })
}

/// From now on a read or a receive that has waited for `limit` gives up.
///
/// # Errors
/// When the socket takes no time limit.
pub(crate) fn set_read_timeout(socket: &impl Observable, limit: Duration) -> io::Result<()> {
    duplicate(socket)?.set_read_timeout(Some(limit))
}

/// Closes one half of a connection, or both.
///
/// # Errors
/// As [`TcpStream::shutdown`].
pub(crate) fn shutdown(socket: &impl Observable, how: Shutdown) -> io::Result<()> {
    duplicate(socket)?.shutdown(how)
}

/// Reads what a stream has received, and leaves it there.
///
/// # Errors
/// As [`TcpStream::peek`].
pub(crate) fn peek(socket: &impl Observable, buffer: &mut [u8]) -> io::Result<usize> {
    duplicate(socket)?.peek(buffer)
}

/// As [`peek`], and does not wait. Leaves the socket blocking.
///
/// # Errors
/// As [`peek`].
pub(crate) fn peek_without_waiting(socket: &impl Observable, buffer: &mut [u8]) -> io::Result<usize> {
    let socket = duplicate(socket)?;
    socket.set_nonblocking(true)?;
    let count = socket.peek(buffer);
    socket.set_nonblocking(false)?;
    count
}

/// The path that a Unix socket is bound to, or its abstract name as `@name` (Linux).
///
/// # Errors
/// When the socket has no name, or is of another family.
#[cfg(unix)]
pub(crate) fn unix_address(socket: &impl Observable) -> io::Result<String> {
    let socket: std::os::unix::net::UnixDatagram = socket.as_fd().try_clone_to_owned()?.into();
    let address = socket.local_addr()?;
    #[cfg(target_os = "linux")]
    if let Some(name) = std::os::linux::net::SocketAddrExt::as_abstract_name(&address) {
        return Ok(format!("@{}", String::from_utf8_lossy(name)));
    }
    let path = address.as_pathname().ok_or(io::ErrorKind::AddrNotAvailable)?;
    Ok(path.display().to_string())
}

/// A path without its folder: what 80 columns can hold.
pub(crate) fn last_part(path: &std::path::Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, UdpSocket};

    use super::*;

    #[test]
    fn family_tells_tcp_from_udp_and_a_stream_from_a_listener() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let client = TcpStream::connect(address).unwrap();
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        assert_eq!(family(&listener).unwrap(), Family::Tcp { local: address, peer: None });
        let local = client.local_addr().unwrap();
        assert_eq!(family(&client).unwrap(), Family::Tcp { local, peer: Some(address) });
        assert_eq!(family(&udp).unwrap(), Family::Udp { local: udp.local_addr().unwrap(), peer: None });
    }

    #[test]
    #[cfg(unix)]
    fn family_tells_a_unix_socket() {
        let (stream, _other) = std::os::unix::net::UnixStream::pair().unwrap();
        let datagram = std::os::unix::net::UnixDatagram::unbound().unwrap();
        assert_eq!((family(&stream).unwrap(), family(&datagram).unwrap()), (Family::Unix, Family::Unix));
    }
}
