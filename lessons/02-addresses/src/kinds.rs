//! Kinds of socket: what to ask for, and what the kernel says it gave.

use std::io;

use socket2::{Domain, Protocol, Socket, Type};

use crate::text;

type Kind = (Domain, Type, Option<Protocol>);

// ANCHOR: asked
/// Family, type, protocol, as socket(2) takes them.
pub(crate) const ASKED: [Kind; 8] = [
    (Domain::IPV4, Type::STREAM, None),
    (Domain::IPV4, Type::DGRAM, None),
    (Domain::IPV6, Type::STREAM, None),
    (Domain::IPV6, Type::DGRAM, None),
    (Domain::UNIX, Type::STREAM, None),
    (Domain::UNIX, Type::DGRAM, None),
    (Domain::UNIX, Type::SEQPACKET, None),
    (Domain::IPV4, Type::STREAM, Some(Protocol::UDP)), // UDP carries no stream
];
// ANCHOR_END: asked

/// One row of the table: what the kernel says about the socket, or the name of its refusal.
pub(crate) fn row(asked: Kind, made: io::Result<Socket>) -> String {
    let ([family, kind, protocol], refusal) = match made.and_then(|socket| told(asked, &socket)) {
        Ok(told) => (told, String::new()),
        Err(error) => (words(asked), refusal(&error)),
    };
    columns(family, kind, format!("{protocol:<14}{refusal}"))
}

pub(crate) fn heading() -> String {
    columns(text::family(), text::kind(), text::protocol())
}

fn columns(family: String, kind: String, protocol: String) -> String {
    format!("      {family:<11}{kind:<17}{protocol}").trim_end().to_owned()
}

// ANCHOR: told
/// Asks the socket itself: SO_DOMAIN, SO_TYPE, SO_PROTOCOL (socket(7)).
#[cfg(any(target_os = "android", target_os = "linux"))]
fn told(_: Kind, socket: &Socket) -> io::Result<[String; 3]> {
    Ok(words((socket.domain()?, socket.r#type()?, socket.protocol()?)))
}
// ANCHOR_END: told

/// Other systems tell the type alone. What stands in parentheses is what we asked for.
#[cfg(not(any(target_os = "android", target_os = "linux")))]
fn told(asked: Kind, socket: &Socket) -> io::Result<[String; 3]> {
    let [family, _, protocol] = words(asked);
    Ok([format!("({family})"), format!("{:?}", socket.r#type()?), format!("({protocol})")])
}

fn words((family, kind, protocol): Kind) -> [String; 3] {
    let protocol = protocol.map_or("0".to_owned(), |protocol| format!("{protocol:?}"));
    [format!("{family:?}"), format!("{kind:?}"), protocol]
}

fn refusal(error: &io::Error) -> String {
    narrate::errno(error).map_or_else(|| error.to_string(), |(name, _)| format!("→ {name}"))
}
