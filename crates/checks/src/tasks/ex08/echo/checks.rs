//! The conversations with a datagram echo.

use super::hints::*;
use crate::{CheckRun, DatagramPeer, Explain, Failure, IfSupported, Symptom};

/// What fits in one datagram over IPv4: 65,535 less 20 bytes of IP header and 8 of UDP.
const LARGEST: usize = 65_507;

/// A few descriptors and threads may stay: a program may keep some for the next senders.
const TOLERATED: usize = 4;

pub(super) fn echoes(check: &mut CheckRun) -> Result<(), Failure> {
    let word = check.rng().word(8);
    let peer = check.start()?.datagram_peer()?;
    exchange(&peer, word.as_bytes()).hint(Symptom::Silence, &NO_ANSWER).or_hint(&OTHER_BYTES)
}

pub(super) fn again(check: &mut CheckRun) -> Result<(), Failure> {
    let words = [check.rng().word(5), check.rng().word(12), check.rng().word(7)];
    let peer = check.start()?.datagram_peer()?;
    for word in &words {
        exchange(&peer, word.as_bytes())
            .hint(Symptom::Silence, &ONLY_ONCE)
            .hint_if_gone(&ONLY_ONCE)
            .or_hint(&OTHER_BYTES)?;
    }
    Ok(())
}

pub(super) fn two_peers(check: &mut CheckRun) -> Result<(), Failure> {
    let words: Vec<String> = (0..4).map(|_| check.rng().word(6)).collect();
    let server = check.start()?;
    let peers = [server.datagram_peer()?, server.datagram_peer()?];
    for (index, word) in words.iter().enumerate() {
        exchange(&peers[index % 2], word.as_bytes())
            .hint(Symptom::Silence, &ONE_PEER)
            .hint_if_gone(&ONE_PEER)
            .or_hint(&OTHER_BYTES)?;
    }
    Ok(())
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let every: Vec<u8> = (0..=255).collect();
    let peer = check.start()?.datagram_peer()?;
    exchange(&peer, &every).or_hint(&NOT_TEXT)?;
    exchange(&peer, b"\r\n\n\0 ").or_hint(&NOT_TEXT)
}

pub(super) fn short_after_long(check: &mut CheckRun) -> Result<(), Failure> {
    let (long, short) = (check.rng().word(300), check.rng().word(3));
    let peer = check.start()?.datagram_peer()?;
    exchange(&peer, long.as_bytes()).or_hint(&OTHER_BYTES)?;
    exchange(&peer, short.as_bytes()).hint(Symptom::ExtraBytes, &STALE_BUFFER).or_hint(&OTHER_BYTES)
}

pub(super) fn empty(check: &mut CheckRun) -> Result<(), Failure> {
    let word = check.rng().word(6);
    let peer = check.start()?.datagram_peer()?;
    exchange(&peer, b"").or_hint(&EMPTY)?;
    exchange(&peer, word.as_bytes()).or_hint(&EMPTY)
}

pub(super) fn boundaries(check: &mut CheckRun) -> Result<(), Failure> {
    let mut words = Vec::new();
    for number in 0..6 {
        let length = check.rng().between(1, 40);
        words.push(format!("{number}{}", check.rng().word(length)).into_bytes());
    }
    let server = check.start()?;
    let peer = server.datagram_peer()?;
    // All of them wait in the program's socket before it sees the first.
    server.while_suspended(|| words.iter().try_for_each(|word| peer.send(word)))?;
    peer.expect_each(&words).or_hint(&BOUNDARIES)
}

pub(super) fn sizes(check: &mut CheckRun) -> Result<(), Failure> {
    let peer = check.start()?.datagram_peer()?;
    for size in [513, 1025, 1400, 1473, 2049, 4097, 8193] {
        let bytes = check.rng().bytes(size);
        exchange(&peer, &bytes).or_hint(&BUFFER)?;
    }
    Ok(())
}

pub(super) fn largest(check: &mut CheckRun) -> Result<(), Failure> {
    let bytes = check.rng().bytes(LARGEST);
    let peer = check.start()?.datagram_peer()?;
    exchange(&peer, &bytes).or_hint(&BUFFER)?;
    exchange(&peer, &bytes[..LARGEST - 1]).or_hint(&BUFFER)
}

pub(super) fn closed_port(check: &mut CheckRun) -> Result<(), Failure> {
    let word = check.rng().word(6);
    let server = check.start()?;
    let (gone, stays) = (server.datagram_peer()?, server.datagram_peer()?);
    server.while_suspended(|| {
        gone.send(b"bye")?;
        gone.close_port()
    })?;
    for _ in 0..3 {
        exchange(&stays, word.as_bytes()).or_hint(&CLOSED_PORT)?;
    }
    server.stop().or_hint(&CLOSED_PORT)
}

pub(super) fn many_peers(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let first = server.datagram_peer()?;
    exchange(&first, b"hello").or_hint(&NO_ANSWER)?;
    let before = server.descriptors().if_supported()?.zip(server.threads().if_supported()?);
    let mut peers = Vec::new();
    for number in 0..50 {
        let peer = server.datagram_peer()?;
        exchange(&peer, format!("peer {number}").as_bytes()).or_hint(&ONE_PEER)?;
        peers.push(peer);
    }
    if let Some((descriptors, tasks)) = before {
        server.expect_descriptors(descriptors + TOLERATED).or_hint(&KEPT)?;
        server.expect_threads(tasks + TOLERATED).or_hint(&KEPT)?;
    }
    Ok(())
}

pub(super) fn rests(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let peer = server.datagram_peer()?;
    exchange(&peer, b"hello").or_hint(&NO_ANSWER)?;
    server.expect_idle().or_hint(&SPINS)?;
    exchange(&peer, b"hello").or_hint(&NO_ANSWER)
}

/// Sends one datagram and hears it come back.
fn exchange(peer: &DatagramPeer, bytes: &[u8]) -> Result<(), Failure> {
    peer.send(bytes)?;
    peer.expect(bytes).hint(Symptom::WrongAddress, &OTHER_SOCKET)
}
