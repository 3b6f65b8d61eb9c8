//! One member: a task that reads its socket and writes its queue, both at once.

use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tungstenite::error::ProtocolError;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tungstenite::{Bytes, Error, Message};

use super::http;
use super::rate_limit::RateLimit;
use super::room::{JoinError, Member, RemovalReason, Room};

/// Bytes of one line, at most.
const MAX_LINE_SIZE: usize = 1024;
/// Bytes of one message, at most: a small picture.
const MAX_MESSAGE_SIZE: usize = 64 * 1024;
/// How long a new client may take to send its name: people type slowly.
const NAME_TIMEOUT: Duration = Duration::from_secs(60);
/// How long the closing handshake may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// A code of our own: 4000 to 4999 belong to the application (RFC 6455, section 7.4.2).
const TOO_SLOW: u16 = 4001;
const LINE_TOO_LONG: DisconnectReason = DisconnectReason::Rejected(CloseCode::Size, "line too long");

type MessageSink<S> = SplitSink<WebSocketStream<S>, Message>;
type MessageStream<S> = SplitStream<WebSocketStream<S>>;

/// How the server treats its members in time.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// How often a member is pinged. A member silent for twice as long is removed.
    pub(crate) heartbeat: Duration,
    /// How far ahead of its rate a member may be before it is made to wait.
    pub(crate) burst: Duration,
}

impl Default for Settings {
    /// A ping every 20 s, and a burst of some forty lines or three pictures.
    fn default() -> Settings {
        Settings { heartbeat: Duration::from_secs(20), burst: Duration::from_millis(400) }
    }
}

/// Why a connection to the room ended.
#[derive(Clone, Copy)]
pub(crate) enum DisconnectReason {
    /// The client sent a Close: the proper end.
    ClosedByClient,
    /// The connection ended without a Close: a killed program, a reset.
    ConnectionLost,
    /// Not one byte came for two heartbeats, not even a pong; or no name within 60 s.
    TimedOut,
    /// The server closed the connection, with a code and a reason (RFC 6455, section 7.4.1).
    ClosedByServer(CloseCode, &'static str),
    /// As `ClosedByServer`, after a line for people: `! ` and the reason.
    Rejected(CloseCode, &'static str),
}

// ANCHOR: websocket_config
/// Bounds for what one member can cost the server. The defaults are 64 MiB for a message, 128 KiB for
/// each buffer, and no bound at all for what waits to be written.
pub(crate) fn websocket_config() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE_SIZE))
        .max_frame_size(Some(MAX_MESSAGE_SIZE))
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(4 * MAX_MESSAGE_SIZE)
}
// ANCHOR_END: websocket_config

/// Keeps the client of `socket` in the room until one side ends the connection. `on_join` is called with
/// its name once it is in, `on_leave` with its name and the reason once it is out.
pub(super) async fn run_member<S: AsyncRead + AsyncWrite + Unpin>(
    socket: WebSocketStream<S>,
    room: &Room,
    settings: Settings,
    on_join: impl Fn(&str),
    on_leave: impl Fn(&str, DisconnectReason),
) {
    // ANCHOR: run_member
    let (mut sink, mut stream) = socket.split();
    let mut name = String::new();
    let reason = match receive_name(&mut stream, room, &mut name).await {
        Err(reason) => reason,
        Ok(mut member) => {
            on_join(&name);
            let reason = tokio::select! {
                biased; // nothing more is written to a member that the room has removed
                removed = &mut member.removed => match removed {
                    Ok(RemovalReason::Shutdown) => DisconnectReason::ClosedByServer(CloseCode::Away, "the server ends"),
                    Ok(RemovalReason::TooSlow) | Err(_) => {
                        DisconnectReason::ClosedByServer(CloseCode::from(TOO_SLOW), "too slow")
                    }
                },
                reason = receive_messages(&mut stream, room, member.id, settings) => reason,
                reason = send_queue(&mut sink, &mut member.queue, settings.heartbeat) => reason,
            };
            room.leave(member.id);
            on_leave(&name, reason);
            reason
        }
    };
    // ANCHOR_END: run_member
    let _ = timeout(CLOSE_TIMEOUT, close(sink, stream, reason)).await;
}

