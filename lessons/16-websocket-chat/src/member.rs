//! One member: a task that reads its socket and writes its queue, both at once.

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use narrate::TappedAsync;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tungstenite::{Bytes, Error, Message};

use crate::http;
use crate::pace::Pace;
use crate::room::{Member, Refused, Room, Sent};

/// Bytes of one line, at most.
const LINE: usize = 1024;
/// Bytes of one message, at most: a small picture.
pub(crate) const MESSAGE: usize = 64 * 1024;
/// How long a newcomer may take to say its name: people type slowly.
const INTRODUCTION: Duration = Duration::from_secs(60);
/// How long a member may take over its Close.
const GOODBYE: Duration = Duration::from_secs(5);

/// A code of our own: 4000 to 4999 belong to the application.
const TOO_SLOW: u16 = 4001;
const TOO_LONG: End = End::Refused(CloseCode::Size, "line too long");

type Sink = SplitSink<WebSocketStream<TappedAsync>, Message>;
type Stream = SplitStream<WebSocketStream<TappedAsync>>;

/// How a member's time in the room ended.
pub(crate) enum End {
    /// It sent a Close: the proper end.
    Left,
    /// The connection ended without one: a killed program, a reset.
    Lost,
    /// Not a byte for two heartbeats, not even a pong.
    Silent,
    /// We close, and say why with a code (RFC 6455, section 7.4.1).
    Closed(CloseCode, &'static str),
    /// As `Closed`, with a line in front for people: `! ` and the reason.
    Refused(CloseCode, &'static str),
}

// ANCHOR: config
/// Bounds for what one member can cost us. The defaults are 64 MiB for a message, 128 KiB for each
/// buffer, and no bound at all for what waits to be written.
pub(crate) fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(MESSAGE))
        .max_frame_size(Some(MESSAGE))
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(4 * MESSAGE)
}
// ANCHOR_END: config

/// Sits in the room with `socket` until one side has enough. `news` is told the name and the end.
pub(crate) async fn attend(socket: WebSocketStream<TappedAsync>, room: &Room, news: impl Fn(&str, Option<&End>)) {
    // ANCHOR: both
    let (mut sink, mut stream) = socket.split();
    let mut name = String::new();
    let end = match introduce(&mut stream, room, &mut name).await {
        Err(end) => end,
        Ok(mut member) => {
            news(&name, None);
            let end = tokio::select! {
                biased; // whom the room has sent away is not written to any more
                sent = &mut member.away => match sent {
                    Ok(Sent::GoingAway) => End::Closed(CloseCode::Away, "the server ends"),
                    Ok(Sent::TooSlow) | Err(_) => End::Closed(CloseCode::from(TOO_SLOW), "too slow"),
                },
                end = hear(&mut stream, room, member.id) => end,
                end = speak(&mut sink, &mut member.queue, room.settings.heartbeat) => end,
            };
            room.leave(member.id);
            news(&name, Some(&end));
            end
        }
    };
    // ANCHOR_END: both
    let _ = timeout(GOODBYE, part(sink, stream, end)).await;
}

/// The first message is a name. Whoever is not let in is told why, and then closed.
async fn introduce(stream: &mut Stream, room: &Room, name: &mut String) -> Result<Member, End> {
    let introduction = async {
        loop {
            match stream.next().await {
                Some(Ok(Message::Text(line))) => return Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
                Some(Ok(Message::Binary(_))) => return Ok(String::new()), // bytes are no name
                Some(Ok(Message::Close(_))) => return Err(End::Left),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(broken(&error)),
                None => return Err(End::Lost),
            }
        }
    };
    *name = timeout(INTRODUCTION, introduction).await.unwrap_or(Err(End::Silent))?;
    if name.len() > LINE {
        return Err(TOO_LONG);
    }
    room.join(name).map_err(|refused| match refused {
        Refused::BadName => End::Refused(CloseCode::Policy, "bad name"),
        Refused::NameTaken => End::Refused(CloseCode::Policy, "name taken"),
        Refused::Full => End::Refused(CloseCode::Again, "room full"),
    })
}

// ANCHOR: hear
/// What the member says goes to the room. Whatever arrives is a sign of life, and a ping goes out
/// with every heartbeat: two heartbeats without a byte mean that nobody is there.
async fn hear(stream: &mut Stream, room: &Room, id: u64) -> End {
    let mut pace = Pace::new(room.settings.ahead);
    loop {
        let message = match timeout(2 * room.settings.heartbeat, stream.next()).await {
            Err(_) => return End::Silent,
            Ok(None) => return End::Lost,
            Ok(Some(Err(error))) => return broken(&error),
            Ok(Some(Ok(message))) => message,
        };
        let bytes = message.len();
        match message {
            Message::Close(_) => return End::Left,
            Message::Text(line) => match line.trim_end_matches(['\r', '\n']) {
                "" => {}
                line if line.len() > LINE => return TOO_LONG,
                line => room.say(id, line),
            },
            Message::Binary(bytes) if !bytes.is_empty() => room.show(id, &bytes),
            _ => {} // a pong; or a ping, which the library answers by itself
        }
        pace.spend(bytes).await; // who floods waits here, and the others' queues stay short
    }
}

/// What the room has for the member goes to its socket, and a ping with every heartbeat. `send` is
/// `write` and `flush`; while the member does not read, it waits here, and only here.
async fn speak(sink: &mut Sink, queue: &mut mpsc::Receiver<Message>, heartbeat: Duration) -> End {
    let mut beat = interval_at(Instant::now() + heartbeat, heartbeat);
    loop {
        let message = tokio::select! {
            Some(message) = queue.recv() => message,
            _ = beat.tick() => Message::Ping(Bytes::new()),
        };
        if let Err(error) = sink.send(message).await {
            return broken(&error);
        }
    }
}
// ANCHOR_END: hear

/// The end that an error of the library means, with the code that the RFC has for it.
fn broken(error: &Error) -> End {
    match error {
        Error::Utf8(_) => End::Closed(CloseCode::Invalid, "text that is not UTF-8"),
        Error::Capacity(_) => End::Closed(CloseCode::Size, "message too big"),
        Error::Protocol(tungstenite::error::ProtocolError::ResetWithoutClosingHandshake) => End::Lost,
        Error::Protocol(_) => End::Closed(CloseCode::Protocol, "not a WebSocket frame"),
        _ => End::Lost,
    }
}

/// The end of the connection: our Close and theirs, then TCP's own end, which the server begins.
async fn part(mut sink: Sink, mut stream: Stream, end: End) {
    if let End::Refused(_, reason) = end {
        let _ = sink.send(Message::text(format!("! {reason}"))).await;
    }
    if let End::Closed(code, reason) | End::Refused(code, reason) = end {
        let _ = sink.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
    }
    if !matches!(end, End::Lost | End::Silent) {
        // Their Close, or ours in answer to it. What they still say before it is not heard any more.
        while let Some(Ok(_)) = stream.next().await {}
        if let Ok(socket) = sink.reunite(stream) {
            http::linger(socket.into_inner()).await;
        }
    }
}
