//! The kernel's own list of TCP sockets, as `ss -tan` shows it.
//!
//! Linux prints it in `/proc/net/tcp` and `/proc/net/tcp6` (see proc(5)). Other systems keep
//! theirs behind system calls, so there [`table`] answers [`io::ErrorKind::Unsupported`].

pub mod udp;
#[cfg(unix)]
pub mod unix;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::{Duration, Instant};
use std::{fmt, io};

use crate::event::Endpoint;

/// A TCP state (RFC 9293, section 3.3.2), displayed by the names that `ss` uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the RFC's")]
pub enum State {
    Established,
    SynSent,
    SynReceived,
    FinWait1,
    FinWait2,
    TimeWait,
    Closed,
    CloseWait,
    LastAck,
    Listen,
    Closing,
}

impl State {
    /// From the kernel's number (`include/net/tcp_states.h`).
    fn from_number(number: u8) -> Option<State> {
        use State::*;
        let all = [
            Established,
            SynSent,
            SynReceived,
            FinWait1,
            FinWait2,
            TimeWait,
            Closed,
            CloseWait,
            LastAck,
            Listen,
            Closing,
            SynReceived,
        ];
        all.get(usize::from(number).checked_sub(1)?).copied()
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            State::Established => "ESTAB",
            State::SynSent => "SYN-SENT",
            State::SynReceived => "SYN-RECV",
            State::FinWait1 => "FIN-WAIT-1",
            State::FinWait2 => "FIN-WAIT-2",
            State::TimeWait => "TIME-WAIT",
            State::Closed => "UNCONN",
            State::CloseWait => "CLOSE-WAIT",
            State::LastAck => "LAST-ACK",
            State::Listen => "LISTEN",
            State::Closing => "CLOSING",
        })
    }
}

/// One line of the kernel's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The socket's own address.
    pub local: SocketAddr,
    /// The other end; port 0 for a listener.
    pub peer: SocketAddr,
    /// Where in its life the socket is.
    pub state: State,
    /// Bytes sent and not yet acknowledged; 0 for a listener.
    pub send_queue: u32,
    /// Bytes received and not yet read; for a listener, connections not yet accepted.
    pub receive_queue: u32,
    /// The user who owns the socket.
    pub uid: u32,
    /// The socket's inode: `/proc/PID/fd/N` points to `socket:[inode]`. 0 once no process holds it.
    pub inode: u64,
}

/// Every TCP socket of this network namespace.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] where the system has no `/proc/net/tcp`.
pub fn table() -> io::Result<Vec<Row>> {
    Ok(text()?.lines().filter_map(parse_row).collect())
}

