//! A server that tells each client from where it connected, and to which address.
//!
//! It needs `std`, and `socket2` for an option that has no name in `std`. Copy this file into a program of your own,
//! with these lines in its manifest:
//!
//! ```toml
//! [dependencies]
//! socket2 = "0.6"
//! ```

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use socket2::{Domain, Socket, Type};

/// Connections that may wait for accept(); `std` asks for as many.
pub const BACKLOG: i32 = 128;

/// Listens on `address`; on an IPv6 address for IPv4 clients too.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if address.is_ipv6() {
        socket.set_only_v6(false)?; // IPV6_V6ONLY, set on purpose: the default is not the same on every system
    }
    #[cfg(unix)]
    socket.set_reuse_address(true)?; // as std does; lesson 06 says why
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}

/// Sends each client one line, made by `answer` from the client's address and the server's, and closes.
///
/// `wrap` makes of each connection the stream that is written to: `Ok` leaves it as it is.
pub fn serve<S: Write>(
    listener: &TcpListener,
    wrap: impl Fn(TcpStream) -> io::Result<S>,
    answer: impl Fn(SocketAddr, SocketAddr) -> String,
) {
    for accepted in listener.incoming() {
        // A client that has left before `accept` is no reason to stop serving the others.
        let _ = accepted.and_then(|client| {
            let line = answer(client.peer_addr()?, client.local_addr()?);
            writeln!(wrap(client)?, "{line}")
        });
    }
}
