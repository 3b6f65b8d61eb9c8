//! The conversations with an echo server that is one event loop.

use super::hints::*;
use crate::room::room_for;
use crate::{Explain, Failure, IfSupported, Order, Peer, Server, Sign, Symptom, Trial, Until, said, text};

pub(super) fn echoes(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(300);
    let mut peer = trial.start()?.connect()?;
    peer.send(&message)?;
    peer.expect(&message).hint(Symptom::WrongBytes, &OTHER_BYTES).or_hint(&NO_ANSWER)
}

pub(super) fn second_message(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let mut peer = server.connect()?;
    for length in [7, 3, 12] {
        // It has read everything, and has been told so by `WouldBlock`.
        server.settle()?;
        let message = trial.rng().word(length);
        peer.send(message.as_bytes()).hint_if_gone(&NOT_AN_ERROR)?;
        peer.expect(message.as_bytes()).hint_if_gone(&NOT_AN_ERROR).or_hint(&NO_ANSWER)?;
    }
    Ok(())
}

pub(super) fn idle_first(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let mut idle = server.connect()?;
    server.settle()?; // two that come together are the question of another check
    let mut peer = server.connect()?;
    ask(&mut peer, b"and I?").or_hint(&BLOCKS)?;
    ask(&mut idle, b"me too").or_hint(&BLOCKS)
}

pub(super) fn one_thread(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let _peers = crowd(&server, 20, &CROWD)?;
    let threads = server.tasks()?;
    if threads > 1 {
        return Err(Failure::new(
            Symptom::Leak,
            said! {
                vi: "20 client đang kết nối, và chương trình có {threads} thread. Lẽ ra chỉ 1.",
                en: "20 clients are connected, and the program has {threads} threads. It should be 1.",
            },
        ))
        .or_hint(&ONE_THREAD);
    }
    Ok(())
}

pub(super) fn burst(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(12_000);
    all_at_once(trial, &message).hint(Symptom::Silence, &NOT_DRAINED).or_hint(&OTHER_BYTES)
}

pub(super) fn long_burst(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(48_000);
    all_at_once(trial, &message).hint(Symptom::Silence, &TURN_FORGOTTEN).or_hint(&OTHER_BYTES)
}

pub(super) fn many_callers(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let mut peers = server.while_suspended(|| (0..20).map(|_| server.connect()).collect::<Result<Vec<_>, _>>())?;
    for peer in &mut peers {
        ask(peer, b"I am here").or_hint(&ONE_ACCEPT)?;
    }
    Ok(())
}

pub(super) fn slow_reader(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(6 * 1024 * 1024);
    let server = trial.start()?;
    let mut peer = server.dial().receive_buffer(SMALL).connect()?;
    let (mut sent, mut read) = (0, 0);
    // In most of these rounds the server is stuck in the middle of a write.
    for _ in 0..8 {
        sent += peer.fill(&server, &message[sent..]).hint_if_gone(&WRITE_WOULD_BLOCK)?;
        let next = (read + 50_001).min(sent);
        peer.expect(&message[read..next]).hint(Symptom::Reset, &WRITE_WOULD_BLOCK).or_hint(&PART_OF_A_WRITE)?;
        read = next;
    }
    peer.widen(LARGE)?;
    peer.half_close()?;
    peer.expect(&message[read..sent]).hint(Symptom::Reset, &WRITE_WOULD_BLOCK).or_hint(&PART_OF_A_WRITE)
}

pub(super) fn stops_reading(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(MUCH);
    let server = trial.start()?;
    let mut peer = server.dial().receive_buffer(SMALL).connect()?;
    let sent = peer.fill(&server, &message).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    let took_all = peer.unread().map_or(sent == MUCH, |unread| !unread);
    if took_all {
        let megabytes = MUCH / 1024 / 1024;
        return Err(Failure::new(
            Symptom::Leak,
            said! {
                vi: "Tôi gửi {megabytes} MiB mà không đọc byte nào, và chương trình cứ nhận hết. Nó đang giữ chừng ấy cho một client.",
                en: "I sent {megabytes} MiB and read nothing, and the program took it all in. It now keeps that much for one client.",
            },
        ))
        .or_hint(&UNBOUNDED);
    }
    Ok(())
}

pub(super) fn goes_on(trial: &mut Trial) -> Result<(), Failure> {
    let (server, mut peer, owed) = stuck(trial, Until::StopsReading)?;
    trial.note(text!("tôi không gửi gì nữa, chỉ đọc", "I send nothing more, I only read"));
    peer.widen(LARGE)?;
    peer.expect(&owed).hint(Symptom::Silence, &NOT_RESUMED).or_hint(&PART_OF_A_WRITE)?;
    ask(&mut peer, b"and now?").or_hint(&NOT_RESUMED)?;
    server.stop()
}

