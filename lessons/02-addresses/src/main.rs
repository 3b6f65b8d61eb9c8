//! Lesson 02 · Addresses · Địa chỉ
//!
//! What a program asks for when it asks the kernel for a socket, and who has to know whose address.
//!
//!     cargo run -p lesson02                      the whole story, on this machine
//!     cargo run -p lesson02 -- serve '[::]:0'    only a server: it tells each caller both addresses
//!     cargo run -p lesson02 -- connect ADDRESS   only the client
//!
//! You should see seven kinds of socket, one listener that answers IPv4 and IPv6, three refusals with
//! their names, and at last a connection for which nobody listened.

mod dual;
mod kinds;
mod sides;
mod text;
mod unix;

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

use narrate::kernel::{self, State};
use narrate::{Endpoint, Error, Lesson, Side, Stage};
use socket2::{Domain, Socket, Type};

/// Far more than loopback needs: an address that swallows what we send must not hold the story up.
const PATIENCE: Duration = Duration::from_secs(2);
const GREETING: &[u8] = b"xin chao";
/// The socket of the last step, which is both sides at once.
const ALONE: Side = Side::client("socket");

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 2, title: text::TITLE, story, serve, connect, annotate: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: kinds
    stage.step(text::three_choices());
    stage.line(&kinds::heading());
    for asked @ (family, kind, protocol) in kinds::ASKED {
        let made = Socket::new(family, kind, protocol); // socket(2); None is 0, the usual protocol
        stage.line(&kinds::row(asked, made));
    }
    // ANCHOR_END: kinds

    // ANCHOR: ports
    stage.step(text::who_picks_the_port());
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: any free one
    let here = listener.local_addr()?;
    let client = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    let before = client.local_addr(); // a client need not bind: it has no port yet
    client.connect(&here.into())?; // now the kernel picks one for it
    let (_server, caller) = listener.accept()?; // and here the server learns it
    // ANCHOR_END: ports
    stage.socket(&Endpoint::listening(Side::SERVER, &listener)?);
    if let Some(before) = before.ok().and_then(|address| address.as_socket()) {
        stage.fact(Side::CLIENT, text::before_connect(before));
    }
    stage.socket(&Endpoint::of(Side::CLIENT, &client.into())?);
    stage.fact(Side::SERVER, format!("accept() → {caller}"));

    stage.step(text::neither_ip_nor_port());
    unix::talk(stage, GREETING).unwrap_or_else(|error| stage.met(Side::SERVER, "bind()", &error));

    // ANCHOR: interfaces
    stage.step(text::one_address_or_all());
    let everywhere = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?; // 0.0.0.0
    for listener in [&listener, &everywhere] {
        stage.socket(&Endpoint::listening(Side::SERVER, listener)?);
        let second = SocketAddr::from(([127, 0, 0, 2], listener.local_addr()?.port()));
        match TcpStream::connect_timeout(&second, PATIENCE) {
            Ok(client) => stage.socket(&Endpoint::of(Side::CLIENT, &client)?),
            Err(error) => stage.met(Side::CLIENT, "connect(127.0.0.2)", &error),
        }
    }
    // ANCHOR_END: interfaces

    stage.step(text::both_families()); // a machine may have IPv6 switched off
    dual::answer_both(stage).unwrap_or_else(|error| stage.met(Side::SERVER, "IPv6", &error));

    // ANCHOR: names
    stage.step(text::a_name_is_a_list());
    let found: Vec<SocketAddr> = ("localhost", here.port()).to_socket_addrs()?.collect();
    let (_mute, silent) = bound()?; // it has a port, and never listens on it
    let client = TcpStream::connect(&[silent, here][..])?; // one by one
    // ANCHOR_END: names
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    stage.fact(Side::CLIENT, format!("localhost → {}", found.join(", ")));
    stage.fact(Side::CLIENT, text::a_dead_one_first(silent, here));
    stage.socket(&Endpoint::of(Side::CLIENT, &client)?);

    // ANCHOR: refusals
    let nowhere = SocketAddr::from((Ipv4Addr::BROADCAST, here.port()));
    stage.step(text::three_refusals(here, silent, nowhere));
    if let Err(error) = TcpListener::bind(here) {
        stage.met(Side::SERVER, "bind()", &error);
    }
    for address in [silent, nowhere] {
        if let Err(error) = TcpStream::connect_timeout(&address, PATIENCE) {
            stage.met(Side::CLIENT, "connect()", &error);
        }
    }
    // ANCHOR_END: refusals

    // ANCHOR: own
    let (socket, own) = bound()?;
    stage.step(text::nobody_listens(own));
    match socket.connect_timeout(&own.into(), PATIENCE) {
        Ok(()) => alone(stage, socket.into())?,
        Err(error) => stage.met(ALONE, "connect()", &error), // a system may refuse it
    }
    // ANCHOR_END: own

    stage.try_next(&[
        ("cargo run -p lesson02 -- serve '[::]:0'", text::try_serve()),
        ("nc -p PORT 127.0.0.1 PORT", text::try_alone()),
        ("getent ahosts localhost", text::try_names()),
    ]);
    Ok(())
}

/// A socket that has an address and does nothing with it yet.
fn bound() -> io::Result<(Socket, SocketAddr)> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    let address = socket.local_addr()?.as_socket().ok_or(io::ErrorKind::AddrNotAvailable)?;
    Ok((socket, address))
}

// ANCHOR: alone
/// What it writes it reads: there is one end only, and nobody listened for it.
fn alone(stage: &Stage, socket: TcpStream) -> Result<(), Error> {
    let end = Endpoint::of(ALONE, &socket)?;
    stage.socket(&end);
    if let Ok(table) = kernel::table() {
        let there = table.iter().filter(|row| row.local == end.local);
        let count = there.filter(|row| row.state == State::Listen).count();
        stage.fact(ALONE, text::listening_there(count));
    }
    let mut socket = stage.tap(ALONE, socket)?;
    socket.write_all(GREETING)?;
    let mut heard = [0; GREETING.len()];
    socket.read_exact(&mut heard)?;
    stage.bytes(ALONE, ALONE, &heard);
    Ok(())
}
// ANCHOR_END: alone
