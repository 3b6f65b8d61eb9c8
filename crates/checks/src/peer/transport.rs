//! What carries a stream: TCP, or the kernel alone. A check says the same to either.

use socket2::Socket;

use crate::Failure;

/// What carries the bytes of one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transport {
    /// Segments, also when both ends are on this machine.
    Tcp,
    /// A Unix socket: the kernel hands the bytes over.
    Unix,
}

impl Transport {
    pub(super) fn of(socket: &Socket) -> Result<Transport, Failure> {
        let address = socket.local_addr().map_err(|error| Failure::infra("address", &error))?;
        Ok(if address.is_unix() { Transport::Unix } else { Transport::Tcp })
    }

    /// What we send must leave when we send it: how a stream is cut is part of the question.
    pub(super) fn prepare(self, socket: &Socket) -> Result<(), Failure> {
        match self {
            Transport::Tcp => socket.set_tcp_nodelay(true).map_err(|error| Failure::infra("TCP_NODELAY", &error)),
            Transport::Unix => Ok(()),
        }
    }

    /// By what the other side learns that no more will come.
    pub(super) fn end(self) -> &'static str {
        match self {
            Transport::Tcp => "FIN",
            Transport::Unix => "shutdown",
        }
    }

    /// By what a reader learns that the connection was cut.
    pub(super) fn cut(self) -> &'static str {
        match self {
            Transport::Tcp => "RST",
            Transport::Unix => "ECONNRESET",
        }
    }

    /// By what a writer learns that the other side has gone.
    pub(super) fn lost(self) -> &'static str {
        match self {
            Transport::Tcp => "RST",
            Transport::Unix => "EPIPE",
        }
    }
}
