//! Three members, one of whom stops reading; then too many, too long, too late; then the shutdown.

use std::sync::Arc;
use std::time::Duration;

use narrate::{Endpoint, Error, Side, Stage, Tapper, kernel};
use tokio::io;
use tokio::net::TcpStream;
use tokio::task::yield_now;

use crate::chat::Limits;
use crate::chat::lines::MAX_LINE;
use crate::chat::rooms::QUEUE_CAPACITY;
use crate::chat_fixture::{ChatClient, ChatFixture};
use crate::{BINH, MAI, text};

const LAN: Side = Side::client("lan");

/// More than the story needs.
const GENEROUS_LIMITS: Limits = Limits { max_clients: 10, name_timeout: Duration::from_secs(10), burst: Duration::MAX };
/// Two clients at most; a name is due almost at once, so that the story need not wait.
const STRICT_LIMITS: Limits = Limits { max_clients: 2, name_timeout: Duration::from_millis(100), burst: Duration::MAX };
/// How long the server of the story waits at the shutdown for clients that still read.
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(1);
/// Bytes in each line for a client that does not read.
const LONG_LINE: usize = 1000;
/// Lines that wait in Lan's queue at the shutdown.
const UNREAD_LINES: usize = 3;

/// Taps for the three clients and the server. The story shows lines of text as the clients receive them, instead of
/// the bytes.
fn tappers(stage: &Stage) -> [Tapper; 4] {
    [MAI, BINH, LAN, Side::SERVER].map(|side| stage.tapper(side).with_dissector(text::dissect).off_screen())
}

pub(crate) async fn members(stage: &Stage) -> Result<(), Error> {
    stage.step(text::members());
    let [mai, binh, lan, server] = tappers(stage);
    let fixture = ChatFixture::start(GENEROUS_LIMITS, server)?;
    // ANCHOR: chat
    let mut mai = ChatClient::join(MAI, &mai, fixture.address).await?;
    mai.show_received(stage, 1).await?;
    let mut binh = ChatClient::join(BINH, &binh, fixture.address).await?;
    binh.show_received(stage, 1).await?;
    let mut lan = ChatClient::join(LAN, &lan, fixture.address).await?;
    lan.show_received(stage, 1).await?;
    mai.show_sent(stage, "xin chao").await?;
    mai.show_received(stage, 2).await?; // who joined after her, and not her own line
    binh.show_received(stage, 2).await?;
    lan.show_received(stage, 1).await?;
    // ANCHOR_END: chat
    drop((mai, binh, lan));
    fixture.stop(SHUTDOWN_DEADLINE).await
}

pub(crate) async fn slow_member(stage: &Stage) -> Result<(), Error> {
    stage.step(text::slow_member());
    let [mai, binh, lan, server] = tappers(stage).map(Tapper::off_tape); // too much for a screen
    let fixture = ChatFixture::start(GENEROUS_LIMITS, server)?;
    let mut mai = ChatClient::join(MAI, &mai, fixture.address).await?;
    let mut binh = ChatClient::join(BINH, &binh, fixture.address).await?;
    let mut lan = ChatClient::join(LAN, &lan, fixture.address).await?;
    binh.receive_until("+ lan").await?;

    // ANCHOR: slow
    let (mut sent, mut received, mut longest) = (0, 0, 0);
    let mut gone = None;
    while gone.is_none() {
        sent += 1;
        let line = format!("{sent:0>LONG_LINE$}");
        mai.send(&line).await?;
        let mut next = binh.receive().await?; // each line before the next is sent
        longest = longest.max(fixture.queued(LAN).unwrap_or(0));
        if next.as_deref() == Some("- lan") {
            gone = next;
            next = binh.receive().await?;
        }
        received += usize::from(next == Some(format!("mai: {line}")));
    }
    // ANCHOR_END: slow
    stage.fact(Side::SERVER, text::queued(longest, QUEUE_CAPACITY));
    stage.fact(BINH, text::received_all(sent, sent - received, gone.unwrap_or_default()));
    let end = loop {
        match lan.receive().await {
            Ok(Some(_)) => {} // what had come so far
            end => break end,
        }
    };
    stage.returned(LAN, "read()", &end);
    drop((mai, binh, lan));
    fixture.stop(SHUTDOWN_DEADLINE).await
}

