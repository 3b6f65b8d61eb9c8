//! The conversations with an echo server that is one event loop.

use super::hints::*;
use crate::limits::{LARGE_BUFFER, SMALL_BUFFER, max_connections};
use crate::tasks::lifecycle::{self, exchange_one};
use crate::{CheckRun, Explain, Failure, Peer, Readiness, ReadyOrder, Server, Symptom, Text, Until, sentence};

pub(super) fn echoes(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(300);
    let mut peer = check.start()?.connect()?;
    peer.send(&message)?;
    peer.expect(&message).hint(Symptom::WrongBytes, &OTHER_BYTES).or_hint(&NO_ANSWER)
}

pub(super) fn second_message(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = server.connect()?;
    for length in [7, 3, 12] {
        // It has read everything, and has been told so by `WouldBlock`.
        server.wait_idle()?;
        let message = check.rng().word(length);
        peer.send(message.as_bytes()).hint_if_gone(&NOT_AN_ERROR)?;
        peer.expect(message.as_bytes()).hint_if_gone(&NOT_AN_ERROR).or_hint(&NO_ANSWER)?;
    }
    Ok(())
}

pub(super) fn idle_first(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut idle = server.connect()?;
    server.wait_idle()?; // two that come together are the question of another check
    let mut peer = server.connect()?;
    exchange(&mut peer, b"and I?").or_hint(&BLOCKS)?;
    exchange(&mut idle, b"me too").or_hint(&BLOCKS)
}

pub(super) fn one_thread(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let _peers = connect_many(&server, 20, &CROWD)?;
    let threads = server.threads()?;
    if threads > 1 {
        return Err(Failure::new(
            Symptom::Leak,
            sentence! {
                vi: "20 client đang kết nối, và chương trình có {threads} thread. Lẽ ra chỉ 1.",
                en: "20 clients are connected, and the program has {threads} threads. It should be 1.",
            },
        ))
        .or_hint(&ONE_THREAD);
    }
    Ok(())
}

pub(super) fn burst(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(12_000);
    send_at_once(check, &message).hint(Symptom::Silence, &NOT_DRAINED).or_hint(&OTHER_BYTES)
}

pub(super) fn long_burst(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(48_000);
    send_at_once(check, &message).hint(Symptom::Silence, &TURN_FORGOTTEN).or_hint(&OTHER_BYTES)
}

pub(super) fn many_callers(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peers = server.while_suspended(|| (0..20).map(|_| server.connect()).collect::<Result<Vec<_>, _>>())?;
    for peer in &mut peers {
        exchange(peer, b"I am here").or_hint(&ONE_ACCEPT)?;
    }
    Ok(())
}

pub(super) fn slow_reader(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(6 * 1024 * 1024);
    let server = check.start()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    let (mut sent, mut read) = (0, 0);
    // In most of these rounds the server is stuck in the middle of a write.
    for _ in 0..8 {
        sent += peer.fill_buffers(&server, &message[sent..]).hint_if_gone(&WRITE_WOULD_BLOCK)?;
        let next = (read + 50_001).min(sent);
        peer.expect(&message[read..next]).hint(Symptom::Reset, &WRITE_WOULD_BLOCK).or_hint(&PART_OF_A_WRITE)?;
        read = next;
    }
    peer.grow_receive_buffer(LARGE_BUFFER)?;
    peer.half_close()?;
    peer.expect(&message[read..sent]).hint(Symptom::Reset, &WRITE_WOULD_BLOCK).or_hint(&PART_OF_A_WRITE)
}

pub(super) fn stops_reading(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    let sent = peer.fill_buffers(&server, &message).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    let took_all = peer.has_unread().map_or(sent == BEYOND_BUFFERS, |unread| !unread);
    if took_all {
        let megabytes = BEYOND_BUFFERS / 1024 / 1024;
        return Err(Failure::new(
            Symptom::Leak,
            sentence! {
                vi: "Tôi gửi {megabytes} MiB mà không đọc byte nào, và chương trình cứ nhận hết. Nó đang giữ chừng ấy cho một client.",
                en: "I sent {megabytes} MiB and read nothing, and the program took it all in. It now keeps that much for one client.",
            },
        ))
        .or_hint(&UNBOUNDED);
    }
    Ok(())
}