pub(super) fn half_close(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(3000);
    let server = trial.start()?;
    let mut peer = server.connect()?;
    peer.send(&message)?;
    peer.half_close()?;
    peer.expect(&message).or_hint(&CUT_AT_END)?;
    peer.expect_end().hint(Symptom::Silence, &END_NOT_SEEN).or_hint(&CUT_AT_END)?;

    let (server, mut peer, owed) = stuck(trial, Until::Owes)?;
    peer.half_close()?;
    server.settle()?; // it has seen the end, and still owes something
    peer.widen(LARGE)?;
    peer.expect(&owed).or_hint(&CUT_AT_END)?;
    peer.expect_end().hint(Symptom::Silence, &END_NOT_SEEN).or_hint(&CUT_AT_END)
}

pub(super) fn fair(trial: &mut Trial) -> Result<(), Failure> {
    /// An unfair program might be spared once, when the kernel is slow to bring more of the flood.
    const ROUNDS: usize = 3;
    let flood = trial.rng().bytes(4 * 1024 * 1024);
    let server = trial.start()?;
    (0..ROUNDS).try_for_each(|_| modest_before_flooding(&server, &flood))
}

/// Two clients have sent something before the server sees any of it: one as much as goes in, the other a
/// byte. The byte must come back before a good part of the flood has been read.
fn modest_before_flooding(server: &Server, flood: &[u8]) -> Result<(), Failure> {
    /// In bytes; the kernel doubles it. Room for many turns, and yet soon read.
    const BUFFER: usize = 256 * 1024;
    /// With less than this, in bytes, a program cannot be seen to be unfair.
    const ENOUGH: usize = 160 * 1024;
    let mut flooding = server.dial().send_buffer(BUFFER).connect()?;
    let mut modest = server.connect()?;
    ask(&mut flooding, b"first").or_hint(&NO_ANSWER)?;
    ask(&mut modest, b"second").or_hint(&NO_ANSWER)?;
    server.settle()?;
    let (sent, order) = server.while_suspended(|| {
        let sent = flooding.cram(flood)?;
        if sent < ENOUGH {
            return Err(Failure::unsupported());
        }
        modest.send(b"x")?;
        modest.until_arrived()?;
        Ok((sent, Order::of(&[(&flooding, Sign::Room), (&modest, Sign::Came)])?))
    })?;
    if order.next().or_hint(&UNFAIR)? == 0 {
        return Err(Failure::new(
            Symptom::Silence,
            text!(
                "Client B gửi một byte và chờ. Chương trình đã đọc rất nhiều byte của client A mà chưa trả lời B.",
                "Client B sent a byte and waits. The program has read a great many bytes from client A, and not answered B.",
            ),
        ))
        .or_hint(&UNFAIR);
    }
    modest.expect(b"x").or_hint(&UNFAIR)?;
    flooding.expect(&flood[..sent]).or_hint(&PART_OF_A_WRITE)
}

pub(super) fn reset(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    serve_one(&server).or_hint(&NO_ANSWER)?;
    let descriptors = server.descriptors().if_supported()?;
    for _ in 0..3 {
        let mut peer = server.connect().hint_if_gone(&CUT)?;
        ask(&mut peer, b"hello").or_hint(&CUT)?;
        peer.reset()?;
    }
    still_serves(&server, descriptors)
}

pub(super) fn gone_before_reply(trial: &mut Trial) -> Result<(), Failure> {
    let message = trial.rng().bytes(MUCH);
    let server = trial.start()?;
    serve_one(&server).or_hint(&NO_ANSWER)?;
    let descriptors = server.descriptors().if_supported()?;
    let mut peer = server.dial().receive_buffer(SMALL).connect()?;
    peer.fill(&server, &message).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    peer.close();
    still_serves(&server, descriptors)
}

pub(super) fn tokens(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let mut peers = crowd(&server, 3, &NO_ANSWER)?;
    for _ in 0..3 {
        let mut leaving = peers.remove(0);
        leaving.half_close()?;
        leaving.expect_end().or_hint(&END_NOT_SEEN)?;
        peers.push(server.connect().or_hint(&TOKEN_TAKEN)?);
        // The newcomer first: it may have been given what belongs to another.
        for peer in peers.iter_mut().rev() {
            ask(peer, b"still me").or_hint(&TOKEN_TAKEN)?;
        }
    }
    Ok(())
}

pub(super) fn rests(trial: &mut Trial) -> Result<(), Failure> {
    let server = trial.start()?;
    let _peers = crowd(&server, 3, &NO_ANSWER)?;
    trial.note(text!("ba client kết nối, không ai nói gì", "three clients are connected, and none says anything"));
    server.expect_rest().or_hint(&SPINS)
}

