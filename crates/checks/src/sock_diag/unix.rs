//! How much of what a Unix stream has sent waits to be read: the kernel counts it as memory of the
//! sender until the reader has taken it, and tells without privileges (sock_diag(7)).

use std::fs;
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::net::UnixStream;
use std::sync::LazyLock;

use netlink_packet_sock_diag::SockDiagMessage;
use netlink_packet_sock_diag::unix::nlas::Nla;
use netlink_packet_sock_diag::unix::{ShowFlags, StateFlags, UnixRequest};

use super::{NO_COOKIE, Query, bytes_of};

/// A question about one socket of ours, to be asked more than once.
pub(crate) struct UnixQuery(Query);

impl UnixQuery {
    /// # Errors
    /// Where this kernel does not answer such questions.
    pub(crate) fn new(socket: &impl AsFd) -> io::Result<UnixQuery> {
        if !kernel_tells() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        UnixQuery::prepared(socket)
    }

    fn prepared(socket: &impl AsFd) -> io::Result<UnixQuery> {
        let request = UnixRequest {
            state_flags: StateFlags::all(),
            inode: inode(socket)?,
            show_flags: ShowFlags::RQLEN,
            cookie: NO_COOKIE,
        };
        Query::sending(bytes_of(SockDiagMessage::UnixRequest(request))).map(UnixQuery)
    }

    /// Returns how much of what the socket has sent is unread, in bytes of kernel memory, which is more than was
    /// sent; 0 when all has been read, or when the reader has gone.
    pub(crate) fn unread(&mut self) -> io::Result<u32> {
        let Some(SockDiagMessage::UnixResponse(found)) = self.0.ask()? else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let waiting = found.nlas.into_iter().find_map(|attribute| match attribute {
            Nla::ReceiveQueueLength(_, ours) => Some(ours),
            _ => None,
        });
        waiting.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

/// The number of a socket in the kernel's tables, as its link in `/proc` shows it: `socket:[4242]`.
fn inode(socket: &impl AsFd) -> io::Result<u32> {
    let link = fs::read_link(format!("/proc/self/fd/{}", socket.as_fd().as_raw_fd()))?;
    let number = link.to_str().and_then(|link| link.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok());
    number.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// A kernel may be built without `unix_diag`. So it is asked about a socket that there is, once.
fn kernel_tells() -> bool {
    static TELLS: LazyLock<bool> = LazyLock::new(|| {
        let there = || {
            let (one, _other) = UnixStream::pair()?;
            UnixQuery::prepared(&one)?.unread()
        };
        there().is_ok()
    });
    *TELLS
}
