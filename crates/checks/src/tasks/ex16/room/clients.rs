//! Clients of a chat room: join, be refused, and a room in which one client reads nothing.

use super::hints::*;
use crate::limits::SMALL_BUFFER;
use crate::{CheckRun, Explain, Failure, Frame, Received, Rng, Server, Symptom, Text, WebSocketPeer, sentence};

/// How much one message of the talker holds, in bytes.
pub(super) const BLOB_SIZE: usize = 32 * 1024;

/// More messages than the queue and all buffers of kernel and program hold.
pub(super) const MAX_MESSAGES: usize = 400;

/// A client that sends, one that reads all of it, and one that reads nothing.
pub(super) struct ChatFixture {
    pub(super) talker: WebSocketPeer,
    pub(super) reader: WebSocketPeer,
    pub(super) slow: WebSocketPeer,
    blob: Vec<u8>,
}

impl ChatFixture {
    pub(super) fn connect(server: &Server, check: &mut CheckRun) -> Result<ChatFixture, Failure> {
        let blob = check.rng().bytes(BLOB_SIZE);
        let mut talker = enter_room(server, check.rng(), "mai", "=")?;
        let mut reader = enter_room(server, check.rng(), "binh", "= mai")?;
        let slow = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
        let mut slow = WebSocketPeer::upgrade(slow, check.rng())?;
        slow.send_text("cham")?;
        slow.expect_text("= mai binh").or_hint(&WELCOME)?;
        talker.expect_text("+ binh").or_hint(&ARRIVAL)?;
        talker.expect_text("+ cham").or_hint(&ARRIVAL)?;
        reader.expect_text("+ cham").or_hint(&ARRIVAL)?;
        check.note(Text {
            vi: "A nói nhiều, B đọc hết, C (cham) từ giờ không đọc gì",
            en: "A talks much, B reads it all, C (cham) reads nothing from now on",
        });
        Ok(ChatFixture { talker, reader, slow, blob })
    }

    /// Sends, each message only after the reader has got the one before, until the slow client has
    /// been dropped. Returns how many messages that took.
    pub(super) fn send_until_dropped(&mut self, check: &CheckRun) -> Result<usize, Failure> {
        self.talker.set_logging(false);
        self.reader.set_logging(false);
        let mut dropped = false;
        for sent in 1..=MAX_MESSAGES {
            let received = self.talker.send_binary(&self.blob).and_then(|()| self.receive_blob(&mut dropped));
            if let Err(failure) = received {
                let before = sent - 1;
                let more = sentence! {
                    vi: " Trước đó B đã nhận {before} tin.",
                    en: " Before that B had got {before} messages.",
                };
                return Err(failure.with_more(more)).or_hint(&WAITS_FOR_THE_SLOW);
            }
            if dropped {
                check.note(sentence! {
                    vi: "sau {sent} tin nhị phân, mỗi tin {BLOB_SIZE} byte, B nghe \"- cham\"",
                    en: "after {sent} binary messages of {BLOB_SIZE} bytes each, B hears \"- cham\"",
                });
                self.talker.set_logging(true);
                self.reader.set_logging(true);
                return Ok(sent);
            }
        }
        Err(not_dropped()).or_hint(&SLOW_STAYS)
    }

    /// The reader receives what was sent, and perhaps, once, that the slow client has gone.
    fn receive_blob(&mut self, dropped: &mut bool) -> Result<(), Failure> {
        loop {
            match self.reader.receive()? {
                Received::Binary(bytes) if bytes == self.blob => return Ok(()),
                Received::Text(line) if line == "- cham" && !*dropped => *dropped = true,
                _ => return Err(unexpected_message()),
            }
        }
    }
}

/// Joins as `name` and expects `welcome` as the first line.
pub(super) fn enter_room(server: &Server, rng: &mut Rng, name: &str, welcome: &str) -> Result<WebSocketPeer, Failure> {
    let mut peer = WebSocketPeer::connect(server, rng)?;
    peer.send_text(name)?;
    peer.expect_text(welcome).or_hint(&WELCOME)?;
    Ok(peer)
}

/// Sends a first message that must be refused with `words`, and then the WebSocket must be closed.
pub(super) fn expect_turned_away(server: &Server, rng: &mut Rng, name: Frame, words: &str) -> Result<(), Failure> {
    let mut peer = WebSocketPeer::connect(server, rng)?;
    peer.send(&name)?;
    peer.expect_text(words)?;
    peer.expect_any_close()?;
    peer.send_close(1000)?; // as a right client answers
    peer.expect_end()
}

pub(super) fn unexpected_message() -> Failure {
    Failure::new(
        Symptom::WrongBytes,
        Text {
            vi: "B nhận được một tin mà không client nào gửi.",
            en: "B received a message that no client had sent.",
        },
    )
}

pub(super) fn not_dropped() -> Failure {
    Failure::new(
        Symptom::Leak,
        sentence! {
            vi: "C không đọc gì, và sau {MAX_MESSAGES} tin vẫn chưa bị bỏ: các tin của C nằm đâu đó trong server.",
            en: "C reads nothing, and after {MAX_MESSAGES} messages is still not dropped: they lie somewhere in your server.",
        },
    )
}
