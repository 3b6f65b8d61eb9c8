//! Kinds of socket: what to request, and what the kernel says that it made.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::text;

type SocketKind = (Domain, Type, Option<Protocol>);

// ANCHOR: requested
/// Family, type, protocol, as socket(2) takes them.
pub(crate) const REQUESTED: [SocketKind; 8] = [
    (Domain::IPV4, Type::STREAM, None),
    (Domain::IPV4, Type::DGRAM, None),
    (Domain::IPV6, Type::STREAM, None),
    (Domain::IPV6, Type::DGRAM, None),
    (Domain::UNIX, Type::STREAM, None),
    (Domain::UNIX, Type::DGRAM, None),
    (Domain::UNIX, Type::SEQPACKET, None),
    (Domain::IPV4, Type::STREAM, Some(Protocol::UDP)), // UDP carries no stream
];
// ANCHOR_END: requested

/// One row of the table: what the kernel reports about the socket, or the name of its error.
pub(crate) fn row(requested: SocketKind, socket: io::Result<Socket>) -> String {
    let ([family, kind, protocol], error_name) = match socket.and_then(|socket| reported(requested, &socket)) {
        Ok(reported) => (reported, String::new()),
        Err(error) => (words(requested), name_of(&error)),
    };
    columns(family, kind, format!("{protocol:<14}{error_name}"))
}

pub(crate) fn heading() -> String {
    columns(text::family(), text::kind(), text::protocol())
}

fn columns(family: String, kind: String, protocol: String) -> String {
    format!("      {family:<11}{kind:<17}{protocol}").trim_end().to_owned()
}

// ANCHOR: reported
/// Asks the socket itself: SO_DOMAIN, SO_TYPE, SO_PROTOCOL (socket(7)).
#[cfg(any(target_os = "android", target_os = "linux"))]
fn reported(_: SocketKind, socket: &Socket) -> io::Result<[String; 3]> {
    Ok(words((socket.domain()?, socket.r#type()?, socket.protocol()?)))
}
// ANCHOR_END: reported

/// Other systems report the type alone. What is in parentheses is what was requested.
#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn reported(requested: SocketKind, socket: &Socket) -> io::Result<[String; 3]> {
    let [family, _, protocol] = words(requested);
    Ok([format!("({family})"), format!("{:?}", socket.r#type()?), format!("({protocol})")])
}

fn words((family, kind, protocol): SocketKind) -> [String; 3] {
    let protocol = protocol.map_or("0".to_owned(), |protocol| format!("{protocol:?}"));
    [format!("{family:?}"), format!("{kind:?}"), protocol]
}

fn name_of(error: &io::Error) -> String {
    narrate::errno(error).map_or_else(|| error.to_string(), |(name, _)| format!("→ {name}"))
}

/// The name of the error that a call returned, without what it usually means.
pub(crate) fn error_name<T>(result: &io::Result<T>) -> String {
    result.as_ref().err().map_or_else(|| "→ OK".to_owned(), name_of)
}

/// The IP address and port in the form that `std` uses.
pub(crate) fn ip(address: SockAddr) -> io::Result<SocketAddr> {
    address.as_socket().ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

/// Addresses in one line.
pub(crate) fn list(addresses: &[SocketAddr]) -> String {
    addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
