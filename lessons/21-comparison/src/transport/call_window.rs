//! The sending end of transports whose library is asynchronous: each frame is a call, the calls are on their way
//! together, and their answers come in any order.

use std::error::Error;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::time::{Duration, Instant};

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::runtime::{self, Runtime};

use crate::frame::{Acknowledgement, IO_TIMEOUT};

/// The steps in which tokio's timers count.
const TIMER: Duration = Duration::from_millis(1);

/// An error with what lies behind it: the libraries' own sentence is often "transport error" and no more.
pub(crate) fn trouble(error: impl Error) -> io::Error {
    let mut sentence = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        sentence += &format!(": {error}");
        behind = error.source();
    }
    io::Error::other(sentence)
}

/// A runtime of one thread: the lab gives each end one core.
pub(crate) fn runtime() -> io::Result<Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

/// One thread that runs its tasks while a call waits.
pub(crate) struct Driven(Runtime);

impl Driven {
    pub(crate) fn new() -> io::Result<Driven> {
        runtime().map(Driven)
    }

    /// Waits for `next`, for at most ten seconds.
    pub(crate) fn wait<T>(&self, next: impl Future<Output = io::Result<T>>) -> io::Result<T> {
        let late = |_| io::Error::new(ErrorKind::TimedOut, "no answer for ten seconds");
        self.0.block_on(async { tokio::time::timeout(IO_TIMEOUT, next).await.map_err(late)? })
    }

    /// Waits for `next` as [`super::Client::receive`] must. `next` is dropped when the time is over, and must not mind.
    pub(crate) fn wait_until<T>(
        &self,
        until: Option<Instant>,
        next: impl Future<Output = io::Result<T>>,
    ) -> io::Result<Option<T>> {
        let Some(until) = until else { return self.wait(next).map(Some) };
        self.0.block_on(async {
            let mut next = pin!(next);
            // A timer would go off up to a millisecond late, and the caller has a frame to send then.
            let before = until.checked_sub(TIMER).unwrap_or(until);
            if let Ok(done) = tokio::time::timeout_at(before.into(), &mut next).await {
                return done.map(Some);
            }
            while Instant::now() < until {
                if let Some(done) = next.as_mut().now_or_never() {
                    return done.map(Some);
                }
                tokio::task::yield_now().await; // looks what the sockets have, and comes back at once
            }
            Ok(None)
        })
    }
}

/// A call that ends with the acknowledgement of its frame.
type Call = Pin<Box<dyn Future<Output = io::Result<Acknowledgement>>>>;

/// CallWindow that are on their way together.
pub(crate) struct CallWindow {
    unfinished: FuturesUnordered<Call>,
    driven: Driven,
}

impl CallWindow {
    pub(crate) fn new(driven: Driven) -> CallWindow {
        CallWindow { unfinished: FuturesUnordered::new(), driven }
    }

    /// Adds a call. It moves only while [`CallWindow::next`] waits.
    pub(crate) fn begin(&mut self, call: impl Future<Output = io::Result<Acknowledgement>> + 'static) {
        self.unfinished.push(Box::pin(call));
    }

    /// Waits for the next call that is done, as [`super::Client::receive`] must.
    pub(crate) fn next(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        let CallWindow { unfinished, driven } = self;
        driven.wait_until(until, async {
            unfinished.next().await.unwrap_or_else(|| Err(io::Error::other("no frame is on its way")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};
    use tokio::sync::oneshot;

    fn ack(number: u64) -> Acknowledgement {
        Acknowledgement { number, checksum: 0 }
    }

    #[test]
    fn next_returns_at_its_time_and_loses_no_call() {
        let mut calls = CallWindow::new(Driven::new().unwrap());
        let (answer, answered) = oneshot::channel();
        calls.begin(async { answered.await.map_err(io::Error::other) });
        let until = Instant::now() + Duration::from_millis(5);
        assert_eq!(calls.next(Some(until)).unwrap(), None);
        assert!(Instant::now() >= until);
        answer.send(ack(7)).unwrap();
        assert_eq!(calls.next(None).unwrap(), Some(ack(7)));
    }

    #[test]
    fn next_gives_a_finished_call_before_earlier_ones() {
        let mut calls = CallWindow::new(Driven::new().unwrap());
        calls.begin(pending());
        calls.begin(ready(Ok(ack(2))));
        calls.begin(ready(Err(io::Error::other("gone"))));
        assert_eq!(calls.next(None).unwrap(), Some(ack(2)));
        assert_eq!(calls.next(None).unwrap_err().to_string(), "gone");
    }

    #[test]
    fn next_without_a_call_is_an_error() {
        assert!(CallWindow::new(Driven::new().unwrap()).next(None).is_err());
    }
}
