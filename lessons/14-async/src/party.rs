//! Three members, one of whom stops reading; then too many, too long, too late; then the end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use narrate::{Endpoint, Error, Side, Stage, Tapper, kernel};
use tokio::io;
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, yield_now};

use crate::chat::lines::LONGEST;
use crate::chat::rooms::QUEUE;
use crate::chat::{Chat, Limits, listen};
use crate::talker::Talker;
use crate::{BINH, MAI, annotate, text};

const LAN: Side = Side::client("lan");
const ROOM: &str = "lobby";

/// Enough for everybody in the story.
const AMPLE: Limits = Limits { clients: 10, name_within: Duration::from_secs(10), ahead: Duration::MAX };
/// Two may be here; a name is due at once, so that the story need not wait.
const TIGHT: Limits = Limits { clients: 2, name_within: Duration::from_millis(100), ahead: Duration::MAX };
/// How long the server of the story waits for those who still read.
const LEAVING: Duration = Duration::from_secs(1);
/// Bytes in each line for somebody who does not read.
const LONG: usize = 1000;
/// Lines that wait for Lan when the server is told to leave.
const UNREAD: usize = 3;

/// A chat that runs as a task, and the taps on both its ends.
struct Party {
    chat: Arc<Chat>,
    accepting: JoinHandle<()>,
    address: SocketAddr,
}

