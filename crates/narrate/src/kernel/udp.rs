//! The kernel's own list of UDP sockets, as `ss -uan` shows it.
//!
//! Linux prints it in `/proc/net/udp` and `/proc/net/udp6`, in the columns of `/proc/net/tcp` and
//! one more: the datagrams that found the receive buffer full.

use std::io;
use std::net::SocketAddr;

use super::State;
use crate::observe::{self, Family, Observable};

/// One line of the kernel's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The socket's own address.
    pub local: SocketAddr,
    /// Where `connect` points the socket; port 0 when it was never called.
    pub peer: SocketAddr,
    /// [`State::Closed`], or [`State::Established`] after `connect`: the table borrows TCP's words.
    pub state: State,
    /// Memory that datagrams which wait to be read take up in the receive buffer. It counts what the
    /// kernel keeps around each of them, so it is more than the bytes that they carry.
    pub receive_queue: u32,
    /// Datagrams thrown away since the socket was opened, because the buffer was full or the checksum wrong.
    pub drops: u64,
}

/// Every UDP socket of this network namespace.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] where the system has no `/proc/net/udp`.
pub fn table() -> io::Result<Vec<Row>> {
    if !cfg!(target_os = "linux") {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut text = std::fs::read_to_string("/proc/net/udp")?;
    // Without IPv6 in the kernel the second file is missing, and there is nothing to add.
    text.push_str(&std::fs::read_to_string("/proc/net/udp6").unwrap_or_default());
    Ok(text.lines().filter_map(parse_row).collect())
}

/// How often [`find`] looks again for a socket that must be there.
const LOOKS: usize = 50;

/// The line of the table about this socket.
///
/// The kernel hands the table out in pieces. When another program closes a socket between two of
/// them, the rest moves up and a line is missed, so we look again: this socket is open.
///
/// # Errors
/// As [`table`], and when the socket does not tell its address.
pub fn find(socket: &impl Observable) -> io::Result<Option<Row>> {
    let Family::Udp { local, .. } = observe::family(socket)? else { return Ok(None) };
    let local = SocketAddr::new(local.ip().to_canonical(), local.port());
    for _ in 0..LOOKS {
        if let Some(row) = table()?.into_iter().find(|row| row.local == local) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// A line of `/proc/net/tcp` in its first columns; the number of drops stands last.
fn parse_row(line: &str) -> Option<Row> {
    let super::Row { local, peer, state, receive_queue, .. } = super::parse_row(line)?;
    Some(Row { local, peer, state, receive_queue, drops: line.split_whitespace().nth(12)?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use std::net::UdpSocket;

    use super::*;

    #[test]
    fn parse_row_reads_every_field() {
        let line = " 9635: 0100007F:1F90 00000000:0000 07 00000000:00033C00 00:00000000 00000000     0        0 3120871 2 000000004169641f 1140    ";
        let row = parse_row(line).unwrap();
        assert_eq!((row.local, row.peer), ("127.0.0.1:8080".parse().unwrap(), "0.0.0.0:0".parse().unwrap()));
        assert_eq!((row.state, row.receive_queue, row.drops), (State::Closed, 0x33c00, 1140));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn find_shows_connect_at_one_end_only() {
        let (one, other) = (UdpSocket::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
        one.connect(other.local_addr().unwrap()).unwrap();
        let (one, row) = (find(&one).unwrap().unwrap(), find(&other).unwrap().unwrap());
        assert_eq!((one.state, one.peer), (State::Established, row.local));
        assert_eq!((row.state, row.peer.port()), (State::Closed, 0));
    }
}
