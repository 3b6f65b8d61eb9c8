//! Lesson 14 · Async · Bất đồng bộ
//!
//! A task is a future that the runtime polls. The chat server at the end has a task for each client.
//!
//!     cargo run -p lesson14                      the whole story, on this machine
//!     cargo run -p lesson14 -- serve             only the chat: join it with `nc`, end it with Ctrl-C
//!     cargo run -p lesson14 -- connect ADDRESS   joins a chat; the first line you type is your name
//!
//! You should see a future that does nothing until it is polled, half a line that `select!` loses,
//! a member that does not read and is dropped, and a server that shuts down when all lines are delivered.

mod cancel;
mod chat;
mod members;
mod polled;
mod queues;
mod sides;
mod tasks;
mod text;

use std::io;
use std::process::ExitCode;

use chat::{Chat, lines::MAX_LINE, rooms::QUEUE_CAPACITY};
use members::{ADDRESS, SHUTDOWN_DEADLINE, join, read_and_show, read_line, read_until, server_tapper, small_socket};
use narrate::{Error, Lesson, Side, Stage};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime;

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");
const LAN: Side = Side::client("lan");

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 14, title: text::TITLE, story, serve, connect, dissector: None }.run()
}

/// Runs on one thread, so that the order in which tasks run is known.
fn story(stage: &Stage) -> Result<(), Error> {
    runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind(ADDRESS).await?;
        let address = listener.local_addr()?;
        // Each step takes the two ends of a new connection, or none.
        tasks::future_is_polled(stage, TcpStream::connect(address).await?, listener.accept().await?.0).await?;
        tasks::two_tasks_alternate(stage).await;
        tasks::blocking_call(stage).await;
        cancel::half_a_line(stage, TcpStream::connect(address).await?, listener.accept().await?.0).await?;
        cancel::half_a_number(stage, TcpStream::connect(address).await?, listener.accept().await?.0).await?;
        cancel::half_a_write(stage, TcpStream::connect(address).await?, listener.accept().await?.0).await?;
        cancel::nothing_lost(stage, TcpStream::connect(address).await?, listener.accept().await?.0).await?;
        queues::backpressure(stage).await;
        chat_server(stage).await
    })?;
    stage.try_next(&text::try_next());
    Ok(())
}

