//! Lesson 14 · Async · Bất đồng bộ
//!
//! A task is a future that somebody polls. The chat of lesson 05 again, a task for each client.
//!
//!     cargo run -p lesson14                      the whole story, on this machine
//!     cargo run -p lesson14 -- serve             only the chat: join it with `nc`, end it with Ctrl-C
//!     cargo run -p lesson14 -- connect ADDRESS   joins a chat; the first line you type is your name
//!
//! You should see a future that does nothing until it is polled, half a line that `select!` loses,
//! a member who does not read and is dropped, and a server that leaves when all has been said.

mod annotate;
mod cancel;
mod chat;
mod diary;
mod party;
mod polled;
mod queues;
mod sides;
mod talker;
mod text;

use std::collections::HashSet;
use std::io;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diary::Diary;
use narrate::{Error, Lesson, Side, Stage};
use polled::Polled;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;

/// How long a call blocks the only thread. Longer would show nothing more.
const BLOCKED: Duration = Duration::from_millis(100);
/// The deadline of a wait that should end at once.
const PATIENCE: Duration = Duration::from_secs(5);

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 14, title: text::TITLE, story, serve, connect, annotate: None }.run()
}

/// One thread, so that the order in which tasks run can be told. `serve` uses as many as there are cores.
fn story(stage: &Stage) -> Result<(), Error> {
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        a_future_waits_to_be_polled(stage).await?;
        two_tasks_take_turns(stage).await;
        a_blocking_call(stage).await;
        cancel::half_a_line(stage).await?;
        cancel::half_a_number(stage).await?;
        cancel::nothing_lost(stage).await?;
        queues::backpressure(stage).await;
        party::everybody_hears(stage).await?;
        party::one_does_not_read(stage).await?;
        party::limits(stage).await?;
        party::everybody_leaves(stage).await
    })?;
    stage.try_next(&[
        ("cargo run -p lesson14 -- serve", text::try_serve()),
        (r"(printf la; sleep 1; printf 'n\nxin '; sleep 1; echo chao) | nc -N HOST PORT", text::try_pieces()),
        ("cargo run -p lesson14 -- --tape", text::try_tape()),
    ]);
    Ok(())
}

async fn a_future_waits_to_be_polled(stage: &Stage) -> Result<(), Error> {
    stage.step(text::a_future());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let client = TcpStream::connect(listener.local_addr()?).await?;
    let mut client = stage.tapper(Side::CLIENT).tap(client)?;
    let mut server = stage.tapper(Side::SERVER).tap(listener.accept().await?.0)?;
    let diary = Diary::default();

    // ANCHOR: future
    let ask = async {
        client.write_all(b"may gio?").await?;
        let mut answer = [0; 5];
        client.read_exact(&mut answer).await // nothing has come yet: here it waits
    };
    let ask = Polled::new(ask); // a value that stands here; nothing was sent
    let polls = ask.polls();
    diary.note(Side::CLIENT, text::a_future_is_there(polls.count()));

    let servers = diary.clone();
    let answering = tokio::spawn(async move {
        let mut question = [0; 8];
        server.read_exact(&mut question).await?;
        servers.note(Side::SERVER, text::answers(polls.count()));
        server.write_all(b"9 gio").await
    });
    ask.telling(|count, outcome| diary.note(Side::CLIENT, text::poll(count, outcome))).await?;
    // ANCHOR_END: future
    answering.await.map_err(io::Error::other)??;
    diary.read_out(stage);
    Ok(())
}

async fn two_tasks_take_turns(stage: &Stage) {
    // ANCHOR: turns
    stage.step(text::two_tasks());
    let mut threads = HashSet::new();
    for waits in [true, false] {
        let (said, mut heard) = tokio::sync::mpsc::unbounded_channel();
        for name in ["mai", "binh"] {
            let said = said.clone();
            tokio::spawn(async move {
                for turn in 1..=3 {
                    let _ = said.send((format!("{name} {turn}"), thread::current().id()));
                    if waits {
                        polled::pause().await; // as a read that has to wait
                    }
                }
            });
        }
        drop(said); // each task has one of its own
        let mut order = Vec::new();
        while let Some((turn, thread)) = heard.recv().await {
            order.push(turn);
            threads.insert(thread);
        }
        // ANCHOR_END: turns
        stage.line(&text::order(waits, &order));
    }
    stage.line(&text::threads(threads.len()));
}

async fn a_blocking_call(stage: &Stage) {
    // ANCHOR: blocking
    stage.step(text::a_blocking_call());
    let (say, hear) = mpsc::channel(); // of std: its receiver blocks the thread
    let binh = Polled::new(async move { say.send("xin chao") });
    let polls = binh.polls();
    tokio::spawn(binh);
    let heard = hear.recv_timeout(BLOCKED); // here, in the task
    stage.fact(MAI, text::waited("recv_timeout()", heard.ok(), polls.count()));
    let heard = tokio::task::spawn_blocking(move || hear.recv_timeout(PATIENCE)).await;
    // ANCHOR_END: blocking
    stage.fact(MAI, text::waited("spawn_blocking(recv_timeout())", heard.ok().and_then(Result::ok), polls.count()));
}
