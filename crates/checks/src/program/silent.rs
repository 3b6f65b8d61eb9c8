//! An address that does not answer, on this very machine: no refusal, no connection, nothing.
//!
//! A listener whose queue is full drops every further call (`man 2 listen`), and the caller
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
use crate::peer::Peers;

/// An address that does not answer until it is told to.
pub struct Silent {
    listener: Listener,
    /// Our own calls, which fill the queue.
    _callers: Vec<Socket>,
}

impl Silent {
    pub(crate) fn open(log: Log, peers: Peers) -> Result<Silent, Failure> {
        // With a backlog of one, Linux takes two calls and drops the third.
        Silent::fill(Listener::open(HERE, 1, log, peers)?)
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

    use super::Silent;
    use crate::limits::{START, STEP, poll};
    use crate::program::listener::{left, no_call};
    use crate::program::{Client, Listener};
    use crate::sock_diag::Query;
    use crate::{Failure, said};

    /// How many calls fill the queue.
    const FULL: u32 = 2;

    /// What the kernel says of a listener.
    struct Queue {
        /// Calls that wait to be accepted.
        waiting: u32,
        /// Calls that were dropped; one that is repeated counts again.
        dropped: u32,
    }

    impl Silent {
        /// Fills the queue of `listener`, and makes sure that it is full.
        pub(super) fn fill(listener: Listener) -> Result<Silent, Failure> {
            let mut callers = Vec::new();
            for count in 1..=FULL {
                let infra = |error| Failure::infra("fill a queue", &error);
                let caller = Socket::new(Domain::IPV4, Type::STREAM, Some(Protocol::TCP)).map_err(infra)?;
                caller.connect_timeout(&SockAddr::from(listener.address()), STEP).map_err(infra)?;
                callers.push(caller);
                // connect() may return a moment before the listener knows.
                let arrived = poll(STEP, || match queue(&listener) {
                    Ok(queue) => (queue.waiting == count).then_some(Ok(())),
                    Err(failure) => Some(Err(failure)),
                });
                arrived.unwrap_or_else(|| Err(Failure::infra("fill a queue", &"a call is lost")))?;
            }
            Ok(Silent { listener, _callers: callers })
        }

        /// Waits until `client` has called in vain.
        pub fn until_called(&self, client: &Client) -> Result<(), Failure> {
            let called = poll(START, || {
                let ended = client.process.ended();
                match queue(&self.listener) {
                    Ok(queue) if queue.dropped > 0 => Some(Ok(())),
                    Ok(_) => ended.map(|status| Err(left(status, self.address()))),
                    Err(failure) => Some(Err(failure)),
                }
            });
            called.unwrap_or_else(|| Err(no_call(self.address())))?;
            let address = self.address();
            self.listener.log.aside(
                None,
                said! {
                    vi: "chương trình gọi {address}, nơi đó im lặng",
                    en: "the program calls {address}, which is silent",
                },
            );
            Ok(())
        }

        /// From now on it answers: a call that the kernel repeats (after a second) gets through.
        pub fn answer(self) -> Result<Listener, Failure> {
            for _ in 0..FULL {
                self.listener.waiting()?;
            }
            let address = self.address();
            self.listener.log.aside(None, said! { vi: "{address} bắt đầu trả lời", en: "{address} begins to answer" });
            Ok(self.listener)
        }
    }

    fn queue(listener: &Listener) -> Result<Queue, Failure> {
        let everyone = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let asked = Query::new(listener.address(), everyone).and_then(|mut query| query.ask());
        // Where the kernel does not tell, nobody can know whether the address is silent.
        let found = asked.ok().flatten().ok_or_else(Failure::unsupported)?;
        let dropped = found.nlas.iter().find_map(|attribute| match attribute {
            Nla::MemInfo(memory) => Some(memory.drops),
            _ => None,
        });
        Ok(Queue { waiting: found.header.recv_queue, dropped: dropped.ok_or_else(Failure::unsupported)? })
    }
}

#[cfg(not(target_os = "linux"))]
impl Silent {
    fn fill(_listener: Listener) -> Result<Silent, Failure> {
        Err(Failure::unsupported())
    }

    /// Waits until `client` has called in vain.
    pub fn until_called(&self, _client: &Client) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// From now on it answers.
    pub fn answer(self) -> Result<Listener, Failure> {
        Err(Failure::unsupported())
    }
}
