//! The kernel's own list of Unix sockets, as `ss -xa` shows it.
//!
//! Linux prints it in `/proc/net/unix` (see proc(5)). A socket without a name has a line too, so a
//! socket is found by its inode, not by its path.

use std::os::fd::{AsFd, AsRawFd};
use std::{fmt, fs, io};

use super::State;

/// What kind of Unix socket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of socket(2)")]
pub enum SocketKind {
    Stream,
    Datagram,
    Seqpacket,
}

impl fmt::Display for SocketKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            SocketKind::Stream => "STREAM",
            SocketKind::Datagram => "DGRAM",
            SocketKind::Seqpacket => "SEQPACKET",
        })
    }
}

/// One line of the kernel's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Stream, datagram or seqpacket.
    pub kind: SocketKind,
    /// [`State::Listen`], [`State::Established`] or [`State::Closed`]: `ss` borrows TCP's words.
    pub state: State,
    /// The socket's inode, which is not the inode of the file at its path.
    pub inode: u64,
    /// What `bind` was given, or the listener's for a socket that `accept` gave. The kernel shows an
    /// abstract name with `@` in front. `None` for a socket without a name.
    pub name: Option<String>,
}

/// Every Unix socket of this network namespace.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] where the system has no `/proc/net/unix`.
pub fn table() -> io::Result<Vec<Row>> {
    if !cfg!(target_os = "linux") {
        return Err(io::ErrorKind::Unsupported.into());
    }
    // A name may be any bytes.
    let text = fs::read("/proc/net/unix")?;
    Ok(String::from_utf8_lossy(&text).lines().filter_map(parse_row).collect())
}

/// How often [`find`] looks again for a socket that must be there: the kernel hands the table out in
/// pieces, and one look can miss a line.
const LOOKS: usize = 50;

/// The line of the table about this socket.
///
/// # Errors
/// As [`table`], and where `/proc/self/fd` does not tell the socket's inode.
pub fn find(socket: &impl AsFd) -> io::Result<Option<Row>> {
    let inode = inode(socket)?;
    for _ in 0..LOOKS {
        if let Some(row) = table()?.into_iter().find(|row| row.inode == inode) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// `/proc/self/fd/N` points to `socket:[inode]`.
fn inode(socket: &impl AsFd) -> io::Result<u64> {
    if !cfg!(target_os = "linux") {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let link = fs::read_link(format!("/proc/self/fd/{}", socket.as_fd().as_raw_fd()))?;
    let link = link.to_string_lossy();
    let inode = link.strip_prefix("socket:[").and_then(|rest| rest.strip_suffix(']')?.parse().ok());
    inode.ok_or_else(|| io::ErrorKind::Unsupported.into())
}

/// In `Flags`: `listen` was called (`SO_ACCEPTCON`).
const LISTENS: u32 = 1 << 16;
/// In `St`: connected (`SS_CONNECTED`).
const CONNECTED: &str = "03";

/// `Num RefCount Protocol Flags Type St Inode Path`, all but the inode in hex.
fn parse_row(line: &str) -> Option<Row> {
    let mut rest = line;
    let mut field = || {
        let (field, after) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        rest = after;
        (!field.is_empty()).then_some(field)
    };
    let [_, _, _, flags, kind, state, inode] = std::array::from_fn(|_| field());
    let kind = match kind? {
        "0001" => SocketKind::Stream,
        "0002" => SocketKind::Datagram,
        "0005" => SocketKind::Seqpacket,
        _ => return None,
    };
    let state = match (u32::from_str_radix(flags?, 16).ok()? & LISTENS, state?) {
        (LISTENS, _) => State::Listen,
        (_, CONNECTED) => State::Established,
        _ => State::Closed,
    };
    let name = (!rest.is_empty()).then(|| rest.to_owned());
    Some(Row { kind, state, inode: inode?.parse().ok()?, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_row_reads_every_field() {
        let row = parse_row("0000000000000000: 00000002 00000000 00010000 0001 01  9823 /tmp/a b.sock").unwrap();
        assert_eq!((row.kind, row.state, row.inode), (SocketKind::Stream, State::Listen, 9823));
        assert_eq!(row.name.as_deref(), Some("/tmp/a b.sock"));
        let row = parse_row("0000000000000000: 00000003 00000000 00000000 0005 03 170").unwrap();
        assert_eq!((row.kind, row.state, row.name), (SocketKind::Seqpacket, State::Established, None));
    }

    #[test]
    fn parse_row_rejects_the_heading() {
        assert_eq!(parse_row("Num       RefCount Protocol Flags    Type St Inode Path"), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn find_returns_both_ends_of_a_pair_without_a_name() {
        let (one, other) = std::os::unix::net::UnixStream::pair().unwrap();
        let rows = [find(&one).unwrap().unwrap(), find(&other).unwrap().unwrap()];
        assert!(rows.iter().all(|row| row.state == State::Established && row.name.is_none()), "{rows:?}");
        assert_ne!(rows[0].inode, rows[1].inode);
    }
}
