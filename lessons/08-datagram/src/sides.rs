//! One side at a time: the echo server, and a client that sends each line and waits a second for the answer.

use std::io::{self, BufRead, Read};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use narrate::{Error, Side, Stage, Tapped};

use crate::server::{self, DatagramSocket, LARGEST};
use crate::text;

/// How long `connect` waits for an answer. No event says that none will come.
const READ_TIMEOUT: Duration = Duration::from_secs(1);

/// Sends each datagram back to where it came from, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let socket = UdpSocket::bind(address).map_err(|error| Error::receiving(address, error))?;
    let socket = stage.tap(Side::SERVER, socket)?;
    stage.listening(&socket)?;
    stage.show_calls();
    Ok(server::serve(&socket)?)
}

impl DatagramSocket for Tapped<UdpSocket> {
    fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        self.recv_from(buffer)
    }

    fn send_to(&self, datagram: &[u8], peer: SocketAddr) -> io::Result<usize> {
        self.send_to(datagram, peer)
    }
}

/// Sends each line that you type as one datagram, and shows what comes back within a second.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let any = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0))?;
    socket.connect(address).map_err(|error| Error::connecting(address, error))?;
    let socket = stage.tap(Side::CLIENT, socket)?;
    socket.set_read_timeout(Some(READ_TIMEOUT))?;
    stage.show_calls();
    let (mut asked, mut answered) = (0, 0);
    // A line longer than a datagram is cut here; send() would reject it.
    while let Some(line) = next_line(&mut io::stdin().lock())? {
        asked += 1;
        answered += u32::from(ask(stage, &socket, &line));
    }
    match (asked, answered) {
        (1.., 0) => Err(Error::new(text::no_answer_at_all(address, asked))),
        _ => Ok(()),
    }
}

// ANCHOR: ask
/// Sends `line` and waits for an answer; true when one came.
fn ask(stage: &Stage, socket: &Tapped<UdpSocket>, line: &[u8]) -> bool {
    let mut buffer = vec![0; LARGEST];
    match socket.send(line).and_then(|_| socket.recv(&mut buffer)) {
        Ok(_) => true,
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
            stage.fact(Side::CLIENT, text::no_answer(READ_TIMEOUT.as_secs()));
            false
        }
        Err(_) => false, // ECONNREFUSED, say: the stage has shown it
    }
}
// ANCHOR_END: ask

/// One line without its LF, at most as long as a datagram; `None` at the end of the input.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.take(LARGEST as u64).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    line.pop_if(|last| *last == b'\n');
    Ok(Some(line))
}