pub(crate) async fn limits(stage: &Stage) -> Result<(), Error> {
    stage.step(text::limits());
    let [mai, binh, lan, server] = tappers(stage);
    let fixture = ChatFixture::start(STRICT_LIMITS, server)?;
    // ANCHOR: limits
    let mut mai = ChatClient::join(MAI, &mai, fixture.address).await?;
    mai.receive().await?;
    let mut binh = ChatClient::join(BINH, &binh, fixture.address).await?;
    binh.receive().await?;
    let mut lan = ChatClient::join(LAN, &lan, fixture.address).await?; // connects, and gets no answer
    stage.fact(LAN, text::no_permit(fixture.chat.permits.available_permits()));
    show_backlog(stage, &fixture);
    drop(binh);
    stage.fact(BINH, text::closes());
    lan.show_received(stage, 1).await?;
    lan.send(&"x".repeat(MAX_LINE + 1)).await?;
    stage.fact(LAN, text::sends_long_line(MAX_LINE + 1));
    lan.show_received(stage, 1).await?;
    drop(lan);
    let tapper = stage.tapper(Side::CLIENT).off_screen();
    let mut silent = ChatClient::connect(Side::CLIENT, &tapper, fixture.address).await?;
    silent.show_received(stage, 1).await?;
    // ANCHOR_END: limits
    drop((mai, silent));
    fixture.stop(SHUTDOWN_DEADLINE).await
}

/// Shows the connections that the kernel has made and the server has not accepted.
fn show_backlog(stage: &Stage, fixture: &ChatFixture) {
    let listening = Endpoint { side: Side::SERVER, local: fixture.address, peer: None };
    kernel::wait_until(&listening, |row| row.is_some_and(|row| row.receive_queue > 0));
    if let Ok(Some(row)) = kernel::find(&listening) {
        stage.fact(Side::SERVER, text::backlog(row.receive_queue));
    }
}

pub(crate) async fn shutdown(stage: &Stage) -> Result<(), Error> {
    stage.step(text::shutdown(SHUTDOWN_DEADLINE.as_secs()));
    let [mai, binh, lan, server] = tappers(stage).map(Tapper::off_tape);
    let fixture = ChatFixture::start(GENEROUS_LIMITS, server)?;
    let mut mai = ChatClient::join(MAI, &mai, fixture.address).await?;
    let mut binh = ChatClient::join(BINH, &binh, fixture.address).await?;
    let _lan = ChatClient::join(LAN, &lan, fixture.address).await?; // and never reads
    binh.receive_until("+ lan").await?;
    while fixture.queued(LAN).is_some_and(|queued| queued < UNREAD_LINES) {
        mai.send(&"x".repeat(LONG_LINE)).await?;
        binh.receive().await?;
    }
    // ANCHOR: shutdown
    mai.send("tam biet").await?;
    while fixture.queued(LAN).is_some_and(|queued| queued == UNREAD_LINES) {
        yield_now().await; // until the server has put the line into all queues
    }
    let chat = Arc::clone(&fixture.chat);
    let stopping = tokio::spawn(async move { chat.shutdown(SHUTDOWN_DEADLINE).await });
    fixture.accepting.await.map_err(io::Error::other)?;
    stage.returned(Side::CLIENT, "connect()", &TcpStream::connect(fixture.address).await); // the listener is closed
    binh.show_received(stage, 2).await?;
    drop((mai, binh));
    let report = stopping.await.map_err(io::Error::other)?;
    // ANCHOR_END: shutdown
    stage.fact(Side::SERVER, text::report(&report, SHUTDOWN_DEADLINE));
    Ok(())
}
