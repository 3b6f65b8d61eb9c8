//! The conversations with a WebSocket echo server.

use std::time::{Duration, Instant};

use super::hints::*;
use crate::limits::{PROGRESS_TIMEOUT, poll};
use crate::{
    CheckRun, Explain, Failure, Frame, IfSupported, Peer, ResponseHead, Rng, Server, Symptom, Text, WebSocketPeer,
};

pub(super) fn text(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = WebSocketPeer::connect(&server, check.rng()).or_hint(&NO_WEBSOCKET)?;
    let word = check.rng().word(8);
    for message in [word.as_str(), "Xin chào, đây là tiếng Việt 🦀", ""] {
        peer.send_text(message).hint_if_gone(&ONE_MESSAGE)?;
        peer.expect_text(message)
            .hint(Symptom::Silence, &STAYS_IN_BUFFER)
            .hint(Symptom::WrongFrame, &ANOTHER_KIND)
            .hint_if_gone(&ONE_MESSAGE)
            .or_hint(&OTHER_MESSAGE)?;
    }
    Ok(())
}

pub(super) fn binary(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    let mut message: Vec<u8> = (0..=255).collect();
    message.extend(check.rng().bytes(100));
    peer.send_binary(&message)?;
    peer.expect_binary(&message).hint(Symptom::WrongFrame, &ANOTHER_KIND).or_hint(&NOT_TEXT)?;
    // The length of a frame is written in three ways; these are the last and the first of each.
    for length in [0, 125, 126, 65_535, 65_536] {
        let message = check.rng().bytes(length);
        peer.send_binary(&message)?;
        peer.expect_binary(&message).hint(Symptom::WrongFrame, &ANOTHER_KIND).or_hint(&NOT_TEXT)?;
    }
    Ok(())
}

pub(super) fn fragments(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    // "chào" is cut within its à, and a ping comes between.
    let (first, second) = "xin chào".as_bytes().split_at(7);
    peer.send_all(&[
        Frame::text_bytes(first).unfinished(),
        Frame::ping(b"meanwhile"),
        Frame::continuation(second).unfinished(),
        Frame::continuation(b""),
    ])?;
    peer.expect_pong(b"meanwhile").or_hint(&WHOLE_MESSAGES)?;
    peer.expect_text("xin chào").or_hint(&WHOLE_MESSAGES)
}

pub(super) fn ping(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    let words = check.rng().word(9);
    peer.send_ping(words.as_bytes())?;
    peer.expect_pong(words.as_bytes()).or_hint(&PONG_NOT_SENT)?;
    peer.send(&Frame::pong(b"nobody asked"))?;
    peer.send_text("and now?")?;
    peer.expect_text("and now?").hint(Symptom::WrongFrame, &ANSWERS_A_PONG).or_hint(&PONG_NOT_SENT)
}

pub(super) fn close(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    for code in [1000, 1001, 4321] {
        let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&CLOSE_NOT_ANSWERED)?;
        peer.send_text("goodbye")?;
        peer.expect_text("goodbye").or_hint(&STAYS_IN_BUFFER)?;
        peer.send(&Frame::close(code, "that was all"))?;
        peer.expect_close(code).or_hint(&CLOSE_NOT_ANSWERED)?;
        peer.expect_end().or_hint(&CLOSE_NOT_ANSWERED)?;
    }
    server.stop().or_hint(&UNWRAPPED)
}

pub(super) fn protocol_error(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let wrong = [
        Frame::text("not masked").unmasked(),
        Frame::text("extension?").reserved([true, false, false]),
        Frame::of_kind(3, b"unknown"),
        Frame::continuation(b"of what?"),
        Frame::ping(b"in parts").unfinished(),
    ];
    for frame in wrong {
        let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&SAYS_WHY)?;
        peer.send(&frame)?;
        expect_refused(&mut peer, 1002)?;
    }
    server.stop().or_hint(&UNWRAPPED)
}

