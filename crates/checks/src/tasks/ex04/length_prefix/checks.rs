//! The conversations with a server of frames.

use super::super::hints::*;
use super::hints::*;
use crate::{CheckRun, Explain, Failure, Peer, Rng, Server, Symptom};

/// The largest payload that the specification allows.
const MAX_PAYLOAD: usize = 1024 * 1024;

pub(super) fn one_frame(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 5);
    let mut peer = check.start()?.connect()?;
    peer.send(&frame(&payload))?;
    let answer = answer(&payload);
    peer.expect(&answer[..4]).hint(Symptom::Silence, &NO_ANSWER).hint_if_gone(&BYTE_ORDER).or_hint(&LENGTH_FIELD)?;
    peer.expect(&answer[4..]).or_hint(&PAYLOAD)
}

pub(super) fn two_in_one_write(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two] = [4, 7].map(|count| word(check.rng(), count));
    let mut peer = check.start()?.connect()?;
    peer.send(&[frame(&one), frame(&two)].concat())?;
    peer.expect(&answer(&one)).or_hint(&JOINED)?;
    // A server that closes now with the second frame unread sends RST: it never read that far.
    peer.expect(&answer(&two)).hint(Symptom::Reset, &ONE_ONLY).or_hint(&LEFTOVER)
}

pub(super) fn one_after_another(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    for count in [6, 3, 9] {
        let payload = word(check.rng(), count);
        peer.send(&frame(&payload)).or_hint(&ONE_ONLY)?;
        peer.expect(&answer(&payload)).hint(Symptom::WrongBytes, &OUT_OF_STEP).or_hint(&ONE_ONLY)?;
    }
    Ok(())
}

pub(super) fn one_and_a_half(check: &mut CheckRun) -> Result<(), Failure> {
    let [one, two] = [5, 8].map(|count| word(check.rng(), count));
    let second = frame(&two);
    let cut = check.rng().between(1, second.len() - 1);
    let mut peer = check.start()?.connect()?;
    peer.send(&[&frame(&one), &second[..cut]].concat())?;
    peer.expect(&answer(&one)).hint(Symptom::Silence, &HELD_BACK).or_hint(&OUT_OF_STEP)?;
    peer.send(&second[cut..]).or_hint(&OUT_OF_STEP)?;
    peer.expect(&answer(&two)).or_hint(&OUT_OF_STEP)
}

pub(super) fn split_header(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 6);
    let cut = check.rng().between(1, 3);
    let mut peer = check.start()?.connect()?;
    in_pieces(&mut peer, &payload, &[cut]).or_hint(&HEADER_IN_PIECES)
}

pub(super) fn split_payload(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 12);
    let cut = check.rng().between(6, 14);
    let mut peer = check.start()?.connect()?;
    in_pieces(&mut peer, &payload, &[4, cut]).or_hint(&PAYLOAD_IN_PIECES)
}

pub(super) fn empty_frame(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 5);
    let mut peer = check.start()?.connect()?;
    peer.send(&frame(b""))?;
    peer.expect(&answer(b"")).or_hint(&EMPTY)?;
    peer.send(&frame(&payload)).or_hint(&EMPTY)?;
    peer.expect(&answer(&payload)).or_hint(&EMPTY)
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let all: Vec<u8> = (0..=255).collect();
    let server = check.start()?;
    let mut peer = server.connect()?;
    // The second is good UTF-8, and reads differently letter by letter and byte by byte.
    for payload in [all.as_slice(), "Tiếng Việt".as_bytes()] {
        peer.send(&frame(payload)).or_hint(&NOT_TEXT)?;
        peer.expect(&answer(payload)).or_hint(&NOT_TEXT)?;
    }
    server.stop().or_hint(&NOT_TEXT)
}

pub(super) fn pipelined(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = check.start()?.connect()?;
    let rng = check.rng();
    let lengths: Vec<usize> = (0..40).map(|_| rng.between(0, 800)).collect();
    let payloads: Vec<Vec<u8>> = lengths.into_iter().map(|length| rng.bytes(length)).collect();
    let frames: Vec<u8> = payloads.iter().flat_map(|payload| frame(payload)).collect();
    let cuts = rng.cuts(frames.len(), 12);
    peer.send_cut(&frames, &cuts).or_hint(&OUT_OF_STEP)?;
    for payload in &payloads {
        peer.expect(&answer(payload)).or_hint(&OUT_OF_STEP)?;
    }
    Ok(())
}

