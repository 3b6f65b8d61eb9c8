//! What kind of socket each of std's types is: not what its name says, what the kernel says.

use std::io;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::{UnixDatagram, UnixListener};

use narrate::{Error, Stage};
use socket2::{SockRef, Type};

use crate::text;

pub(crate) fn ask_the_kernel(stage: &Stage, listener: &UnixListener) -> Result<(), Error> {
    // ANCHOR: kinds
    stage.step(text::what_the_kernel_says());
    row(stage, "TcpListener", SockRef::from(&TcpListener::bind("127.0.0.1:0")?))?;
    row(stage, "UnixListener", SockRef::from(listener))?;
    row(stage, "UdpSocket", SockRef::from(&UdpSocket::bind("127.0.0.1:0")?))?;
    row(stage, "UnixDatagram", SockRef::from(&UnixDatagram::unbound()?))?;
    // ANCHOR_END: kinds
    Ok(())
}

fn row(stage: &Stage, name: &str, socket: SockRef) -> io::Result<()> {
    let [family, kind, protocol] = told(&socket)?;
    stage.line(&format!("      {name:<13}   {family:<8}   {kind:<11}   {protocol}"));
    Ok(())
}

// ANCHOR: told
/// SO_DOMAIN, SO_TYPE, SO_PROTOCOL (socket(7)).
#[cfg(any(target_os = "android", target_os = "linux"))]
fn told(socket: &SockRef) -> io::Result<[String; 3]> {
    let protocol = socket.protocol()?; // None stands for 0
    let protocol = protocol.map_or("0".to_owned(), |number| format!("{number:?}"));
    Ok([format!("{:?}", socket.domain()?), spelt(socket.r#type()?), protocol])
}
// ANCHOR_END: told

/// Other systems tell the type alone.
#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn told(socket: &SockRef) -> io::Result<[String; 3]> {
    Ok(["-".to_owned(), spelt(socket.r#type()?), "-".to_owned()])
}

fn spelt(kind: Type) -> String {
    format!("{kind:?}")
}
