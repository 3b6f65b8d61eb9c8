//! A future that counts how often it is polled.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

/// Wraps a future without changing what it does and returns.
// ANCHOR: polled
pub(crate) struct Polled<F> {
    future: Pin<Box<F>>,
    polls: Polls,
}

impl<F: Future> Future for Polled<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.polls.0.fetch_add(1, Ordering::Relaxed);
        self.future.as_mut().poll(context) // runs until it has to wait, or to its end
    }
}
// ANCHOR_END: polled

impl<F: Future> Polled<F> {
    pub(crate) fn new(future: F) -> Polled<F> {
        Polled { future: Box::pin(future), polls: Polls::default() }
    }

    /// Returns the counter, which can be read while the future runs elsewhere.
    pub(crate) fn polls(&self) -> Polls {
        self.polls.clone()
    }

    /// Awaits the future, and reports of each poll its number and its outcome.
    pub(crate) async fn reporting(mut self, report: impl Fn(usize, &str)) -> F::Output {
        poll_fn(|context| {
            let outcome = Pin::new(&mut self).poll(context);
            report(self.polls.count(), if outcome.is_ready() { "Ready" } else { "Pending" });
            outcome
        })
        .await
    }
}

/// The number of polls of a future so far.
#[derive(Clone, Default)]
pub(crate) struct Polls(Arc<AtomicUsize>);

impl Polls {
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

/// Polls once and returns the outcome, without waiting.
pub(crate) async fn once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context))).await
}

// ANCHOR: pause
/// A future by hand: it returns `Pending` once, and asks to be polled again behind the tasks that wait already.
pub(crate) async fn pause() {
    let mut asked = false;
    poll_fn(|context| {
        if asked {
            return Poll::Ready(());
        }
        asked = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
// ANCHOR_END: pause
