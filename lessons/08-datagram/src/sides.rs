//! One side at a time: a server that echoes and shows each datagram, and a client that asks once
//! per line and does not wait for ever.

use std::io::{self, BufRead, Read};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use narrate::{Error, Side, Stage, TappedUdp};

use crate::{ROOM, text};

/// How long `connect` waits for an answer. Nothing tells it that none will come.
const PATIENCE: Duration = Duration::from_secs(1);

/// Sends each datagram back to where it came from, until Ctrl-C.
// ANCHOR: serve
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let socket = UdpSocket::bind(address).map_err(|error| Error::receiving(address, error))?;
    let socket = stage.tap_udp(Side::SERVER, socket)?;
    stage.receiving(socket.local_addr()?);
    let mut room = vec![0; ROOM];
    loop {
        match socket.recv_from(&mut room) {
            Ok((count, from)) => {
                stage.fact(Side::SERVER, text::from(count, from));
                stage.gave(Side::SERVER, "recv_from()", &room[..count]);
                if let Err(error) = socket.send_to(&room[..count], from) {
                    stage.met(Side::SERVER, "send_to()", &error); // one peer's trouble, not ours
                }
            }
            // Windows reports here that an earlier answer found nobody.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => continue,
            Err(error) => return Err(error.into()),
        }
    }
}
// ANCHOR_END: serve

/// Sends each line that you type as one datagram, and shows what comes back within a second.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let any = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0))?;
    socket.connect(address).map_err(|error| Error::connecting(address, error))?;
    let socket = stage.tap_udp(Side::CLIENT, socket)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    let (mut asked, mut answered) = (0, 0);
    // A line longer than a datagram is cut here; send() would refuse it.
    while let Some(line) = next_line(&mut io::stdin().lock())? {
        asked += 1;
        answered += u32::from(ask(stage, &socket, &line)?);
    }
    match (asked, answered) {
        (1.., 0) => Err(Error::new(text::nothing_came(address, asked))),
        _ => Ok(()),
    }
}

/// Whether an answer came.
fn ask(stage: &Stage, socket: &TappedUdp, line: &[u8]) -> Result<bool, Error> {
    // ANCHOR: ask
    if let Err(error) = socket.send(line) {
        stage.met(Side::CLIENT, "send()", &error);
        return Ok(false);
    }
    let mut room = vec![0; ROOM];
    match socket.recv(&mut room) {
        Ok(count) => {
            stage.bytes(Side::SERVER, Side::CLIENT, &room[..count]);
            Ok(true)
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
            stage.fact(Side::CLIENT, text::no_answer(PATIENCE.as_secs()));
            Ok(false)
        }
        Err(error) => {
            stage.met(Side::CLIENT, "recv()", &error);
            Ok(false)
        }
    }
    // ANCHOR_END: ask
}

/// One line without its LF, at most as long as a datagram; `None` at the end.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(ROOM as u64).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    line.pop_if(|last| *last == b'\n');
    Ok(Some(line))
}
