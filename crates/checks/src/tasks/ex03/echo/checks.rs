//! The conversations with an echo server.

use super::hints::*;
use crate::{CheckRun, Explain, Failure, ResourceUsage, Server, Symptom, Text};

pub(super) fn same_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().word(8);
    let mut peer = check.start()?.connect()?;
    peer.send(message.as_bytes())?;
    peer.expect(message.as_bytes())
        .hint(Symptom::Silence, &WAITS_FOR_MORE)
        .hint(Symptom::WrongBytes, &OTHER_BYTES)
        .hint_if_gone(&LEFT_TOO_EARLY)
}

pub(super) fn second_message(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    for length in [7, 3, 12] {
        let message = check.rng().word(length);
        peer.send(message.as_bytes()).hint_if_gone(&ONE_READ)?;
        peer.expect(message.as_bytes())
            .hint(Symptom::WrongBytes, &STALE_BUFFER)
            .hint(Symptom::Silence, &ONE_READ)
            .hint_if_gone(&ONE_READ)?;
    }
    Ok(())
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let mut message: Vec<u8> = (0..=255).collect();
    message.extend(check.rng().bytes(256));
    let mut peer = check.start()?.connect()?;
    peer.send(&message)?;
    peer.expect(&message).or_hint(&NOT_TEXT)
}

pub(super) fn full_buffer(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    for power in 6..=14 {
        let message = check.rng().bytes(1 << power);
        let mut peer = server.connect()?;
        peer.send(&message)?;
        peer.expect(&message).hint(Symptom::Silence, &FULL_MEANS_MORE).or_hint(&NOT_TEXT)?;
    }
    Ok(())
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(3000);
    let mut peer = check.start()?.connect()?;
    peer.send(&message)?;
    peer.half_close()?;
    peer.expect(&message).hint_if_gone(&CLOSED_BEFORE_REPLY).or_hint(&OTHER_BYTES)?;
    peer.expect_end().hint(Symptom::Silence, &END_NOT_SEEN).hint(Symptom::ExtraBytes, &STALE_BUFFER)
}

pub(super) fn slow_reader(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(512 * 1024);
    let mut peer = check.start()?.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    peer.send_and_receive(&message, &message).or_hint(&EVERY_BYTE)?;
    peer.half_close()?;
    peer.expect_end().or_hint(&EVERY_BYTE)
}

pub(super) fn short_write(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    let (mut sent, mut read) = (0, 0);
    // Whatever the server's buffer, in most of these rounds it is stuck in the middle of a write.
    for _ in 0..8 {
        sent += peer.fill_buffers(&server, &message[sent..])?;
        server.suspend_and_resume()?;
        let next = (read + 50_001).min(sent);
        peer.expect(&message[read..next]).or_hint(&PART_OF_A_WRITE)?;
        read = next;
    }
    peer.half_close()?;
    peer.grow_receive_buffer(LARGE_BUFFER)?;
    peer.expect(&message[read..sent]).or_hint(&PART_OF_A_WRITE)
}

pub(super) fn idle_first(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut idle = server.connect()?;
    let mut peer = server.connect()?;
    peer.send(b"and I?")?;
    peer.expect(b"and I?").or_hint(&ONE_AT_A_TIME)?;
    idle.send(b"me too")?;
    idle.expect(b"me too").or_hint(&ONE_AT_A_TIME)
}

pub(super) fn reconnect(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    for message in [b"first", b"again", b"third"] {
        let mut peer = server.connect().hint_if_gone(&LEFT_WITH_CLIENT)?;
        peer.send(message).hint_if_gone(&LEFT_WITH_CLIENT)?;
        peer.expect(message).hint_if_gone(&LEFT_WITH_CLIENT).or_hint(&WAITS_FOR_MORE)?;
        peer.half_close()?;
        peer.expect_end().or_hint(&END_NOT_SEEN)?;
    }
    Ok(())
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let baseline = server.resources()?;
    for _ in 0..3 {
        let mut peer = server.connect().hint_if_gone(&CUT)?;
        peer.send(b"hello")?;
        peer.expect(b"hello").or_hint(&CUT)?;
        peer.reset()?;
    }
    expect_still_serving(&server, &baseline)
}

pub(super) fn gone_before_reply(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    let baseline = server.resources()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    peer.fill_buffers(&server, &message)?;
    peer.close();
    expect_still_serving(&server, &baseline)
}

pub(super) fn gives_back(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    exchange_one(&server).or_hint(&WAITS_FOR_MORE)?;
    let (descriptors, tasks) = (server.descriptors()?, server.threads()?);
    let mut peers = Vec::new();
    for _ in 0..50 {
        let mut peer = server.connect()?;
        peer.send(b"hello")?;
        peer.expect(b"hello").or_hint(&ONE_AT_A_TIME)?;
        peers.push(peer);
    }
    drop(peers);
    // A few may stay: a program may keep some threads for the next clients.
    server.expect_descriptors(descriptors + TOLERATED).hint(Symptom::Leak, &KEPT_DESCRIPTORS)?;
    server.expect_threads(tasks + TOLERATED).hint(Symptom::Leak, &KEPT_THREADS)
}

pub(super) fn descriptors_run_out(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    exchange_one(&server).or_hint(&WAITS_FOR_MORE)?;
    server.limit_descriptors(8)?;
    let clients: Result<Vec<_>, _> = (0..20).map(|_| server.connect()).collect();
    let clients = clients.or_hint(&NO_DESCRIPTORS)?;
    check.note(Text {
        vi: "20 client cùng kết nối, server chỉ còn 8 descriptor",
        en: "20 clients connect, the server has 8 descriptors left",
    });
    server.expect_idle().hint(Symptom::BusyLoop, &SPINS_ON_ACCEPT).or_hint(&NO_DESCRIPTORS)?;
    drop(clients);
    check
        .note(Text {
            vi: "tất cả bỏ đi, server lại có descriptor", en: "all leave, the server has descriptors again"
        });
    expect_served_again(&server).or_hint(&NO_DESCRIPTORS)
}

/// More than the buffers of kernel and server take in while the client does not read, in bytes.
const BEYOND_BUFFERS: usize = 6 * 1024 * 1024;

/// A receive buffer that makes our side a slow reader, in bytes.
const SMALL_BUFFER: usize = 4096;

/// A receive buffer that makes it a quick one again, in bytes.
const LARGE_BUFFER: usize = 1024 * 1024;

/// How many descriptors or threads more than before are no leak.
const TOLERATED: usize = 5;

/// Connects, exchanges one message, and closes.
fn exchange_one(server: &Server) -> Result<(), Failure> {
    let mut peer = server.connect()?;
    peer.send(b"still there?")?;
    peer.expect(b"still there?")
}

/// A server that was short of descriptors may still turn a client or two away, while those that
/// have left are being cleared up; but not for long.
fn expect_served_again(server: &Server) -> Result<(), Failure> {
    const TRIES: usize = 20;
    let turned_away = |failure: &Failure| matches!(failure.symptom, Symptom::EndOfStream | Symptom::Reset);
    for _ in 1..TRIES {
        match exchange_one(server) {
            Err(failure) if turned_away(&failure) => {}
            served_or_lost => return served_or_lost,
        }
    }
    exchange_one(server)
}

/// Expects that the server has noticed what happened, and has survived it.
fn expect_still_serving(server: &Server, baseline: &ResourceUsage) -> Result<(), Failure> {
    server.wait_released(baseline).hint(Symptom::Leak, &KEPT_DESCRIPTORS).or_hint(&CUT)?;
    exchange_one(server).or_hint(&CUT)?;
    server.stop().or_hint(&CUT)
}