pub(super) fn goes_on(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, mut peer, unsent) = start_backpressured(check, Until::NotReading)?;
    check.note(Text { vi: "tôi không gửi gì nữa, chỉ đọc", en: "I send nothing more, I only read" });
    peer.grow_receive_buffer(LARGE_BUFFER)?;
    peer.expect(&unsent).hint(Symptom::Silence, &NOT_RESUMED).or_hint(&PART_OF_A_WRITE)?;
    exchange(&mut peer, b"and now?").or_hint(&NOT_RESUMED)?;
    server.stop()
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(3000);
    let server = check.start()?;
    let mut peer = server.connect()?;
    peer.send(&message)?;
    peer.half_close()?;
    peer.expect(&message).or_hint(&CUT_AT_END)?;
    peer.expect_end().hint(Symptom::Silence, &END_NOT_SEEN).or_hint(&CUT_AT_END)?;

    let (server, mut peer, unsent) = start_backpressured(check, Until::Backpressured)?;
    peer.half_close()?;
    server.wait_idle()?; // it has seen the end, and still owes something
    peer.grow_receive_buffer(LARGE_BUFFER)?;
    peer.expect(&unsent).or_hint(&CUT_AT_END)?;
    peer.expect_end().hint(Symptom::Silence, &END_NOT_SEEN).or_hint(&CUT_AT_END)
}

pub(super) fn fair(check: &mut CheckRun) -> Result<(), Failure> {
    /// An unfair program might be spared once, when the kernel is slow to bring more of the flood.
    const ROUNDS: usize = 3;
    let flood = check.rng().bytes(4 * 1024 * 1024);
    let server = check.start()?;
    (0..ROUNDS).try_for_each(|_| expect_modest_first(&server, &flood))
}

/// Two clients have sent something before the server sees any of it: one as much as goes in, the other a
/// byte. The byte must come back before a good part of the flood has been read.
fn expect_modest_first(server: &Server, flood: &[u8]) -> Result<(), Failure> {
    /// In bytes; the kernel doubles it. Room for many turns, and yet soon read.
    const BUFFER: usize = 256 * 1024;
    /// With less than this, in bytes, a program cannot be seen to be unfair.
    const ENOUGH: usize = 160 * 1024;
    let mut flooding = server.connect_options().send_buffer(BUFFER).connect()?;
    let mut modest = server.connect()?;
    exchange(&mut flooding, b"first").or_hint(&NO_ANSWER)?;
    exchange(&mut modest, b"second").or_hint(&NO_ANSWER)?;
    server.wait_idle()?;
    let (sent, order) = server.while_suspended(|| {
        let sent = flooding.send_until_blocked(flood)?;
        if sent < ENOUGH {
            return Err(Failure::unsupported());
        }
        modest.send(b"x")?;
        modest.wait_delivered()?;
        Ok((sent, ReadyOrder::of(&[(&flooding, Readiness::Writable), (&modest, Readiness::Readable)])?))
    })?;
    if order.next().or_hint(&UNFAIR)? == 0 {
        return Err(Failure::new(
            Symptom::Silence,
            Text {
                vi: "Client B gửi một byte và chờ. Chương trình đã đọc rất nhiều byte của client A mà chưa trả lời B.",
                en: "Client B sent a byte and waits. The program has read a great many bytes from client A, and not \
                     answered B.",
            },
        ))
        .or_hint(&UNFAIR);
    }
    modest.expect(b"x").or_hint(&UNFAIR)?;
    flooding.expect(&flood[..sent]).or_hint(&PART_OF_A_WRITE)
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    exchange_one(&server).or_hint(&NO_ANSWER)?;
    lifecycle::reset(&server, &KEPT, &CUT)
}

pub(super) fn gone_before_reply(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    exchange_one(&server).or_hint(&NO_ANSWER)?;
    let baseline = server.resources()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    peer.fill_buffers(&server, &message).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    peer.close();
    lifecycle::expect_still_serving(&server, &baseline, &KEPT, &CUT)
}

pub(super) fn tokens(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peers = connect_many(&server, 3, &NO_ANSWER)?;
    for _ in 0..3 {
        let mut leaving = peers.remove(0);
        leaving.half_close()?;
        leaving.expect_end().or_hint(&END_NOT_SEEN)?;
        peers.push(server.connect().or_hint(&TOKEN_TAKEN)?);
        // The newcomer first: it may have been given what belongs to another.
        for peer in peers.iter_mut().rev() {
            exchange(peer, b"still me").or_hint(&TOKEN_TAKEN)?;
        }
    }
    Ok(())
}

