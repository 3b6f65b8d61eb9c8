//! A queue with an end makes the sender wait. One without an end makes the memory grow.

use std::task::Poll;

use narrate::Stage;
use tokio::sync::mpsc;

use crate::polled::once;
use crate::text;

/// Lines that the small queue holds.
const FEW: usize = 4;
/// Lines for the queue that never says no.
const MANY: usize = 100_000;

pub(crate) async fn backpressure(stage: &Stage) {
    // ANCHOR: bounded
    stage.step(text::backpressure());
    let (sender, mut receiver) = mpsc::channel(FEW);
    let mut taken = 0;
    while sender.try_send("xin chao").is_ok() {
        taken += 1;
    }
    stage.line(&text::try_send(FEW, taken));
    let mut one_more = Box::pin(sender.send("xin chao"));
    let before = once(&mut one_more).await;
    receiver.recv().await;
    let after = once(&mut one_more).await;
    // ANCHOR_END: bounded
    stage.line(&text::send_waits(word(before), word(after)));

    // ANCHOR: unbounded
    let (sender, receiver) = mpsc::unbounded_channel();
    for _ in 0..MANY {
        let _ = sender.send("xin chao"); // cannot wait and cannot refuse
    }
    stage.line(&text::unbounded(MANY, receiver.len()));
    // ANCHOR_END: unbounded
}

fn word<T>(poll: Poll<T>) -> &'static str {
    if poll.is_ready() { "Ready" } else { "Pending" }
}