/// Steps 8 to 11. Each starts a server of its own: `accept_loop` (chat.rs) accepts, and spawns a task for each client.
async fn chat_server(stage: &Stage) -> Result<(), Error> {
    stage.step(text::members());
    let listener = TcpListener::bind(ADDRESS).await?;
    let address = listener.local_addr()?;
    let (chat, tapper) = (Chat::new(members::GENEROUS_LIMITS), server_tapper(stage));
    tokio::spawn(chat.clone().accept_loop(listener, move |stream| tapper.tap(stream)));
    let mut mai = join(stage.tap(MAI, TcpStream::connect(address).await?)?).await?;
    read_and_show(stage, &mut mai, 1).await?;
    let mut binh = join(stage.tap(BINH, TcpStream::connect(address).await?)?).await?;
    read_and_show(stage, &mut binh, 1).await?;
    let mut lan = join(stage.tap(LAN, TcpStream::connect(address).await?)?).await?;
    read_and_show(stage, &mut lan, 1).await?;
    mai.write_all(b"xin chao\n").await?;
    stage.fact(MAI, "→ xin chao");
    read_and_show(stage, &mut mai, 2).await?; // who joined after her, and not her own line
    read_and_show(stage, &mut binh, 2).await?;
    read_and_show(stage, &mut lan, 1).await?;
    drop((mai, binh, lan));
    chat.shutdown(SHUTDOWN_DEADLINE).await;

    stage.step(text::slow_member());
    let (listener, chat) = (chat::listen(ADDRESS)?, Chat::new(members::GENEROUS_LIMITS)); // with a small send buffer
    let (address, tapper) = (listener.local_addr()?, server_tapper(stage).off_tape()); // too much for a screen
    tokio::spawn(chat.clone().accept_loop(listener, move |stream| tapper.tap(stream)));
    let mut mai = join(stage.tap(MAI, TcpStream::connect(address).await?)?.off_tape()).await?;
    let mut binh = join(stage.tap(BINH, TcpStream::connect(address).await?)?.off_tape()).await?;
    let mut lan = join(stage.tap(LAN, small_socket()?.connect(address).await?)?.off_tape()).await?;
    read_until(&mut binh, "+ lan").await?;
    let (mut sent, mut received, mut longest, mut gone) = (0, 0, 0, None);
    while gone.is_none() {
        sent += 1;
        let line = format!("{sent:0>1000}");
        mai.write_all(format!("{line}\n").as_bytes()).await?;
        let mut next = read_line(&mut binh).await?; // each line before the next is sent
        longest = longest.max(members::queued(&chat));
        if next.as_deref() == Some("- lan") {
            gone = next;
            next = read_line(&mut binh).await?;
        }
        received += usize::from(next == Some(format!("mai: {line}")));
    }
    stage.fact(Side::SERVER, text::queued(longest, QUEUE_CAPACITY));
    stage.fact(BINH, text::received_all(sent, sent - received, gone.unwrap_or_default()));
    stage.returned(LAN, "read()", &lan.read_to_end(&mut Vec::new()).await); // after what had come so far
    drop((mai, binh, lan));
    chat.shutdown(SHUTDOWN_DEADLINE).await;

    stage.step(text::limits());
    let (listener, chat) = (TcpListener::bind(ADDRESS).await?, Chat::new(members::STRICT_LIMITS));
    let (address, tapper) = (listener.local_addr()?, server_tapper(stage));
    tokio::spawn(chat.clone().accept_loop(listener, move |stream| tapper.tap(stream)));
    let mai = join(stage.tap(MAI, TcpStream::connect(address).await?)?).await?;
    let mut binh = join(stage.tap(BINH, TcpStream::connect(address).await?)?).await?;
    read_line(&mut binh).await?; // both have a permit
    let mut lan = join(stage.tap(LAN, TcpStream::connect(address).await?)?).await?; // and gets no answer
    stage.fact(LAN, text::no_permit(chat.permits.available_permits()));
    members::show_backlog(stage, address);
    drop(binh);
    stage.fact(BINH, text::closes());
    read_and_show(stage, &mut lan, 1).await?;
    lan.write_all(members::line(MAX_LINE + 1).as_bytes()).await?;
    stage.fact(LAN, text::sends_long_line(MAX_LINE + 1));
    read_and_show(stage, &mut lan, 1).await?;
    drop(lan);
    let mut silent = BufReader::new(stage.tap(Side::CLIENT, TcpStream::connect(address).await?)?.off_screen());
    read_and_show(stage, &mut silent, 1).await?;
    drop((mai, silent));
    chat.shutdown(SHUTDOWN_DEADLINE).await;

    stage.step(text::shutdown(SHUTDOWN_DEADLINE.as_secs()));
    let (listener, chat) = (chat::listen(ADDRESS)?, Chat::new(members::GENEROUS_LIMITS));
    let (address, tapper) = (listener.local_addr()?, server_tapper(stage).off_tape());
    let accepting = tokio::spawn(chat.clone().accept_loop(listener, move |stream| tapper.tap(stream)));
    let mut mai = join(stage.tap(MAI, TcpStream::connect(address).await?)?.off_tape()).await?;
    let mut binh = join(stage.tap(BINH, TcpStream::connect(address).await?)?.off_tape()).await?;
    let _lan = join(stage.tap(LAN, small_socket()?.connect(address).await?)?.off_tape()).await?; // and never reads
    read_until(&mut binh, "+ lan").await?;
    let queued = members::fill_queue(&chat, &mut mai, &mut binh).await?; // Lan's
    mai.write_all(b"tam biet\n").await?;
    members::wait_queued(&chat, queued + 1).await; // the server has put the line into all queues
    let stopping = tokio::spawn(async move { chat.shutdown(SHUTDOWN_DEADLINE).await });
    accepting.await.map_err(io::Error::other)?;
    stage.returned(Side::CLIENT, "connect()", &TcpStream::connect(address).await); // the listener is closed
    read_and_show(stage, &mut binh, 2).await?;
    drop((mai, binh));
    stage.fact(Side::SERVER, text::report(&stopping.await.map_err(io::Error::other)?, SHUTDOWN_DEADLINE));
    Ok(())
}
