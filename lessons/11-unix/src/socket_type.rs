//! Which kind of socket each type of `std` is, by the kernel's word: family, type, protocol.

use std::io;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener};

use narrate::{Error, Stage};
use socket2::{SockRef, Type};

use crate::text;

pub(crate) fn compare(stage: &Stage, listener: &UnixListener) -> Result<(), Error> {
    // ANCHOR: kinds
    stage.step(text::socket_types());
    row(stage, "TcpListener", SockRef::from(&TcpListener::bind("127.0.0.1:0")?))?;
    row(stage, "UnixListener", SockRef::from(listener))?;
    row(stage, "UdpSocket", SockRef::from(&UdpSocket::bind("127.0.0.1:0")?))?;
    row(stage, "UnixDatagram", SockRef::from(&UnixDatagram::unbound()?))?;
    // ANCHOR_END: kinds
    Ok(())
}

fn row(stage: &Stage, name: &str, socket: SockRef) -> io::Result<()> {
    let [family, socket_type, protocol] = query(&socket)?;
    stage.line(&format!("      {name:<13}   {family:<8}   {socket_type:<11}   {protocol}"));
    Ok(())
}

// ANCHOR: query
/// SO_DOMAIN, SO_TYPE, SO_PROTOCOL (socket(7)).
#[cfg(any(target_os = "android", target_os = "linux"))]
fn query(socket: &SockRef) -> io::Result<[String; 3]> {
    let protocol = socket.protocol()?; // None stands for 0
    let protocol = protocol.map_or("0".to_owned(), |number| format!("{number:?}"));
    Ok([format!("{:?}", socket.domain()?), type_name(socket.r#type()?), protocol])
}
// ANCHOR_END: query

/// Other systems report the type only.
#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn query(socket: &SockRef) -> io::Result<[String; 3]> {
    Ok(["-".to_owned(), type_name(socket.r#type()?), "-".to_owned()])
}

fn type_name(socket_type: Type) -> String {
    format!("{socket_type:?}")
}
