//! The conversations with an echo server.

use super::hints::*;
use crate::limits::{LARGE_BUFFER, SMALL_BUFFER};
use crate::tasks::lifecycle::{self, exchange_one};
use crate::{CheckRun, Explain, Failure, Symptom};

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
    lifecycle::idle_first(&check.start()?, &ONE_AT_A_TIME)
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
    lifecycle::reset(&check.start()?, &KEPT_DESCRIPTORS, &CUT)
}

pub(super) fn gone_before_reply(check: &mut CheckRun) -> Result<(), Failure> {
    let message = check.rng().bytes(BEYOND_BUFFERS);
    let server = check.start()?;
    let baseline = server.resources()?;
    let mut peer = server.connect_options().receive_buffer(SMALL_BUFFER).connect()?;
    peer.fill_buffers(&server, &message)?;
    peer.close();
    lifecycle::expect_still_serving(&server, &baseline, &KEPT_DESCRIPTORS, &CUT)
}

pub(super) fn gives_back(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    exchange_one(&server).or_hint(&WAITS_FOR_MORE)?;
    lifecycle::gives_back(&server, &ONE_AT_A_TIME, &KEPT_DESCRIPTORS, &KEPT_THREADS)
}

pub(super) fn descriptors_run_out(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    exchange_one(&server).or_hint(&WAITS_FOR_MORE)?;
    lifecycle::descriptors_run_out(check, &server, &SPINS_ON_ACCEPT, &NO_DESCRIPTORS)
}

/// More than the buffers of kernel and server take in while the client does not read, in bytes.
const BEYOND_BUFFERS: usize = 6 * 1024 * 1024;
