//! Where a server may listen: what its announcement looks like, and how to connect there.

use std::net::SocketAddr;

use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::limits::PROGRESS_TIMEOUT;
use crate::peer::connect_failure;
use crate::{Failure, Text};

/// An address as a server announces it.
pub trait ListenAddress: Sized {
    /// What follows `LISTENING`, in words for a person.
    const LOOKS_LIKE: Text;

    /// Reads it from the announcement.
    fn parse(word: &str) -> Option<Self>;

    /// Shows it.
    fn shown(&self) -> String;
}

/// An address to which a stream can be connected.
pub trait Connect: ListenAddress {
    /// Connects a socket that `options` have prepared, within [`PROGRESS_TIMEOUT`].
    fn open(&self, options: &SocketOptions) -> Result<Socket, Failure>;
}

/// What is set on a socket before it connects.
#[derive(Clone, Copy, Debug, Default)]
pub struct SocketOptions {
    /// SO_RCVBUF, in bytes.
    pub(super) receive_buffer: Option<usize>,
    /// SO_SNDBUF, in bytes.
    pub(super) send_buffer: Option<usize>,
}

impl SocketOptions {
    /// Sets them.
    pub(crate) fn apply(&self, socket: &Socket) -> Result<(), Failure> {
        if let Some(bytes) = self.receive_buffer {
            socket.set_recv_buffer_size(bytes).map_err(|error| Failure::infra("SO_RCVBUF", &error))?;
        }
        if let Some(bytes) = self.send_buffer {
            socket.set_send_buffer_size(bytes).map_err(|error| Failure::infra("SO_SNDBUF", &error))?;
        }
        Ok(())
    }
}

impl ListenAddress for SocketAddr {
    const LOOKS_LIKE: Text =
        Text { vi: "một địa chỉ dạng 127.0.0.1:PORT", en: "an address like 127.0.0.1:PORT" };

    fn parse(word: &str) -> Option<SocketAddr> {
        word.parse().ok()
    }

    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Connect for SocketAddr {
    fn open(&self, options: &SocketOptions) -> Result<Socket, Failure> {
        let socket = Socket::new(Domain::for_address(*self), Type::STREAM, Some(Protocol::TCP))
            .map_err(|error| Failure::infra("socket", &error))?;
        options.apply(&socket)?;
        socket
            .connect_timeout(&SockAddr::from(*self), PROGRESS_TIMEOUT)
            .map_err(|error| connect_failure(self, &error))?;
        Ok(socket)
    }
}

/// For a program that may choose what carries its bytes: whatever it announces.
impl ListenAddress for String {
    const LOOKS_LIKE: Text = Text { vi: "một địa chỉ hay đường dẫn", en: "an address or a path" };

    fn parse(word: &str) -> Option<String> {
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn shown(&self) -> String {
        self.clone()
    }
}