pub(super) fn bad_utf8(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    for bytes in [&b"caf\xe9"[..], b"\xed\xa0\x80", b"cut short \xe2\x82"] {
        let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&SAYS_WHY)?;
        peer.send(&Frame::text_bytes(bytes))?;
        expect_refused(&mut peer, 1007)?;
    }
    server.stop().or_hint(&UNWRAPPED)
}

pub(super) fn too_long(check: &mut CheckRun) -> Result<(), Failure> {
    let longest = check.rng().between(1000, 60_000);
    let server = check.start_with(&[longest.to_string()])?;
    let message = check.rng().bytes(longest + 1);
    let mut peer = WebSocketPeer::connect(&server, check.rng())?;
    peer.send_binary(&message[..longest])?;
    peer.expect_binary(&message[..longest]).or_hint(&LIMIT_IS_ALLOWED)?;
    let parts = |bytes: &[u8]| {
        let third = bytes.len() / 3;
        [
            Frame::binary(&bytes[..third]).unfinished(),
            Frame::continuation(&bytes[third..2 * third]).unfinished(),
            Frame::continuation(&bytes[2 * third..]),
        ]
    };
    peer.send_all(&parts(&message[..longest]))?;
    peer.expect_binary(&message[..longest]).or_hint(&LIMIT_IS_ALLOWED)?;
    peer.send_all(&parts(&message))?;
    expect_refused(&mut peer, 1009)
}

pub(super) fn announced(check: &mut CheckRun) -> Result<(), Failure> {
    let longest = check.rng().between(1000, 60_000);
    let server = check.start_with(&[longest.to_string()])?;
    for length in [longest as u64 + 1, 1 << 40] {
        let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&SAYS_WHY)?;
        peer.send(&Frame::binary(b"").announcing(length))?;
        peer.expect_close(1009).hint(Symptom::Silence, &WAITS_FOR_PAYLOAD).or_hint(&SAYS_WHY)?;
    }
    Ok(())
}