/// Receives the first message, which is a name, and joins the room with it.
async fn receive_name<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut MessageStream<S>,
    room: &Room,
    name: &mut String,
) -> Result<Member, DisconnectReason> {
    let first_message = async {
        loop {
            match stream.next().await {
                Some(Ok(Message::Text(line))) => return Ok(line.trim_end_matches(['\r', '\n']).to_owned()),
                Some(Ok(Message::Binary(_))) => return Ok(String::new()), // bytes are no name
                Some(Ok(Message::Close(_))) => return Err(DisconnectReason::ClosedByClient),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(disconnect_reason(&error)),
                None => return Err(DisconnectReason::ConnectionLost),
            }
        }
    };
    *name = timeout(NAME_TIMEOUT, first_message).await.unwrap_or(Err(DisconnectReason::TimedOut))?;
    if name.len() > MAX_LINE_SIZE {
        return Err(LINE_TOO_LONG);
    }
    room.join(name).map_err(|error| match error {
        JoinError::InvalidName => DisconnectReason::Rejected(CloseCode::Policy, "bad name"),
        JoinError::NameTaken => DisconnectReason::Rejected(CloseCode::Policy, "name taken"),
        JoinError::RoomFull => DisconnectReason::Rejected(CloseCode::Again, "room full"),
    })
}

// ANCHOR: heartbeat
/// Passes the member's messages on to the room. Each message is a sign of life, and a ping goes out with
/// every heartbeat: two heartbeats without a byte mean that the client is gone.
async fn receive_messages<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut MessageStream<S>,
    room: &Room,
    id: u64,
    settings: Settings,
) -> DisconnectReason {
    let mut limit = RateLimit::new(settings.burst);
    loop {
        let message = match timeout(2 * settings.heartbeat, stream.next()).await {
            Err(_) => return DisconnectReason::TimedOut,
            Ok(None) => return DisconnectReason::ConnectionLost,
            Ok(Some(Err(error))) => return disconnect_reason(&error),
            Ok(Some(Ok(message))) => message,
        };
        let bytes = message.len();
        match message {
            Message::Close(_) => return DisconnectReason::ClosedByClient,
            Message::Text(line) => match line.trim_end_matches(['\r', '\n']) {
                "" => {}
                line if line.len() > MAX_LINE_SIZE => return LINE_TOO_LONG,
                line => room.send_line(id, line),
            },
            Message::Binary(bytes) if !bytes.is_empty() => room.send_binary(id, &bytes),
            _ => {} // a pong; or a ping, which the library answers by itself
        }
        limit.consume(bytes).await; // a flood waits here, and the other members' queues stay short
    }
}

/// Sends what is in the member's queue to its socket, and a ping with every heartbeat. `send` is `write`
/// and `flush`; while the member does not read, only this function waits.
async fn send_queue<S: AsyncRead + AsyncWrite + Unpin>(
    sink: &mut MessageSink<S>,
    queue: &mut mpsc::Receiver<Message>,
    heartbeat: Duration,
) -> DisconnectReason {
    let mut interval = interval_at(Instant::now() + heartbeat, heartbeat);
    loop {
        let message = tokio::select! {
            Some(message) = queue.recv() => message,
            _ = interval.tick() => Message::Ping(Bytes::new()),
        };
        if let Err(error) = sink.send(message).await {
            return disconnect_reason(&error);
        }
    }
}
// ANCHOR_END: heartbeat

/// Returns what an error of the library means here, with the code that RFC 6455, section 7.4.1, has for it.
fn disconnect_reason(error: &Error) -> DisconnectReason {
    match error {
        Error::Utf8(_) => DisconnectReason::ClosedByServer(CloseCode::Invalid, "text that is not UTF-8"),
        Error::Capacity(_) => DisconnectReason::ClosedByServer(CloseCode::Size, "message too big"),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => DisconnectReason::ConnectionLost,
        Error::Protocol(_) => DisconnectReason::ClosedByServer(CloseCode::Protocol, "not a WebSocket frame"),
        _ => DisconnectReason::ConnectionLost,
    }
}

/// Ends the connection: a Close from each side, then TCP's own end, which the server begins.
async fn close<S: AsyncRead + AsyncWrite + Unpin>(
    mut sink: MessageSink<S>,
    mut stream: MessageStream<S>,
    reason: DisconnectReason,
) {
    if let DisconnectReason::Rejected(_, reason) = reason {
        let _ = sink.send(Message::text(format!("! {reason}"))).await;
    }
    if let DisconnectReason::ClosedByServer(code, reason) | DisconnectReason::Rejected(code, reason) = reason {
        let _ = sink.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
    }
    if !matches!(reason, DisconnectReason::ConnectionLost | DisconnectReason::TimedOut) {
        // Waits for the client's Close, or sends ours in answer to it. Messages in front of it are dropped.
        while let Some(Ok(_)) = stream.next().await {}
        if let Ok(socket) = sink.reunite(stream) {
            http::lingering_close(socket.into_inner()).await;
        }
    }
}