pub(super) fn rests_stuck(trial: &mut Trial) -> Result<(), Failure> {
    let (server, _peer, _) = stuck(trial, Until::StopsReading)?;
    server.expect_rest().or_hint(&SPINS_STUCK)
}

pub(super) fn descriptors_run_out(trial: &mut Trial) -> Result<(), Failure> {
    const ROOM: usize = 8;
    let server = trial.start()?;
    serve_one(&server).or_hint(&NO_ANSWER)?;
    server.limit_descriptors(ROOM)?;
    let callers: Result<Vec<_>, _> = (0..20).map(|_| server.connect()).collect();
    let mut callers = callers.or_hint(&NO_DESCRIPTORS)?;
    for peer in &mut callers {
        peer.send(b"hello").hint_if_gone(&NO_DESCRIPTORS)?;
    }
    for peer in &mut callers[..ROOM] {
        peer.expect(b"hello").or_hint(&NO_DESCRIPTORS)?;
    }
    server.expect_rest().hint(Symptom::Spin, &SPINS_ON_ACCEPT).or_hint(&NO_DESCRIPTORS)?;
    trial.note(text!(
        "8 client đầu bỏ đi; 12 client còn lại vẫn chờ, không ai gọi thêm",
        "the first 8 leave; the other 12 still wait, and nobody new calls"
    ));
    for peer in callers.drain(..ROOM) {
        peer.close();
    }
    for peer in &mut callers[..ROOM] {
        peer.expect(b"hello").hint(Symptom::Silence, &CALLER_FORGOTTEN).or_hint(&NO_DESCRIPTORS)?;
    }
    Ok(())
}

pub(super) fn thousand(trial: &mut Trial) -> Result<(), Failure> {
    let count = room_for(1000);
    let server = trial.start()?;
    let mut peers = crowd(&server, count, &CROWD)?;
    ask_all(&mut peers, b"again").or_hint(&CROWD)?;
    // In this way nothing of so many connections stays in the kernel's table.
    peers.into_iter().try_for_each(Peer::reset)
}

/// More than kernel and a server that keeps within its bounds take in while nobody reads, in bytes.
const MUCH: usize = 24 * 1024 * 1024;

/// A receive buffer that makes our side a slow reader, in bytes.
const SMALL: usize = 4096;

/// A receive buffer that makes it a quick one again, in bytes.
const LARGE: usize = 1024 * 1024;

/// Says `message` and waits for it to come back.
fn ask(peer: &mut Peer, message: &[u8]) -> Result<(), Failure> {
    peer.send(message)?;
    peer.expect(message)
}

/// All say `message`, and only then is each answer read.
fn ask_all(peers: &mut [Peer], message: &[u8]) -> Result<(), Failure> {
    peers.iter_mut().try_for_each(|peer| peer.send(message))?;
    peers.iter_mut().try_for_each(|peer| peer.expect(message))
}

fn serve_one(server: &Server) -> Result<(), Failure> {
    ask(&mut server.connect()?, b"still there?")
}

/// `count` clients call, and only then do they say something.
fn crowd(server: &Server, count: usize, hint: &'static crate::Hint) -> Result<Vec<Peer>, Failure> {
    let peers: Result<Vec<_>, _> = (0..count).map(|_| server.connect()).collect();
    let mut peers = peers.or_hint(hint)?;
    ask_all(&mut peers, b"hello").or_hint(hint)?;
    Ok(peers)
}

/// While the server is suspended, all of `message` comes, so that it sees a single edge.
fn all_at_once(trial: &mut Trial, message: &[u8]) -> Result<(), Failure> {
    let server = trial.start()?;
    let mut peer = server.connect()?;
    ask(&mut peer, b"first").or_hint(&NO_ANSWER)?;
    server.settle()?;
    server.while_suspended(|| peer.send(message).and_then(|()| peer.until_arrived()))?;
    peer.expect(message)
}

/// A server that owes one client something, and that client; with all that the client has sent.
fn stuck(trial: &mut Trial, until: Until) -> Result<(Server, Peer, Vec<u8>), Failure> {
    let mut message = trial.rng().bytes(MUCH);
    let server = trial.start()?;
    let mut peer = server.dial().receive_buffer(SMALL).connect()?;
    let sent = peer.fill_until(&server, &message, until).hint_if_gone(&WRITE_WOULD_BLOCK)?;
    message.truncate(sent);
    Ok((server, peer, message))
}

/// The server has noticed what happened, and has survived it.
fn still_serves(server: &Server, descriptors: Option<usize>) -> Result<(), Failure> {
    if let Some(most) = descriptors {
        server.expect_descriptors(most).hint(Symptom::Leak, &KEPT).or_hint(&CUT)?;
    }
    serve_one(server).or_hint(&CUT)?;
    server.stop().or_hint(&CUT)
}
