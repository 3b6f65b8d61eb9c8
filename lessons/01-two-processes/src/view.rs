//! What a process sees of its own end of a connection, and how it describes that to another process.

use std::fmt;
use std::net::{SocketAddr, TcpStream};
use std::process;
use std::str::FromStr;
use std::{fs, io};

use narrate::{Endpoint, Error, Side, Stage, kernel};

use crate::text;

/// One end of a connection, seen by the process that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// The number of the process.
    pub(crate) pid: u32,
    /// The number under which this process holds the socket.
    pub(crate) descriptor: u64,
    /// The address of this end.
    pub(crate) local: SocketAddr,
    /// The address of the other end.
    pub(crate) peer: SocketAddr,
    /// What `/proc/self/fd` says that the descriptor stands for, as `socket:[INODE]`; `None` on a system without it.
    pub(crate) socket: Option<u64>,
}

impl View {
    /// Looks at `stream`, which this process holds.
    ///
    /// # Errors
    /// When the socket is not connected any more.
    pub(crate) fn of(stream: &TcpStream) -> io::Result<View> {
        let descriptor = descriptor(stream);
        let link = fs::read_link(format!("/proc/self/fd/{descriptor}")).ok();
        Ok(View {
            pid: process::id(),
            descriptor,
            local: stream.local_addr()?,
            peer: stream.peer_addr()?,
            socket: link.and_then(|link| inode(link.to_str()?)),
        })
    }

    /// The same end, for a search in the kernel's table.
    pub(crate) fn end(&self, side: Side) -> Endpoint {
        Endpoint { side, local: self.local, peer: Some(self.peer) }
    }

    /// `socket:[99020]`, or `socket:[?]` where the system does not tell.
    fn link(&self) -> String {
        self.socket.map_or("socket:[?]".into(), |inode| format!("socket:[{inode}]"))
    }
}

/// `pid 41023 fd 3 127.0.0.1:51324 -> 127.0.0.1:40517 socket:[99020]`: a line for people, which
/// [`View::from_str`] reads too.
impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let View { pid, descriptor, local, peer, .. } = self;
        write!(f, "pid {pid} fd {descriptor} {local} -> {peer} {}", self.link())
    }
}

impl FromStr for View {
    type Err = Error;

    fn from_str(line: &str) -> Result<View, Error> {
        parse(line).ok_or_else(|| Error::new(text::not_a_view(quoted(line))))
    }
}

fn parse(line: &str) -> Option<View> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["pid", pid, "fd", descriptor, local, "->", peer, link] = words[..] else { return None };
    Some(View {
        pid: pid.parse().ok()?,
        descriptor: descriptor.parse().ok()?,
        local: local.parse().ok()?,
        peer: peer.parse().ok()?,
        socket: inode(link),
    })
}

/// 99020 from `socket:[99020]`.
fn inode(link: &str) -> Option<u64> {
    link.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()
}

#[cfg(unix)]
fn descriptor(stream: &TcpStream) -> u64 {
    use std::os::fd::AsRawFd;
    stream.as_raw_fd().unsigned_abs().into() // an open descriptor is never negative
}

/// Windows has no small numbers for sockets, but handles; they serve the same end.
#[cfg(windows)]
fn descriptor(stream: &TcpStream) -> u64 {
    use std::os::windows::io::AsRawSocket;
    stream.as_raw_socket()
}

/// What a peer sent, fit for our screen: control characters could move the cursor or worse.
pub(crate) fn quoted(line: &str) -> String {
    format!("“{}”", line.trim_end_matches(['\r', '\n']).escape_debug())
}

/// What each side says about its own end, side by side.
pub(crate) fn show(stage: &Stage, server: &View, client: &View) {
    let row = |subject: String, of: fn(&View) -> String| (subject, [of(server), of(client)]);
    stage.side_by_side(
        [Side::SERVER, Side::CLIENT],
        &[
            row("pid".into(), |view| view.pid.to_string()),
            row("fd".into(), |view| view.descriptor.to_string()),
            row(text::own_address(), |view| view.local.to_string()),
            row(text::peer_address(), |view| view.peer.to_string()),
        ],
    );
}

/// What the kernel's table says about each end, and what each process's descriptor stands for. Where the system has
/// no such table: only the states, if any.
pub(crate) fn show_rows(stage: &Stage, ours: &View, theirs: &View) {
    let ends = [ours.end(Side::SERVER), theirs.end(Side::CLIENT)];
    let [Ok(Some(server)), Ok(Some(client))] = ends.each_ref().map(kernel::find) else {
        return stage.states(&ends.map(|end| (end, Some(kernel::State::Established))));
    };
    let fd = |view: &View| format!("fd {} → {}", view.descriptor, view.link());
    stage.side_by_side(
        [Side::SERVER, Side::CLIENT],
        &[
            (text::state(), [server.state.to_string(), client.state.to_string()]),
            ("inode".into(), [server.inode.to_string(), client.inode.to_string()]),
            ("/proc/PID".into(), [fd(ours), fd(theirs)]),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (client, listener.accept().unwrap().0)
    }

    #[test]
    fn from_str_reads_what_display_writes() {
        let (client, _server) = pair();
        let view = View::of(&client).unwrap();
        assert_eq!(view.to_string().parse::<View>().unwrap(), view);
        let elsewhere = View { socket: None, ..view };
        assert_eq!(elsewhere.to_string().parse::<View>().unwrap(), elsewhere);
    }

    #[test]
    fn from_str_names_a_line_that_is_not_a_view() {
        for line in ["", "pid 1", "pid x fd 3 127.0.0.1:1 -> 127.0.0.1:2 socket:[4]"] {
            assert!(line.parse::<View>().unwrap_err().to_string().contains(&quoted(line)));
        }
    }

    #[test]
    fn of_sees_the_same_addresses_swapped_at_both_ends() {
        let (client, server) = pair();
        let (client, server) = (View::of(&client).unwrap(), View::of(&server).unwrap());
        assert_eq!((client.local, client.peer), (server.peer, server.local));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn of_finds_the_inode_of_the_kernels_table() {
        let (client, _server) = pair();
        let view = View::of(&client).unwrap();
        let row = kernel::find(&view.end(Side::CLIENT)).unwrap().unwrap();
        assert_eq!(view.socket, Some(row.inode));
    }

    #[test]
    fn quoted_keeps_letters_with_marks_and_escapes_control_characters() {
        assert_eq!(quoted("chào\x1b[2J\r\n"), "“chào\\u{1b}[2J”");
    }
}
