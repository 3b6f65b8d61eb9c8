//! What `.await` does: a future that is polled, tasks that take turns, and a call that keeps the thread.

use std::collections::HashSet;
use std::io;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use narrate::{Error, Side, Stage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::polled::{self, Polled};
use crate::{MAI, text};

/// How long a call blocks the only thread. Longer would show nothing more.
const BLOCKING_TIMEOUT: Duration = Duration::from_millis(100);
/// The deadline of a wait that should end at once.
const DEADLINE: Duration = Duration::from_secs(5);

/// The client asks for the time, and the server answers. How often is the client's future polled?
pub(crate) async fn future_is_polled(stage: &Stage, client: TcpStream, server: TcpStream) -> Result<(), Error> {
    stage.step(text::future());
    let mut client = stage.tap(Side::CLIENT, client)?.off_screen(); // the order of the polls is shown, not the bytes
    let mut server = stage.tap(Side::SERVER, server)?.off_screen();
    let (log, entries) = mpsc::channel(); // tasks write what happens, in its order

    // ANCHOR: future
    let request = async {
        client.write_all(b"may gio?").await?;
        let mut answer = [0; 5];
        client.read_exact(&mut answer).await // nothing has come yet: here it waits
    };
    let request = Polled::new(request); // a value that stands here; nothing was sent
    let polls = request.polls();
    let _ = log.send((Side::CLIENT, text::future_exists(polls.count())));

    let server_log = log.clone();
    let answering = tokio::spawn(async move {
        let mut question = [0; 8];
        server.read_exact(&mut question).await?;
        let _ = server_log.send((Side::SERVER, text::answers(polls.count())));
        server.write_all(b"9 gio").await
    });
    let report = |count, outcome: &str| {
        let _ = log.send((Side::CLIENT, text::poll(count, outcome)));
    };
    request.reporting(report).await?;
    // ANCHOR_END: future
    answering.await.map_err(io::Error::other)??;
    entries.try_iter().for_each(|(side, entry)| stage.fact(side, entry));
    Ok(())
}

pub(crate) async fn two_tasks_alternate(stage: &Stage) {
    // ANCHOR: turns
    stage.step(text::two_tasks());
    let mut threads = HashSet::new();
    for waits in [true, false] {
        let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
        for name in ["mai", "binh"] {
            let sender = sender.clone();
            tokio::spawn(async move {
                for turn in 1..=3 {
                    let _ = sender.send((format!("{name} {turn}"), thread::current().id()));
                    if waits {
                        polled::pause().await; // as a read that has to wait
                    }
                }
            });
        }
        drop(sender); // each task has one of its own
        let mut order = Vec::new();
        while let Some((turn, thread)) = receiver.recv().await {
            order.push(turn);
            threads.insert(thread);
        }
        // ANCHOR_END: turns
        stage.line(&text::order(waits, &order));
    }
    stage.line(&text::threads(threads.len()));
}

pub(crate) async fn blocking_call(stage: &Stage) {
    // ANCHOR: blocking
    stage.step(text::blocking_call());
    let (sender, receiver) = mpsc::channel(); // of std: its receiver blocks the thread
    let binh = Polled::new(async move { sender.send("xin chao") });
    let polls = binh.polls();
    tokio::spawn(binh);
    let received = receiver.recv_timeout(BLOCKING_TIMEOUT); // here, in the task
    stage.fact(MAI, text::received("recv_timeout()", received.ok(), polls.count()));
    let received = tokio::task::spawn_blocking(move || receiver.recv_timeout(DEADLINE)).await;
    // ANCHOR_END: blocking
    let received = received.ok().and_then(Result::ok);
    stage.fact(MAI, text::received("spawn_blocking(recv_timeout())", received, polls.count()));
}
