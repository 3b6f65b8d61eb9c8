//! Lesson 02 · Addresses · Địa chỉ
//!
//! What a program asks for when it asks the kernel for a socket, and which side must know whose address.
//!
//!     cargo run -p lesson02                      the whole story, on this machine
//!     cargo run -p lesson02 -- serve '[::]:0'    only a server: it tells each client both addresses
//!     cargo run -p lesson02 -- connect ADDRESS   only the client
//!
//! You should see seven kinds of socket, one listener that answers IPv4 and IPv6, three errors by their names,
//! and finally a connection without a listener.

mod kinds;
mod server;
mod sides;
mod text;

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use narrate::{Error, Lesson, Side, Stage};
use socket2::{Domain, Socket, Type};

/// Far more than loopback needs: an address that swallows what we send must not hold the story up.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
const GREETING: &[u8] = b"xin chao";

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 2, title: text::TITLE, story, serve, connect, dissector: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::three_choices());
    stage.line(&kinds::heading());
    for kind @ (family, socket_type, protocol) in kinds::REQUESTED {
        let socket = Socket::new(family, socket_type, protocol); // socket(2); None is 0, the usual protocol
        stage.line(&kinds::row(kind, socket));
    }

    // ANCHOR: ports
    stage.step(text::ports());
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let address = listener.local_addr()?;
    let client = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    let before = kinds::ip(client.local_addr()?)?; // a client need not bind: it has no port yet
    client.connect(&address.into())?; // now the kernel picks one for it
    let (_server, peer) = listener.accept()?; // and here the server learns it
    // ANCHOR_END: ports
    stage.show(Side::SERVER, &listener);
    stage.fact(Side::CLIENT, text::before_connect(before));
    stage.show(Side::CLIENT, &client);
    stage.fact(Side::SERVER, format!("accept() → {peer}"));

    stage.step(text::unix_socket());
    #[cfg(unix)]
    unix_socket(stage)?;
    #[cfg(not(unix))]
    stage.say(text::no_unix_sockets());

    // ANCHOR: interfaces
    stage.step(text::one_address_or_all());
    let every_address = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?; // 0.0.0.0
    for listener in [&listener, &every_address] {
        stage.show(Side::SERVER, listener);
        let second = SocketAddr::from(([127, 0, 0, 2], listener.local_addr()?.port()));
        match TcpStream::connect_timeout(&second, CONNECT_TIMEOUT) {
            Ok(client) => stage.show(Side::CLIENT, &client),
            error => stage.returned(Side::CLIENT, "connect(127.0.0.2)", &error),
        }
    }
    // ANCHOR_END: interfaces

    stage.step(text::both_families());
    both_families(stage).unwrap_or_else(|error| stage.fact(Side::SERVER, Error::from(error))); // IPv6 may be off

    // ANCHOR: names
    stage.step(text::names());
    let found: Vec<SocketAddr> = ("localhost", address.port()).to_socket_addrs()?.collect();
    let bound = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    bound.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?; // it has a port, and does not listen on it
    let refusing = kinds::ip(bound.local_addr()?)?;
    let client = TcpStream::connect(&[refusing, address][..])?; // one after the other
    // ANCHOR_END: names
    stage.fact(Side::CLIENT, format!("localhost → {}", kinds::list(&found)));
    stage.fact(Side::CLIENT, text::attempts(refusing, address));
    stage.show(Side::CLIENT, &client);

    // ANCHOR: refusals
    let broadcast = SocketAddr::from((Ipv4Addr::BROADCAST, address.port()));
    stage.step(text::three_errors(address, refusing, broadcast));
    stage.returned(Side::SERVER, "bind()", &TcpListener::bind(address));
    stage.returned(Side::CLIENT, "connect()", &TcpStream::connect_timeout(&refusing, CONNECT_TIMEOUT));
    let broadcast = TcpStream::connect_timeout(&broadcast, CONNECT_TIMEOUT);
    stage.fact(Side::CLIENT, format!("connect() {}", kinds::error_name(&broadcast)));
    // ANCHOR_END: refusals

    // ANCHOR: own
    stage.step(text::no_listener(refusing));
    let connected = bound.connect_timeout(&refusing.into(), CONNECT_TIMEOUT); // to its own address
    stage.returned(sides::SELF, "connect()", &connected); // a system may refuse it
    if connected.is_ok() {
        stage.show(sides::SELF, &bound);
        sides::show_listeners(stage, refusing);
        let mut socket = stage.tap(sides::SELF, TcpStream::from(bound))?;
        socket.write_all(GREETING)?;
        socket.read_exact(&mut [0; GREETING.len()])?; // what it writes it reads: it is its own peer
    }
    // ANCHOR_END: own

    stage.try_next(&text::try_next());
    Ok(())
}

// ANCHOR: unix
#[cfg(unix)]
fn unix_socket(stage: &Stage) -> io::Result<()> {
    use std::os::unix::net::{UnixListener, UnixStream};
    let path = std::env::temp_dir().join(format!("lesson02-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path)?; // a file appears here
    let client = UnixStream::connect(&path);
    std::fs::remove_file(&path)?; // only connect() needs the name
    let mut client = stage.tap(Side::CLIENT, client?)?;
    let (server, peer) = listener.accept()?;
    stage.show(Side::SERVER, &listener);
    stage.fact(Side::SERVER, text::accepted(peer.as_pathname().map(|path| path.display().to_string())));
    client.write_all(GREETING)?;
    stage.tap(Side::SERVER, server)?.read_exact(&mut [0; GREETING.len()])
}
// ANCHOR_END: unix

// ANCHOR: both
fn both_families(stage: &Stage) -> io::Result<()> {
    let socket = Socket::new(Domain::IPV6, Type::STREAM, None)?;
    socket.set_only_v6(false)?; // IPV6_V6ONLY, set on purpose: the default is not the same on every system
    socket.bind(&SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)).into())?; // [::]:0
    socket.listen(server::BACKLOG)?;
    let listener = TcpListener::from(socket);
    stage.show(Side::SERVER, &listener);
    for host in ["127.0.0.1", "::1"] {
        let client = TcpStream::connect((host, listener.local_addr()?.port()))?;
        let (_server, peer) = listener.accept()?;
        stage.show(Side::CLIENT, &client);
        stage.fact(Side::SERVER, format!("accept() → {peer}"));
    }
    Ok(())
}
// ANCHOR_END: both