/// The table as the kernel prints it.
fn text() -> io::Result<String> {
    if !cfg!(target_os = "linux") {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut text = std::fs::read_to_string("/proc/net/tcp")?;
    // Without IPv6 in the kernel the second file is missing, and there is nothing to add.
    text.push_str(&std::fs::read_to_string("/proc/net/tcp6").unwrap_or_default());
    Ok(text)
}

/// The rows in which `port` is one of the two. A busy machine has ten thousand others, most of them in
/// TIME-WAIT: they are left out before they are parsed.
fn rows_about(port: u16, text: &str) -> impl Iterator<Item = Row> {
    let port = format!(":{port:04X} ");
    text.lines().filter(move |line| line.contains(&port)).filter_map(parse_row)
}

/// How often [`find`] looks before it takes a missing line for a socket that is gone.
const LOOKS: usize = 3;

/// The line of the table about this end; `None` when the kernel has forgotten it.
///
/// The kernel hands the table out in pieces. When other programs close sockets between two of
/// them, the rest moves up and a line can be missed; so one look without it proves nothing.
///
/// # Errors
/// As [`table`].
pub fn find(end: &Endpoint) -> io::Result<Option<Row>> {
    // The program of a dual-stack socket knows ::ffff:a.b.c.d, the table's rows say a.b.c.d.
    let plain = |address: SocketAddr| SocketAddr::new(address.ip().to_canonical(), address.port());
    let local = plain(end.local);
    let found = |row: &Row| match end.peer {
        Some(peer) => row.local == local && row.peer == plain(peer),
        None => row.local == local && row.state == State::Listen,
    };
    for _ in 0..LOOKS {
        if let Some(row) = rows_about(local.port(), &text()?).find(found) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// Waits until this end is in `state` (`None`: until the kernel has forgotten it), at most a
/// second. The kernel changes states a moment after the call that causes it has returned.
/// What is then printed is what the table says, not what was expected.
pub fn wait_state(end: &Endpoint, state: Option<State>) {
    wait_until(end, |row| row.map(|row| row.state) == state);
}

/// Waits until `holds` is true of the line about this end (`None`: the kernel has forgotten it),
/// at most a second.
pub fn wait_until(end: &Endpoint, holds: impl Fn(Option<&Row>) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(1);
    while Instant::now() < deadline {
        match find(end) {
            Ok(row) if holds(row.as_ref()) => return,
            Ok(_) => std::thread::yield_now(),
            Err(_) => return,
        }
    }
}

/// `sl local_address rem_address st tx_queue:rx_queue tr:when retrnsmt uid timeout inode …`
fn parse_row(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let (send_queue, receive_queue) = fields.get(4)?.split_once(':')?;
    Some(Row {
        local: parse_address(fields.get(1)?)?,
        peer: parse_address(fields.get(2)?)?,
        state: State::from_number(u8::from_str_radix(fields.get(3)?, 16).ok()?)?,
        send_queue: u32::from_str_radix(send_queue, 16).ok()?,
        receive_queue: u32::from_str_radix(receive_queue, 16).ok()?,
        uid: fields.get(7)?.parse().ok()?,
        inode: fields.get(9)?.parse().ok()?,
    })
}

/// `0100007F:1F90`: the address as 32-bit words in this machine's byte order, the port in hex.
fn parse_address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let word = |at: usize| Some(u32::from_str_radix(address.get(at..at + 8)?, 16).ok()?.to_ne_bytes());
    let address = match address.len() {
        8 => IpAddr::V4(Ipv4Addr::from(word(0)?)),
        32 => {
            let words = [word(0)?, word(8)?, word(16)?, word(24)?];
            let bytes: [u8; 16] = words.concat().try_into().ok()?;
            // A dual-stack socket shows its IPv4 peers as ::ffff:a.b.c.d.
            Ipv6Addr::from(bytes).to_canonical()
        }
        _ => return None,
    };
    Some(SocketAddr::new(address, port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Side;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn parse_row_reads_every_field() {
        let line =
            "   0: 0100007F:1F90 0200007F:C350 08 00000001:00000010 00:00000000 00000000  1000        0 4242 1 f 100";
        let row = parse_row(line).unwrap();
        assert_eq!(row.peer, "127.0.0.2:50000".parse().unwrap());
        assert_eq!((row.local.port(), row.state), (8080, State::CloseWait));
        assert_eq!((row.send_queue, row.receive_queue, row.uid, row.inode), (1, 16, 1000, 4242));
    }

    #[test]
    fn parse_row_rejects_the_heading() {
        assert_eq!(parse_row("  sl  local_address rem_address   st tx_queue rx_queue tr tm->when"), None);
    }

    #[test]
    fn rows_about_leaves_out_other_ports_with_the_same_digits() {
        let rest = "00000000:00000000 00:00000000 00000000     0        0 8080 1 f 100";
        let text = [
            format!("   0: 0100007F:0050 00000000:0000 0A {rest}"),
            format!("   1: 0100007F:C350 0100007F:0050 01 {rest}"),
            format!("   2: 00000050:0051 0000007F:5000 01 {rest}"),
        ];
        let found = |port| rows_about(port, &text.join("\n")).map(|row| row.local.port()).collect::<Vec<_>>();
        assert_eq!((found(80), found(81), found(8080)), (vec![80, 50000], vec![81], vec![]));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn find_returns_both_ends_of_a_connection_and_the_listener() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        for end in [Endpoint::of(Side::CLIENT, &client).unwrap(), Endpoint::of(Side::SERVER, &server).unwrap()] {
            assert_eq!(find(&end).unwrap().unwrap().state, State::Established);
        }
        let listening = Endpoint::of(Side::SERVER, &listener).unwrap();
        assert_eq!(find(&listening).unwrap().unwrap().state, State::Listen);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn find_takes_the_ipv6_spelling_of_an_ipv4_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mapped = |address: SocketAddr| match address.ip() {
            IpAddr::V4(ip) => SocketAddr::new(ip.to_ipv6_mapped().into(), address.port()),
            IpAddr::V6(_) => address,
        };
        let end = Endpoint::of(Side::CLIENT, &client).unwrap();
        let end = Endpoint { local: mapped(end.local), peer: end.peer.map(mapped), ..end };
        assert_eq!(find(&end).unwrap().unwrap().state, State::Established);
    }
}
