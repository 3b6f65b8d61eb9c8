//! What the kernel says about the program's end of a connection, without asking the program.
//!
//! On Linux the kernel answers for a single connection and without privileges (sock_diag(7), what `ss` uses):
//! how many bytes the program's socket has received, and how many of them wait to be read. When it has
//! received all of ours and none waits, the program has read them, and what is sent next comes with another
//! read. Other systems do not answer.

use super::Peer;

/// The state of the program's socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux tells"))]
pub(super) enum RemoteSocket {
    /// Has received `received` bytes from us in all, of which `unread` have not been read, and has been given
    /// `written` bytes for us by the program.
    Open { received: u64, unread: u32, written: u64 },
    /// There is no such connection any more.
    Gone,
}

/// A question that can be put again and again; `None` as an answer where the system has none.
pub(super) type Query = Box<dyn FnMut() -> Option<RemoteSocket>>;

/// Prepares the question about the program's end of `peer`; `None` where the system cannot be asked.
#[cfg(target_os = "linux")]
pub(super) fn query(peer: &Peer) -> Option<Query> {
    use super::transport::Transport;
    use crate::sock_diag::{TcpQuery, UnixQuery};

    if peer.transport == Transport::Unix {
        // What we send lies in the far queue at once; our own end knows what of it is unread.
        let (received, mut query) = (peer.sent, UnixQuery::new(&peer.socket).ok()?);
        let written = peer.received; // at least; more may lie in our own queue
        return Some(Box::new(move || {
            query.unread().ok().map(|unread| RemoteSocket::Open { received, unread, written })
        }));
    }
    let near = peer.socket.local_addr().ok()?.as_socket()?;
    let far = peer.socket.peer_addr().ok()?.as_socket()?;
    let mut query = TcpQuery::new(far, near).ok()?;
    Some(Box::new(move || query.ask().ok().map(state)))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn query(_peer: &Peer) -> Option<Query> {
    None
}

#[cfg(target_os = "linux")]
fn state(found: Option<netlink_packet_sock_diag::inet::InetResponse>) -> RemoteSocket {
    use netlink_packet_sock_diag::inet::nlas::Nla;

    // A connection in TIME-WAIT has no such information left: no process reads it.
    let open = found.and_then(|found| {
        let (unread, unacknowledged) = (found.header.recv_queue, found.header.send_queue);
        found.nlas.into_iter().find_map(|attribute| match attribute {
            Nla::TcpInfo(info) => Some(RemoteSocket::Open {
                received: info.bytes_received,
                unread,
                written: info.bytes_acked + u64::from(unacknowledged),
            }),
            _ => None,
        })
    });
    open.unwrap_or(RemoteSocket::Gone)
}

/// Returns whether all that has arrived at the program's end has been acknowledged: an acknowledgement that
/// comes late (delayed ACK, RFC 1122) frees buffers, too. `true` where the system does not tell.
#[cfg(target_os = "linux")]
pub(super) fn all_acknowledged(peer: &Peer) -> bool {
    use crate::sock_diag::TcpQuery;

    let (Ok(near), Ok(far)) = (peer.local_address(), peer.remote_address()) else { return true };
    let ours = TcpQuery::new(near, far).and_then(|mut query| query.ask()).ok().flatten();
    match (ours, query(peer).and_then(|mut remote| remote())) {
        (Some(ours), Some(RemoteSocket::Open { received, .. })) => {
            received + u64::from(ours.header.send_queue) == peer.sent
        }
        _ => true,
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn all_acknowledged(_peer: &Peer) -> bool {
    true
}