impl Party {
    fn start(limits: Limits, tapper: Tapper) -> Result<Party, Error> {
        let listener = listen(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let address = listener.local_addr()?;
        let chat = Chat::new(limits, tapper);
        let accepting = tokio::spawn(Arc::clone(&chat).accept(listener));
        Ok(Party { chat, accepting, address })
    }

    /// The connections that the kernel has made and nobody has accepted.
    fn show_backlog(&self, stage: &Stage) {
        let listening = Endpoint { side: Side::SERVER, local: self.address, peer: None };
        kernel::until(&listening, |row| row.is_some_and(|row| row.receive_queue > 0));
        if let Ok(Some(row)) = kernel::find(&listening) {
            stage.fact(Side::SERVER, text::backlog(row.receive_queue));
        }
    }

    /// Ends a party that everybody has left, so that none of it reaches into the next step.
    async fn over(self) -> Result<(), Error> {
        self.chat.leave(LEAVING).await;
        Ok(self.accepting.await.map_err(io::Error::other)?)
    }

    fn unread(&self, side: Side) -> Option<usize> {
        self.chat.rooms.waiting(side.label, ROOM)
    }
}

fn taps(stage: &Stage) -> [Tapper; 4] {
    [MAI, BINH, LAN, Side::SERVER].map(|side| stage.tapper(side).speaking(annotate::chat))
}

pub(crate) async fn everybody_hears(stage: &Stage) -> Result<(), Error> {
    stage.step(text::everybody_hears());
    let [mai, binh, lan, server] = taps(stage);
    let party = Party::start(AMPLE, server)?;
    // ANCHOR: chat
    let mut mai = Talker::join(MAI, &mai, party.address).await?;
    mai.hears(stage, 1).await?;
    let mut binh = Talker::join(BINH, &binh, party.address).await?;
    binh.hears(stage, 1).await?;
    let mut lan = Talker::join(LAN, &lan, party.address).await?;
    lan.hears(stage, 1).await?;
    mai.say("xin chao").await?;
    stage.fact(MAI, "→ xin chao");
    mai.hears(stage, 2).await?; // who came after her, and not her own line
    binh.hears(stage, 2).await?;
    lan.hears(stage, 1).await?;
    // ANCHOR_END: chat
    drop((mai, binh, lan));
    party.over().await
}

pub(crate) async fn one_does_not_read(stage: &Stage) -> Result<(), Error> {
    stage.step(text::one_does_not_read());
    let [mai, binh, lan, server] = taps(stage).map(Tapper::off_tape); // too much for a screen
    let party = Party::start(AMPLE, server)?;
    let mut mai = Talker::join(MAI, &mai, party.address).await?;
    let mut binh = Talker::join(BINH, &binh, party.address).await?;
    let mut lan = Talker::join(LAN, &lan, party.address).await?;
    while binh.hear().await?.is_some_and(|line| line != "+ lan") {}

    // ANCHOR: frozen
    let (mut said, mut heard, mut most) = (0, 0, 0);
    let mut gone = None;
    while gone.is_none() {
        said += 1;
        let line = format!("{said:0>LONG$}");
        mai.say(&line).await?;
        let mut hears = binh.hear().await?; // each line before the next is said
        most = most.max(party.unread(LAN).unwrap_or(0));
        if hears.as_deref() == Some("- lan") {
            gone = hears;
            hears = binh.hear().await?;
        }
        heard += usize::from(hears == Some(format!("mai: {line}")));
    }
    // ANCHOR_END: frozen
    stage.fact(Side::SERVER, text::unread(most, QUEUE));
    stage.fact(BINH, text::heard_all(said, said - heard, gone.unwrap_or_default()));
    let end = loop {
        match lan.hear().await {
            Ok(Some(_)) => {} // what had come so far
            end => break end,
        }
    };
    if let Err(error) = end {
        stage.met(LAN, "read()", &error);
    }
    drop((mai, binh, lan));
    party.over().await
}

pub(crate) async fn limits(stage: &Stage) -> Result<(), Error> {
    stage.step(text::limits());
    let [mai, binh, lan, server] = taps(stage);
    let party = Party::start(TIGHT, server)?;
    // ANCHOR: limits
    let mut mai = Talker::join(MAI, &mai, party.address).await?;
    mai.hear().await?;
    let mut binh = Talker::join(BINH, &binh, party.address).await?;
    binh.hear().await?;
    let mut lan = Talker::join(LAN, &lan, party.address).await?; // connects, and nobody answers
    stage.fact(LAN, text::no_permit(party.chat.permits.available_permits()));
    party.show_backlog(stage);
    drop(binh);
    stage.fact(BINH, text::hangs_up());
    lan.hears(stage, 1).await?;
    lan.say(&"x".repeat(LONGEST + 1)).await?;
    stage.fact(LAN, text::says_too_much(LONGEST + 1));
    lan.hears(stage, 1).await?;
    drop(lan);
    let mut silent = Talker::call(Side::CLIENT, &stage.tapper(Side::CLIENT), party.address).await?;
    silent.hears(stage, 1).await?;
    // ANCHOR_END: limits
    drop((mai, silent));
    party.over().await
}

pub(crate) async fn everybody_leaves(stage: &Stage) -> Result<(), Error> {
    stage.step(text::everybody_leaves(LEAVING.as_secs()));
    let [mai, binh, lan, server] = taps(stage).map(Tapper::off_tape);
    let party = Party::start(AMPLE, server)?;
    let mut mai = Talker::join(MAI, &mai, party.address).await?;
    let mut binh = Talker::join(BINH, &binh, party.address).await?;
    let _lan = Talker::join(LAN, &lan, party.address).await?; // and never reads
    while binh.hear().await?.is_some_and(|line| line != "+ lan") {}
    while party.unread(LAN).is_some_and(|unread| unread < UNREAD) {
        mai.say(&"x".repeat(LONG)).await?;
        binh.hear().await?;
    }
    // ANCHOR: leaves
    mai.say("tam biet").await?;
    while party.unread(LAN).is_some_and(|unread| unread == UNREAD) {
        yield_now().await; // until the server has put the line into all queues
    }
    let chat = Arc::clone(&party.chat);
    let leaving = tokio::spawn(async move { chat.leave(LEAVING).await });
    party.accepting.await.map_err(io::Error::other)?;
    if let Err(error) = TcpStream::connect(party.address).await {
        stage.met(Side::CLIENT, "connect()", &error); // the listener is closed
    }
    binh.hears(stage, 2).await?;
    drop((mai, binh));
    let left = leaving.await.map_err(io::Error::other)?;
    // ANCHOR_END: leaves
    stage.fact(Side::SERVER, text::left(&left, LEAVING));
    Ok(())
}
