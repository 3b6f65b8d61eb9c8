//! An address that does not answer, on this very machine: no refusal, no connection, nothing.
//!
//! A listener whose accept queue is full drops every further SYN (`man 2 listen`), and the client
//! sends it again after a second. So a listener that we fill ourselves is as silent as a machine that is
//! switched off, and when we empty its queue it answers the next repetition: then it was only slow.
//! Linux also counts what it drops, which tells us that a program has called. Other systems refuse
//! instead, or do not count; there the check is skipped and says so.

use std::net::SocketAddr;

use socket2::Socket;

#[cfg(not(target_os = "linux"))]
use super::Client;
use super::{HERE, Listener};
use crate::Failure;
use crate::log::Log;
use crate::peer::PeerIds;

/// An address that does not answer until it is told to.
pub struct Blackhole {
    listener: Listener,
    /// Our own connections, which fill the queue.
    _filling: Vec<Socket>,
}

impl Blackhole {
    pub(crate) fn open(log: Log, peers: PeerIds) -> Result<Blackhole, Failure> {
        // With a backlog of one, Linux takes two calls and drops the third.
        Blackhole::fill(Listener::open(HERE, 1, log, peers)?)
    }

    /// The address to give to the program.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::net::{Ipv4Addr, SocketAddr};

    use netlink_packet_sock_diag::inet::nlas::Nla;
    use socket2::{Domain, Protocol, SockAddr, Socket, Type};

    use super::Blackhole;
    use crate::limits::{PROGRESS_TIMEOUT, START_TIMEOUT, poll};
    use crate::program::listener::{exited_early, no_connection};
    use crate::program::{Client, Listener};
    use crate::sock_diag::TcpQuery;
    use crate::{Failure, sentence};

    /// How many connections fill the queue.
    const FULL: u32 = 2;

    /// What the kernel says of a listener.
    struct Queue {
        /// Connections that wait to be accepted.
        waiting: u32,
        /// SYNs that were dropped; one that is repeated counts again.
        dropped: u32,
    }

    impl Blackhole {
        /// Fills the queue of `listener`, and makes sure that it is full.
        pub(super) fn fill(listener: Listener) -> Result<Blackhole, Failure> {
            let mut filling = Vec::new();
            for count in 1..=FULL {
                let infra = |error| Failure::infra("fill a queue", &error);
                let socket = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).map_err(infra)?;
                socket.connect_timeout(&SockAddr::from(listener.address()), PROGRESS_TIMEOUT).map_err(infra)?;
                filling.push(socket);
                // connect() may return a moment before the listener knows.
                let arrived = poll(PROGRESS_TIMEOUT, || match queue(&listener) {
                    Ok(queue) => (queue.waiting == count).then_some(Ok(())),
                    Err(failure) => Some(Err(failure)),
                });
                arrived.unwrap_or_else(|| Err(Failure::infra("fill a queue", &"a call is lost")))?;
            }
            Ok(Blackhole { listener, _filling: filling })
        }

        /// Waits until `client` has tried to connect: its SYN has been dropped.
        pub fn wait_connect(&self, client: &Client) -> Result<(), Failure> {
            let connecting = poll(START_TIMEOUT, || {
                let ended = client.process.ended();
                match queue(&self.listener) {
                    Ok(queue) if queue.dropped > 0 => Some(Ok(())),
                    Ok(_) => ended.map(|status| Err(exited_early(status, self.address()))),
                    Err(failure) => Some(Err(failure)),
                }
            });
            connecting.unwrap_or_else(|| Err(no_connection(self.address())))?;
            let address = self.address();
            self.listener.log.note(
                None,
                sentence! {
                    vi: "chương trình kết nối tới {address}, nơi đó im lặng",
                    en: "the program connects to {address}, which is silent",
                },
            );
            Ok(())
        }

        /// Answers from now on: a SYN that the kernel repeats (after a second) gets through.
        pub fn answer(self) -> Result<Listener, Failure> {
            for _ in 0..FULL {
                self.listener.try_accept()?;
            }
            let address = self.address();
            self.listener
                .log
                .note(None, sentence! { vi: "{address} bắt đầu trả lời", en: "{address} begins to answer" });
            Ok(self.listener)
        }
    }

    fn queue(listener: &Listener) -> Result<Queue, Failure> {
        let everyone = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let asked = TcpQuery::new(listener.address(), everyone).and_then(|mut query| query.ask());
        // Where the kernel does not tell, it cannot be known whether the address is silent.
        let found = asked.ok().flatten().ok_or_else(Failure::unsupported)?;
        let dropped = found.nlas.iter().find_map(|attribute| match attribute {
            Nla::MemInfo(memory) => Some(memory.drops),
            _ => None,
        });
        Ok(Queue { waiting: found.header.recv_queue, dropped: dropped.ok_or_else(Failure::unsupported)? })
    }
}

#[cfg(not(target_os = "linux"))]
impl Blackhole {
    fn fill(_listener: Listener) -> Result<Blackhole, Failure> {
        Err(Failure::unsupported())
    }

    /// Waits until `client` has tried to connect: its SYN has been dropped.
    pub fn wait_connect(&self, _client: &Client) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// From now on it answers.
    pub fn answer(self) -> Result<Listener, Failure> {
        Err(Failure::unsupported())
    }
}