pub(super) fn not_a_websocket(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let requests = [
        ("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 426),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        ("xin chao\r\n\r\n", 400),
    ];
    for (request, status) in requests {
        let mut peer = server.connect().hint_if_gone(&HANDSHAKE_FAILED)?;
        peer.send(request.as_bytes())?;
        ResponseHead::expect_status(&mut peer, &[status]).or_hint(&HANDSHAKE_FAILED)?;
        peer.expect_end().or_hint(&HANDSHAKE_FAILED)?;
    }
    expect_served(&server, check.rng()).or_hint(&HANDSHAKE_FAILED)?;
    server.stop().or_hint(&HANDSHAKE_FAILED)
}

pub(super) fn half_handshake(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut silent = server.connect()?;
    let mut slow = server.connect()?;
    slow.send(b"GET / HTTP/1.1\r\nX-Slow: ")?;
    expect_served(&server, check.rng()).or_hint(&HANDSHAKE_BLOCKS)?;
    check.note(Text {
        vi: "B gửi từng byte một, không bao giờ xong",
        en: "B sends a byte now and then, and never finishes",
    });
    let mut last = Instant::now();
    let mut given_up = |peer: &mut Peer, drip: bool| {
        let seen = poll(2 * PROGRESS_TIMEOUT, || {
            if drip && last.elapsed() > DRIP_INTERVAL {
                last = Instant::now();
                // It may be cut already; what has arrived says so.
                let _ = peer.send(b"x");
            }
            match peer.is_readable() {
                Ok(arrived) => arrived.then_some(Ok(())),
                Err(failure) => Some(Err(failure)),
            }
        });
        seen.unwrap_or_else(|| Err(still_waits()))
    };
    given_up(&mut slow, true).or_hint(&HANDSHAKE_DEADLINE)?;
    given_up(&mut silent, false).or_hint(&HANDSHAKE_DEADLINE)?;
    expect_served(&server, check.rng()).or_hint(&HANDSHAKE_BLOCKS)
}

pub(super) fn stays_open(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut idle = WebSocketPeer::connect(&server, check.rng())?;
    idle.send_text("first")?;
    idle.expect_text("first").or_hint(&STAYS_IN_BUFFER)?;
    // A later client that never shakes hands is given up later than any deadline of the first.
    expect_served(&server, check.rng())?;
    let stranger = server.connect()?;
    let given_up = poll(2 * PROGRESS_TIMEOUT, || stranger.is_readable().unwrap_or(true).then_some(()));
    given_up.ok_or_else(still_waits).or_hint(&HANDSHAKE_DEADLINE)?;
    // On a busy machine timers go off late, and a thread whose deadline has passed still waits for its
    // turn: it gets as many turns as others need to be served, or until it has closed.
    for _ in 0..ROUNDS {
        expect_served(&server, check.rng()).or_hint(&HANDSHAKE_BLOCKS)?;
        if idle.is_readable()? {
            break;
        }
    }
    idle.send_text("still there?").or_hint(&DEADLINE_STAYS)?;
    idle.expect_text("still there?").or_hint(&DEADLINE_STAYS)
}

pub(super) fn at_once(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut idle = WebSocketPeer::connect(&server, check.rng())?;
    let mut others = Vec::new();
    for _ in 0..5 {
        others.push(WebSocketPeer::connect(&server, check.rng()).or_hint(&ONE_AT_A_TIME)?);
    }
    for peer in others.iter_mut().rev() {
        peer.send_text("and I?")?;
        peer.expect_text("and I?").or_hint(&ONE_AT_A_TIME)?;
    }
    idle.send_text("me too")?;
    idle.expect_text("me too").or_hint(&ONE_AT_A_TIME)
}

pub(super) fn gone(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    expect_served(&server, check.rng())?;
    let baseline = (server.descriptors().if_supported()?, server.threads().if_supported()?);
    // One cuts the connection, one leaves in the middle of a frame, one talks nonsense.
    let peer = WebSocketPeer::connect(&server, check.rng())?;
    peer.reset()?;
    let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&CUT)?;
    peer.send(&Frame::text("half of ").announcing(60))?;
    peer.drop_without_close();
    let mut peer = WebSocketPeer::connect(&server, check.rng()).hint_if_gone(&CUT)?;
    let noise = check.rng().bytes(2000);
    // The server may have had enough before the end of it.
    let _ = peer.send_raw(&noise);
    drop(peer);
    let _ = server.connect()?.send(&noise);
    let (descriptors, tasks) = baseline;
    if let Some(most) = descriptors {
        server.expect_descriptors(most).hint(Symptom::Leak, &KEPT).or_hint(&CUT)?;
    }
    if let Some(most) = tasks {
        server.expect_threads(most).hint(Symptom::Leak, &KEPT).or_hint(&CUT)?;
    }
    expect_served(&server, check.rng()).or_hint(&CUT)?;
    server.stop().or_hint(&UNWRAPPED)
}

/// How long a client that keeps a server busy waits between two bytes.
const DRIP_INTERVAL: Duration = Duration::from_millis(100);

/// How many others are served while one waits for an event that must not happen.
const ROUNDS: usize = 40;

/// The server says why, with this code, and ends the connection in good order.
fn expect_refused(peer: &mut WebSocketPeer, code: u16) -> Result<(), Failure> {
    peer.expect_close(code)
        .hint(Symptom::WrongCode, &WHICH_CODE)
        .hint(Symptom::WrongFrame, &NOT_REFUSED)
        .or_hint(&SAYS_WHY)?;
    peer.expect_end().or_hint(&SAYS_WHY)
}

/// Connects, exchanges one message, and closes.
fn expect_served(server: &Server, rng: &mut Rng) -> Result<(), Failure> {
    let mut peer = WebSocketPeer::connect(server, rng)?;
    peer.send_text("still there?")?;
    peer.expect_text("still there?")?;
    peer.send_close(1000)?;
    peer.expect_close(1000)?;
    peer.expect_end()
}

fn still_waits() -> Failure {
    Failure::new(
        Symptom::Silence,
        Text {
            vi: "Tôi kết nối mà không bắt tay cho xong. Sau 3 giây server vẫn chờ tôi; lẽ ra chỉ 1 giây.",
            en: "I connected and did not finish my handshake. After 3 seconds the server still waits; 1 second was due.",
        },
    )
}
