//! Which of several things happened first, as the kernel saw it. Linux only.
//!
//! Polling one connection after the other shows the order of the polls. But an `epoll`
//! lists what happened in the order in which it happened (epoll(7)), however late it is asked.

use std::time::Duration;

use super::Peer;
use crate::Failure;

/// What to watch for on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Bytes or the end of the stream have come from the program.
    Readable,
    /// The program has read so much of what we have sent that the kernel takes a good deal more. Means
    /// something only after [`send_until_blocked`](Peer::send_until_blocked).
    Writable,
}

/// The order in which events come on some connections.
#[cfg(target_os = "linux")]
pub struct ReadyOrder {
    epoll: rustix::fd::OwnedFd,
}

#[cfg(target_os = "linux")]
impl ReadyOrder {
    /// Starts watching. Each event is reported once (`EPOLLONESHOT`).
    pub fn of(events: &[(&Peer, Readiness)]) -> Result<ReadyOrder, Failure> {
        use rustix::event::epoll::{CreateFlags, EventData, EventFlags, add, create};
        let infra = |error: rustix::io::Errno| Failure::infra("epoll", &error);
        let epoll = create(CreateFlags::CLOEXEC).map_err(infra)?;
        for (index, (peer, event)) in (0..).zip(events) {
            let flag = match event {
                Readiness::Readable => EventFlags::IN,
                Readiness::Writable => EventFlags::OUT,
            };
            add(&epoll, &peer.socket, EventData::new_u64(index), flag | EventFlags::ONESHOT).map_err(infra)?;
        }
        Ok(ReadyOrder { epoll })
    }

    /// Returns the index in the list of the event that came next.
    pub fn next(&self) -> Result<usize, Failure> {
        self.next_within(crate::limits::PROGRESS_TIMEOUT)
    }

    /// Does the same for an event that may take up to `timeout`.
    pub fn next_within(&self, timeout: Duration) -> Result<usize, Failure> {
        use rustix::event::{Timespec, epoll};
        let timeout = Timespec::try_from(timeout).map_err(|error| Failure::infra("epoll", &error))?;
        let mut events = Vec::with_capacity(1);
        let capacity = rustix::buffer::spare_capacity(&mut events);
        epoll::wait(&self.epoll, capacity, Some(&timeout)).map_err(|error| Failure::infra("epoll", &error))?;
        match events.first() {
            Some(event) => Ok(event.data.u64() as usize),
            None => Err(silence()),
        }
    }
}

#[cfg(target_os = "linux")]
fn silence() -> Failure {
    use crate::{Symptom, Text};

    Failure::new(
        Symptom::Silence,
        Text {
            vi: "Tôi chờ nhiều kết nối cùng lúc mà không kết nối nào nhúc nhích.",
            en: "I waited on several connections at once, and nothing moved on any of them.",
        },
    )
}

/// The order in which events come on some connections.
#[cfg(not(target_os = "linux"))]
pub struct ReadyOrder {}

#[cfg(not(target_os = "linux"))]
impl ReadyOrder {
    /// Starts watching.
    pub fn of(_events: &[(&Peer, Readiness)]) -> Result<ReadyOrder, Failure> {
        Err(Failure::unsupported())
    }

    /// Returns the index in the list of the event that came next.
    pub fn next(&self) -> Result<usize, Failure> {
        Err(Failure::unsupported())
    }

    /// Does the same for an event that may take up to `timeout`.
    pub fn next_within(&self, _timeout: Duration) -> Result<usize, Failure> {
        Err(Failure::unsupported())
    }
}
