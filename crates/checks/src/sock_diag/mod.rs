//! One question to the kernel about one socket (sock_diag(7)): what `ss` shows, for a single
//! connection or listener, without privileges. Linux only.

mod unix;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::LazyLock;

use netlink_packet_core::{NLM_F_REQUEST, NetlinkHeader, NetlinkMessage, NetlinkPayload};
use netlink_packet_sock_diag::SockDiagMessage;
use netlink_packet_sock_diag::constants::{AF_INET, AF_INET6, IPPROTO_TCP};
use netlink_packet_sock_diag::inet::{ExtensionFlags, InetRequest, InetResponse, SocketId, StateFlags};
use netlink_sys::{Socket, SocketAddr as Kernel, protocols::NETLINK_SOCK_DIAG};

pub(crate) use unix::UnixQuery;

/// "No cookie": find the connection by its addresses alone.
const NO_COOKIE: [u8; 8] = [0xff; 8];

/// A question, prepared to be asked more than once.
struct Query {
    socket: Socket,
    request: Vec<u8>,
}

impl Query {
    fn sending(request: Vec<u8>) -> io::Result<Query> {
        let mut socket = Socket::new(NETLINK_SOCK_DIAG)?;
        socket.bind_auto()?;
        socket.connect(&Kernel::new(0, 0))?;
        Ok(Query { socket, request })
    }

    /// Asks, and returns the answer as it is; `None` when there is no such socket.
    fn ask(&mut self) -> io::Result<Option<SockDiagMessage>> {
        self.socket.send(&self.request, 0)?;
        let (answer, _) = self.socket.recv_from_full()?;
        let answer = NetlinkMessage::<SockDiagMessage>::deserialize(&answer).map_err(io::Error::other)?;
        match answer.payload {
            NetlinkPayload::InnerMessage(answer) => Ok(Some(answer)),
            NetlinkPayload::Error(error) => match error.to_io() {
                error if error.kind() == io::ErrorKind::NotFound => Ok(None),
                error => Err(error),
            },
            _ => Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// A question about the TCP socket whose own end is `near` and whose other end is `far`; for a listener, `far`
/// is the unspecified address with port 0.
pub(crate) struct TcpQuery(Query);

impl TcpQuery {
    /// # Errors
    /// Where this kernel does not answer such questions.
    pub(crate) fn new(near: SocketAddr, far: SocketAddr) -> io::Result<TcpQuery> {
        if !kernel_tells() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        TcpQuery::prepared(near, far)
    }

    fn prepared(near: SocketAddr, far: SocketAddr) -> io::Result<TcpQuery> {
        Query::sending(request(near, far)).map(TcpQuery)
    }

    /// Returns what the kernel says of the socket; `None` when there is none.
    pub(crate) fn ask(&mut self) -> io::Result<Option<InetResponse>> {
        match self.0.ask()? {
            Some(SockDiagMessage::InetResponse(found)) => Ok(Some(*found)),
            Some(_) => Err(io::ErrorKind::InvalidData.into()),
            None => Ok(None),
        }
    }
}

/// A kernel built without `inet_diag` says of every socket that there is none. So it is asked about
/// one that there is, once.
fn kernel_tells() -> bool {
    static TELLS: LazyLock<bool> = LazyLock::new(|| {
        let there = || {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            TcpQuery::prepared(listener.local_addr()?, (Ipv4Addr::UNSPECIFIED, 0).into())?.ask()
        };
        matches!(there(), Ok(Some(_)))
    });
    *TELLS
}

fn request(near: SocketAddr, far: SocketAddr) -> Vec<u8> {
    let (family, mut socket_id) = match near.ip() {
        IpAddr::V4(_) => (AF_INET, SocketId::new_v4()),
        IpAddr::V6(_) => (AF_INET6, SocketId::new_v6()),
    };
    socket_id.source_port = near.port();
    socket_id.source_address = near.ip();
    socket_id.destination_port = far.port();
    socket_id.destination_address = far.ip();
    socket_id.cookie = NO_COOKIE;

    let request = InetRequest {
        family,
        protocol: IPPROTO_TCP,
        extensions: ExtensionFlags::INFO | ExtensionFlags::SKMEMINFO,
        states: StateFlags::all(),
        socket_id,
    };
    bytes_of(SockDiagMessage::InetRequest(request))
}

/// A request as it goes to the kernel.
fn bytes_of(request: SockDiagMessage) -> Vec<u8> {
    let mut header = NetlinkHeader::default();
    header.flags = NLM_F_REQUEST;
    let mut message = NetlinkMessage::new(header, request.into());
    message.finalize();
    let mut bytes = vec![0; message.buffer_len()];
    message.serialize(&mut bytes);
    bytes
}