pub(super) fn large_frame(check: &mut CheckRun) -> Result<(), Failure> {
    long_frame(check, 70_000).or_hint(&SIXTEEN_BITS)
}

pub(super) fn exactly_maximum(check: &mut CheckRun) -> Result<(), Failure> {
    long_frame(check, MAX_PAYLOAD).or_hint(&AT_THE_LIMIT)
}

pub(super) fn over_maximum(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 5);
    let server = check.start()?;
    let mut peer = server.connect()?;
    peer.send(&[frame(&payload), header(MAX_PAYLOAD + 1)].concat())?;
    peer.expect(&answer(&payload)).or_hint(&REFUSE_AND_CLOSE)?;
    expect_closed(&mut peer).hint(Symptom::Silence, &NO_LIMIT).or_hint(&REFUSE_AND_CLOSE)?;
    // A panic has a hint of its own.
    expect_still_serving(&server).hint_when(|symptom| symptom != Symptom::Panicked, &REFUSE_AND_CLOSE)
}

pub(super) fn greatest_length(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut peer = server.connect()?;
    peer.send(&[0xff; 4])?;
    expect_closed(&mut peer).hint(Symptom::Silence, &NO_LIMIT).or_hint(&BIG_NUMBER)?;
    expect_still_serving(&server).or_hint(&BIG_NUMBER)
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let payloads = [3, 0, 9].map(|count| check.rng().bytes(count));
    let mut peer = check.start()?.connect()?;
    peer.send(&payloads.iter().flat_map(|payload| frame(payload)).collect::<Vec<u8>>())?;
    peer.half_close()?;
    for payload in &payloads {
        peer.expect(&answer(payload)).or_hint(&ANSWER_THEN_CLOSE)?;
    }
    peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED).or_hint(&ANSWER_THEN_CLOSE)
}

pub(super) fn cut_frame(check: &mut CheckRun) -> Result<(), Failure> {
    let payload = word(check.rng(), 5);
    let cut = word(check.rng(), 9);
    let server = check.start()?;
    // Once in the middle of the payload, once in the middle of the length.
    for end in [4 + check.rng().between(1, 8), check.rng().between(1, 3)] {
        let mut peer = server.connect()?;
        peer.send(&[&frame(&payload), &frame(&cut)[..end]].concat())?;
        peer.half_close()?;
        peer.expect(&answer(&payload)).or_hint(&ANSWER_THEN_CLOSE)?;
        peer.expect_end().hint(Symptom::Silence, &NOT_CLOSED).or_hint(&CUT_SHORT)?;
    }
    server.stop().or_hint(&CUT_SHORT)
}

/// A length as it goes over the wire.
fn header(length: usize) -> Vec<u8> {
    (length as u32).to_be_bytes().to_vec()
}

/// A frame as it goes over the wire.
fn frame(payload: &[u8]) -> Vec<u8> {
    [header(payload.len()), payload.to_vec()].concat()
}

/// What a right server answers to the frame with this payload.
fn answer(payload: &[u8]) -> Vec<u8> {
    let reversed: Vec<u8> = payload.iter().rev().copied().collect();
    frame(&reversed)
}

/// A payload that a person can read, and that is never the same backwards: an echo is no answer.
fn word(rng: &mut Rng, count: usize) -> Vec<u8> {
    format!("{}.", rng.word(count - 1)).into_bytes()
}

/// Sends one frame in pieces and expects its answer.
fn in_pieces(peer: &mut Peer, payload: &[u8], cuts: &[usize]) -> Result<(), Failure> {
    peer.send_cut(&frame(payload), cuts)?;
    peer.expect(&answer(payload))
}

/// Sends one frame of `count` random bytes and expects its answer.
fn long_frame(check: &mut CheckRun, count: usize) -> Result<(), Failure> {
    let payload = check.rng().bytes(count);
    let mut peer = check.start()?.connect()?;
    peer.send(&frame(&payload))?;
    peer.expect(&answer(&payload))
}

/// The program must close. With bytes unread in its kernel that is an RST, which is as good.
fn expect_closed(peer: &mut Peer) -> Result<(), Failure> {
    match peer.expect_end() {
        Err(failure) if failure.symptom == Symptom::Reset => Ok(()),
        other => other,
    }
}

/// Another client is served as if nothing had happened, and nothing has panicked.
fn expect_still_serving(server: &Server) -> Result<(), Failure> {
    let mut peer = server.connect()?;
    peer.send(&frame(b"still there?"))?;
    peer.expect(&answer(b"still there?"))?;
    server.stop()
}
