//! One listening socket for callers of both families.

use std::io;
use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};

use narrate::{Endpoint, Side, Stage};
use socket2::{Domain, Socket, Type};

/// Callers that may wait for accept(); `std` asks for as many.
const BACKLOG: i32 = 128;

// ANCHOR: listen
/// Listens at `address`; at an IPv6 address for IPv4 callers too.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    if address.is_ipv6() {
        // IPV6_V6ONLY, said aloud: the default is not the same on every system.
        socket.set_only_v6(false)?;
    }
    #[cfg(unix)]
    socket.set_reuse_address(true)?; // as std does; lesson 06 tells why
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
// ANCHOR_END: listen

// ANCHOR: both
/// Calls one listener twice: by IPv4, then by IPv6.
pub(crate) fn answer_both(stage: &Stage) -> io::Result<()> {
    let listener = listen((Ipv6Addr::UNSPECIFIED, 0).into())?; // [::]:0
    stage.socket(&Endpoint::listening(Side::SERVER, &listener)?);
    for host in ["127.0.0.1", "::1"] {
        let client = TcpStream::connect((host, listener.local_addr()?.port()))?;
        stage.socket(&Endpoint::of(Side::CLIENT, &client)?);
        stage.fact(Side::SERVER, format!("accept() → {}", listener.accept()?.1));
    }
    Ok(())
}
// ANCHOR_END: both
