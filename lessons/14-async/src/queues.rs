//! A bounded queue makes the sender wait. An unbounded one makes the memory grow.

use std::task::Poll;

use narrate::Stage;
use tokio::sync::mpsc;

use crate::polled::once;
use crate::text;

/// Lines that the bounded queue holds.
const CAPACITY: usize = 4;
/// Lines for the unbounded queue.
const MANY: usize = 100_000;

pub(crate) async fn backpressure(stage: &Stage) {
    // ANCHOR: bounded
    stage.step(text::backpressure());
    let (sender, mut receiver) = mpsc::channel(CAPACITY);
    let mut taken = 0;
    while sender.try_send("xin chao").is_ok() {
        taken += 1;
    }
    stage.line(&text::try_send(CAPACITY, taken));
    let mut one_more = Box::pin(sender.send("xin chao"));
    let before = once(&mut one_more).await;
    receiver.recv().await;
    let after = once(&mut one_more).await;
    // ANCHOR_END: bounded
    stage.line(&text::send_waits(name(before), name(after)));

    // ANCHOR: unbounded
    let (sender, receiver) = mpsc::unbounded_channel();
    for _ in 0..MANY {
        let _ = sender.send("xin chao"); // neither waits nor fails
    }
    stage.line(&text::unbounded(MANY, receiver.len()));
    // ANCHOR_END: unbounded
}

fn name<T>(poll: Poll<T>) -> &'static str {
    if poll.is_ready() { "Ready" } else { "Pending" }
}
