//! Which of several things happened first, as the kernel saw it. Linux only.
//!
//! Whoever asks one connection after the other learns of the order in which it asked. But an `epoll`
//! lists what happened in the order in which it happened (epoll(7)), however late somebody looks.

use std::time::Duration;

use super::Peer;
use crate::Failure;

/// What to look out for on a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// Something came from the program, bytes or the end.
    Readable,
    /// The program has read so much of what we have sent that the kernel takes a good deal more. Means
    /// something only after [`send_until_blocked`](Peer::cram).
    Writable,
}

/// The order in which the signs show on some connections.
#[cfg(target_os = "linux")]
pub struct ReadyOrder {
    epoll: rustix::fd::OwnedFd,
}

#[cfg(target_os = "linux")]
impl ReadyOrder {
    /// Begins to look out. Each sign counts once.
    pub fn of(signs: &[(&Peer, Readiness)]) -> Result<ReadyOrder, Failure> {
        use rustix::event::epoll::{CreateFlags, EventData, EventFlags, add, create};
        let infra = |error: rustix::io::Errno| Failure::infra("epoll", &error);
        let epoll = create(CreateFlags::CLOEXEC).map_err(infra)?;
        for (index, (peer, sign)) in (0..).zip(signs) {
            let flag = match sign {
                Readiness::Readable => EventFlags::IN,
                Readiness::Writable => EventFlags::OUT,
            };
            add(&epoll, &peer.socket, EventData::new_u64(index), flag | EventFlags::ONESHOT).map_err(infra)?;
        }
        Ok(ReadyOrder { epoll })
    }

    /// The place in the list of the sign that showed next.
    pub fn next(&self) -> Result<usize, Failure> {
        self.next_within(crate::limits::PROGRESS_TIMEOUT)
    }

    /// The same, for something that may take up to `timeout`.
    pub fn next_within(&self, timeout: Duration) -> Result<usize, Failure> {
        use rustix::event::{Timespec, epoll};
        let timeout = Timespec::try_from(timeout).map_err(|error| Failure::infra("epoll", &error))?;
        let mut events = Vec::with_capacity(1);
        let room = rustix::buffer::spare_capacity(&mut events);
        epoll::wait(&self.epoll, room, Some(&timeout)).map_err(|error| Failure::infra("epoll", &error))?;
        match events.first() {
            Some(event) => Ok(event.data.u64() as usize),
            None => Err(silence()),
        }
    }
}

#[cfg(target_os = "linux")]
fn silence() -> Failure {
    use crate::{Symptom, text};

    Failure::new(
        Symptom::Silence,
        text!(
            "Tôi chờ nhiều kết nối cùng lúc mà không kết nối nào nhúc nhích.",
            "I waited on several connections at once, and nothing moved on any of them.",
        ),
    )
}

/// The order in which the signs show on some connections.
#[cfg(not(target_os = "linux"))]
pub struct ReadyOrder {}

#[cfg(not(target_os = "linux"))]
impl ReadyOrder {
    /// Begins to look out.
    pub fn of(_signs: &[(&Peer, Readiness)]) -> Result<ReadyOrder, Failure> {
        Err(Failure::unsupported())
    }

    /// The place in the list of the sign that showed next.
    pub fn next(&self) -> Result<usize, Failure> {
        Err(Failure::unsupported())
    }

    /// The same, for something that may take up to `timeout`.
    pub fn next_within(&self, _patience: Duration) -> Result<usize, Failure> {
        Err(Failure::unsupported())
    }
}
