//! Lesson 13 · Readiness · Trạng thái sẵn sàng
//!
//! Do not wait for one socket: ask the kernel which of many are ready, and serve them all in one thread.
//!
//!     cargo run -p lesson13                      the whole story, on this machine
//!     cargo run -p lesson13 -- serve             only the server: an event loop that echoes
//!     cargo run -p lesson13 -- connect ADDRESS   a crowd: as many clients as one process may hold
//!
//! You should see a thread held by one silent client, then no thread held by any: events that tell once, a slow
//! reader that makes the writer turn to others, and 10,000 connections in a server of one thread.

mod crowd;
mod event;
mod limit;
mod people;
mod process;
mod server;
mod text;
mod tokens;
mod writing;

use std::io::{ErrorKind::WouldBlock, Read, Write};
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Lesson, Side, Stage};
use people::{BINH, LAN, MAI};

/// How long a client thinks before it speaks.
const THINK: Duration = Duration::from_millis(20);
/// How long to listen for an event that is not to come.
const A_WHILE: Duration = Duration::from_millis(100);
/// How long to wait for one that is.
const PATIENCE: Option<Duration> = Some(Duration::from_secs(5));

fn main() -> ExitCode {
    let (serve, connect) = (Some(server::serve as _), Some(crowd::connect as _));
    Lesson { number: 13, title: text::TITLE, story, serve, connect, annotate: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut room = [0; 64];

    // ANCHOR: blocking
    stage.step(text::a_blocking_read());
    let (mai, mut from_mai) = people::call(stage, &listener, MAI)?;
    let (binh, from_binh) = people::call(stage, &listener, BINH)?;
    (&binh).write_all(b"toi la binh")?; // Mai says nothing
    let (tell, told) = mpsc::channel();
    let read = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let _ = tell.send(process::this_thread());
            from_mai.read(&mut room) // until Mai says something
        });
        if let Some(state) = told.recv().ok().flatten().and_then(process::asleep) {
            stage.fact(Side::SERVER, text::the_thread(state));
        }
        people::show_arrived(stage, &binh, "binh");
        (&mai).write_all(b"chao")?;
        reading.join().unwrap_or(Ok(0))
    })?;
    stage.gave(Side::SERVER, "read(mai)", &room[..read]);
    // ANCHOR_END: blocking

    // ANCHOR: nonblocking
    stage.step(text::do_not_wait(THINK.as_millis()));
    from_mai.set_nonblocking(true)?;
    if let Err(error) = from_mai.read(&mut room) {
        stage.met(Side::SERVER, "read(mai)", &error);
    }
    let mut in_vain = 0;
    let read = thread::scope(|scope| {
        scope.spawn(|| people::think_and_say(&mai, b"chao"));
        loop {
            match from_mai.read(&mut room) {
                Err(error) if error.kind() == WouldBlock => in_vain += 1, // ask again
                other => break other,
            }
        }
    })?;
    // ANCHOR_END: nonblocking
    stage.fact(Side::SERVER, format!("read(mai) → EAGAIN × {in_vain}"));
    stage.gave(Side::SERVER, "read(mai)", &room[..read]);
    drop((mai, from_mai, binh, from_binh));

    // ANCHOR: readiness
    stage.step(text::ask_which(THINK.as_millis()));
    let (mai, mut from_mai) = people::call_event_loop(stage, &listener, MAI)?;
    let (binh, mut from_binh) = people::call_event_loop(stage, &listener, BINH)?;
    let (lan, mut from_lan) = people::call_event_loop(stage, &listener, LAN)?;
    let mut poll = Poll::new()?;
    for (token, stream) in [(0, &mut from_mai), (1, &mut from_binh), (2, &mut from_lan)] {
        poll.registry().register(&mut **stream, Token(token), Interest::READABLE)?;
    }
    let mut events = Events::with_capacity(16);
    thread::scope(|scope| {
        scope.spawn(|| people::think_and_say(&mai, b"chao"));
        poll.poll(&mut events, PATIENCE) // sleeps until one of the three has something
    })?;
    stage.fact(Side::SERVER, format!("poll() × 1 → {}", event::names(&events)));
    event::drain(stage, "read(mai)", &mut from_mai)?;

    (&mai).write_all(b"mot")?;
    (&lan).write_all(b"hai")?;
    people::arrived(&lan);
    poll.poll(&mut events, PATIENCE)?;
    stage.fact(Side::SERVER, format!("poll() × 1 → {}", event::names(&events)));
    // ANCHOR_END: readiness
    event::drain_quietly(&mut from_mai)?;
    event::drain_quietly(&mut from_lan)?;

    event::two_loops(stage)?;

    // ANCHOR: edge
    stage.step(text::an_edge_is_told_once(A_WHILE.as_millis()));
    (&mai).write_all(b"xin chao")?;
    poll.poll(&mut events, PATIENCE)?;
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));
    let read = from_mai.read(&mut room[..3])?; // and leaves the rest
    stage.gave(Side::SERVER, "read(mai)", &room[..read]);
    poll.poll(&mut events, Some(A_WHILE))?;
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));
    people::show_arrived(stage, &mai, "mai");

    stage.step(text::drain());
    event::drain(stage, "read(mai)", &mut from_mai)?;
    (&mai).write_all(b"nua")?;
    poll.poll(&mut events, PATIENCE)?;
    stage.fact(Side::SERVER, format!("poll() → {}", event::names(&events)));
    // ANCHOR_END: edge
    drop((mai, from_mai, binh, from_binh, lan, from_lan));

    writing::nearly_always(stage, &listener)?;
    writing::a_slow_reader(stage, &listener)?;
    tokens::a_seat_taken_again(stage, &listener)?;
    crowd::story(stage)?;

    stage.try_next(&[
        ("cargo run -p lesson13 -- serve", text::try_crowd()),
        ("grep -E 'Threads|VmRSS|ctxt' /proc/$(pgrep -f 'lesson13 serve')/status", text::try_status()),
        ("(ulimit -n 500; cargo run -p lesson13)", text::try_limit()),
    ]);
    Ok(())
}
