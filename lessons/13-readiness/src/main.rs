//! Lesson 13 · Readiness · Trạng thái sẵn sàng
//!
//! Do not wait for one socket: ask the kernel which of many are ready, and serve them all in one thread.
//!
//!     cargo run -p lesson13                      the whole story, on this machine
//!     cargo run -p lesson13 -- serve             only the server: an event loop that echoes
//!     cargo run -p lesson13 -- connect ADDRESS   as many clients as one process may hold
//!
//! You should see a thread held by one silent client, then no thread held by any: events that come once, a slow
//! reader that makes the writer turn to others, and 10,000 connections in a server of one thread.

mod events;
mod limit;
mod many_clients;
mod process;
mod server;
mod sides;
mod text;
mod tokens;
mod writing;

use std::io::{ErrorKind::WouldBlock, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use events::drain;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Lesson, Side, Stage, Tapped, unread_bytes, wait_unread};
use sides::{BINH, LAN, MAI};

/// How long a client waits before it sends.
const SEND_DELAY: Duration = Duration::from_millis(20);
/// How long `poll` waits for an event that is not to come.
const QUIET_TIMEOUT: Option<Duration> = Some(Duration::from_millis(100));
/// How long `poll` waits for an event that is to come.
const POLL_TIMEOUT: Option<Duration> = Some(Duration::from_secs(5));

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 13, title: text::TITLE, story, serve, connect, dissector: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mut buffer = [0; 64];

    // ANCHOR: blocking
    stage.step(text::blocking_read());
    stage.show_calls();
    let mut mai = stage.tap(MAI, TcpStream::connect(address)?)?.off_screen();
    let mut from_mai = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let mut binh = stage.tap(BINH, TcpStream::connect(address)?)?.off_screen();
    let from_binh = stage.tap(Side::SERVER, listener.accept()?.0)?;
    binh.write_all(b"toi la binh")?; // Mai sends nothing
    thread::scope(|scope| {
        let reader = thread::Builder::new().name("reader".into());
        let reading = reader.spawn_scoped(scope, || from_mai.read(&mut buffer))?; // until Mai sends something
        if let Some(state) = process::wait_asleep("reader") {
            stage.fact(Side::SERVER, text::thread_state(state));
        }
        wait_unread(&from_binh, 11)?;
        stage.fact(Side::SERVER, text::unread("binh", unread_bytes(&from_binh)?));
        mai.write_all(b"chao")?;
        reading.join().unwrap_or(Ok(0))
    })?;
    // ANCHOR_END: blocking

    // ANCHOR: nonblocking
    stage.step(text::nonblocking_read(SEND_DELAY.as_millis()));
    stage.show_calls();
    from_mai.set_nonblocking(true)?;
    thread::scope(|scope| {
        scope.spawn(|| send_later(&mai, b"chao"));
        loop {
            match from_mai.read(&mut buffer) {
                Err(error) if error.kind() == WouldBlock => {} // ask again
                other => break other,
            }
        }
    })?;
    // ANCHOR_END: nonblocking

    // ANCHOR: readiness
    stage.step(text::poll(SEND_DELAY.as_millis()));
    stage.show_calls();
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));
    let connect = |side, token| {
        let client = stage.tap(side, TcpStream::connect(address)?)?.off_screen();
        let (stream, _) = listener.accept()?;
        stream.set_nonblocking(true)?; // mio takes it as it is: left blocking, one read would stop the loop
        let mut stream = stage.tap(Side::SERVER, mio::net::TcpStream::from_std(stream))?;
        poll.registry().register(&mut stream, token, Interest::READABLE)?;
        Ok::<_, Error>((client, stream))
    };
    let (mut mai, mut from_mai) = connect(MAI, Token(0))?;
    let (_binh, _from_binh) = connect(BINH, Token(1))?;
    let (mut lan, mut from_lan) = connect(LAN, Token(2))?;
    thread::scope(|scope| {
        scope.spawn(|| send_later(&mai, b"chao"));
        poll.poll(&mut events, POLL_TIMEOUT) // sleeps until one of the three has something
    })?;
    events::show(stage, "poll() × 1", &events);
    drain(&mut from_mai)?;
    mai.write_all(b"mot")?;
    lan.write_all(b"hai")?;
    wait_unread(&from_lan, 3)?;
    poll.poll(&mut events, POLL_TIMEOUT)?;
    events::show(stage, "poll() × 1", &events);
    // ANCHOR_END: readiness
    drain(&mut from_mai)?;
    drain(&mut from_lan)?;

    events::one_connection_two_loops(stage)?;

    // ANCHOR: edge
    stage.step(text::edge_triggered(QUIET_TIMEOUT.map_or(0, |time| time.as_millis())));
    stage.show_calls();
    mai.write_all(b"xin chao")?;
    poll.poll(&mut events, POLL_TIMEOUT)?;
    events::show(stage, "poll()", &events);
    from_mai.read_exact(&mut buffer[..3])?; // and leaves the rest
    poll.poll(&mut events, QUIET_TIMEOUT)?;
    events::show(stage, "poll()", &events);
    stage.fact(Side::SERVER, text::unread("mai", unread_bytes(&from_mai)?));

    stage.step(text::drain());
    stage.show_calls();
    drain(&mut from_mai)?;
    mai.write_all(b"nua")?;
    poll.poll(&mut events, POLL_TIMEOUT)?;
    events::show(stage, "poll()", &events);
    // ANCHOR_END: edge

    writing::writable_nearly_always(stage)?;
    writing::slow_reader(stage)?;
    tokens::reused_token(stage)?;
    many_clients::story(stage)?;
    stage.try_next(&text::try_next());
    Ok(())
}

/// Sends after [`SEND_DELAY`]. If the connection fails meanwhile, the other side meets the end of the stream.
fn send_later(mut client: &Tapped<TcpStream>, bytes: &[u8]) {
    thread::sleep(SEND_DELAY);
    let _ = client.write_all(bytes);
}