pub(super) fn rests(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let _peers = connect_many(&server, 3, &NO_ANSWER)?;
    check.note(Text {
        vi: "ba client kết nối, không client nào gửi gì",
        en: "three clients are connected, and none says anything",
    });
    server.expect_idle().or_hint(&SPINS)
}

pub(super) fn rests_stuck(check: &mut CheckRun) -> Result<(), Failure> {
    let (server, _peer, _) = start_backpressured(check, Until::NotReading)?;
    server.expect_idle().or_hint(&SPINS_STUCK)
}

pub(super) fn descriptors_run_out(check: &mut CheckRun) -> Result<(), Failure> {
    const MORE_DESCRIPTORS: usize = 8;
    let server = check.start()?;
    exchange_one(&server).or_hint(&NO_ANSWER)?;
    server.limit_descriptors(MORE_DESCRIPTORS)?;
    let clients: Result<Vec<_>, _> = (0..20).map(|_| server.connect()).collect();
    let mut clients = clients.or_hint(&NO_DESCRIPTORS)?;
    for peer in &mut clients {
        peer.send(b"hello").hint_if_gone(&NO_DESCRIPTORS)?;
    }
    for peer in &mut clients[..MORE_DESCRIPTORS] {
        peer.expect(b"hello").or_hint(&NO_DESCRIPTORS)?;
    }
    server.expect_idle().hint(Symptom::BusyLoop, &SPINS_ON_ACCEPT).or_hint(&NO_DESCRIPTORS)?;
    check.note(Text {
        vi: "8 client đầu bỏ đi; 12 client còn lại vẫn chờ, không có client mới",
        en: "the first 8 leave; the other 12 still wait, and no new client connects",
    });
    for peer in clients.drain(..MORE_DESCRIPTORS) {
        peer.close();
    }
    for peer in &mut clients[..MORE_DESCRIPTORS] {
        peer.expect(b"hello").hint(Symptom::Silence, &CALLER_FORGOTTEN).or_hint(&NO_DESCRIPTORS)?;
    }
    Ok(())
}

pub(super) fn thousand(check: &mut CheckRun) -> Result<(), Failure> {
    let count = max_connections(1000);
    let server = check.start()?;
    let mut peers = connect_many(&server, count, &CROWD)?;
    exchange_all(&mut peers, b"again").or_hint(&CROWD)?;
    // In this way nothing of so many connections stays in the kernel's table.
    peers.into_iter().try_for_each(Peer::reset)
}

/// More than the kernel and a server with a bound take in while the client does not read, in bytes.
const BEYOND_BUFFERS: usize = 24 * 1024 * 1024;

/// Sends `message` and waits for it to come back.
fn exchange(peer: &mut Peer, message: &[u8]) -> Result<(), Failure> {
    peer.send(message)?;
    peer.expect(message)
}

/// Sends `message` on all connections, and only then reads each answer.
fn exchange_all(peers: &mut [Peer], message: &[u8]) -> Result<(), Failure> {
    peers.iter_mut().try_for_each(|peer| peer.send(message))?;
    peers.iter_mut().try_for_each(|peer| peer.expect(message))
}

/// Connects `count` clients, and only then sends something on each.
fn connect_many(server: &Server, count: usize, hint: &'static crate::Hint) -> Result<Vec<Peer>, Failure> {
    let peers: Result<Vec<_>, _> = (0..count).map(|_| server.connect()).collect();
    let mut peers = peers.or_hint(hint)?;
    exchange_all(&mut peers, b"hello").or_hint(hint)?;
    Ok(peers)
}

/// Sends all of `message` while the server is suspended, so that it sees a single edge.
fn send_at_once(check: &mut CheckRun, message: &[u8]) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = server.connect()?;
    exchange(&mut peer, b"first").or_hint(&NO_ANSWER)?;
    server.wait_idle()?;
    server.while_suspended(|| peer.send(message).and_then(|()| peer.wait_delivered()))?;
    peer.expect(message)
}

/// Starts a server and brings it to the point where it cannot send one client all it has read. Returns
/// both, and what the client has sent.
fn start_backpressured(check: &mut CheckRun, until: Until) -> Result<(Server, Peer, Vec<u8>), Failure> {
    let mut message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    let sent = peer.send_until(&server, &message, until).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    message.truncate(sent);
    Ok((server, peer, message))
}
