//! The conversations with a server that tells addresses.

use super::hints::*;
use crate::{CheckRun, Explain, Failure, Hint, Peer, Server, Symptom, Text};

pub(super) fn tells_the_address(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    connect_first(&server)?;
    Ok(())
}

pub(super) fn closes(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let mut client = connect_first(&server)?;
    client.expect_end().hint(Symptom::Silence, &STAYS_OPEN).hint(Symptom::ExtraBytes, &ONE_LINE)
}

pub(super) fn next_caller(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    connect_first(&server)?.close();
    for _ in 0..3 {
        let mut client = server.connect().or_hint(&FIRST_ONLY)?;
        expect_address(&mut client, &THE_ONE_BEFORE).or_hint(&FIRST_ONLY)?;
        client.close();
    }
    Ok(())
}

pub(super) fn lingers(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let _stays = connect_first(&server)?;
    check.note(Text { vi: "client đó vẫn mở kết nối", en: "that client keeps the connection open" });
    let mut next = server.connect().or_hint(&FIRST_ONLY)?;
    expect_address(&mut next, &THE_ONE_BEFORE).hint(Symptom::Silence, &HELD_UP).or_hint(&FIRST_ONLY)
}

pub(super) fn many_waiting(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let clients = server.while_suspended(|| (0..6).map(|_| server.connect()).collect::<Result<Vec<_>, _>>())?;
    // From the last to the first: a client that is told the address of an earlier one shows it at once.
    for mut client in clients.into_iter().rev() {
        expect_address(&mut client, &MIXED_UP).hint(Symptom::Silence, &HELD_UP).or_hint(&MIXED_UP)?;
    }
    Ok(())
}

pub(super) fn leaves_early(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    server.while_suspended(|| {
        for _ in 0..3 {
            server.connect()?.close();
        }
        Ok(())
    })?;
    expect_still_serving(&server)
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    server.while_suspended(|| (0..3).try_for_each(|_| server.connect()?.reset()))?;
    expect_still_serving(&server)
}

pub(super) fn ipv6(check: &mut CheckRun) -> Result<(), Failure> {
    let address = check.ipv6_loopback()?;
    let server = check.start_with(&[address.to_string()])?;
    let mut client = server.connect()?;
    expect_address(&mut client, &BRACKETS)
}

pub(super) fn gives_back(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.start()?;
    let before = server.descriptors()?;
    connect_first(&server)?.close();
    for _ in 1..40 {
        let mut client = server.connect().or_hint(&FIRST_ONLY)?;
        expect_address(&mut client, &THE_ONE_BEFORE).or_hint(&FIRST_ONLY)?;
        client.close();
    }
    server.expect_descriptors(before + TOLERATED).hint(Symptom::Leak, &KEPT)
}

/// How many descriptors more than before are no leak.
const TOLERATED: usize = 5;

/// Connects as the first client, expects its own address, and stays connected.
fn connect_first(server: &Server) -> Result<Peer, Failure> {
    let mut client = server.connect()?;
    expect_address(&mut client, &NOT_THE_CALLER).hint(Symptom::Silence, &SAYS_NOTHING).hint_if_gone(&HUNG_UP)?;
    Ok(client)
}

/// The client sends nothing and must be told its own address. When that is another address,
/// `other` says what may be the reason; why nothing came at all, only the check can know.
fn expect_address(client: &mut Peer, other: &'static Hint) -> Result<(), Failure> {
    let line = format!("YOU ARE {}\n", client.local_address()?);
    let received = client.expect(line.as_bytes());
    match received.as_ref().err().and_then(Failure::right_bytes) {
        Some(place) if place < "YOU ARE ".len() => received.or_hint(&OTHER_WORDS),
        Some(place) if place + 1 == line.len() => received.or_hint(&LINE_WITHOUT_END),
        Some(_) => received.or_hint(other),
        None => received,
    }
}

/// Expects that the server has survived the clients that left.
fn expect_still_serving(server: &Server) -> Result<(), Failure> {
    let mut client = server.connect().or_hint(&FALLS_WITH_CALLER)?;
    expect_address(&mut client, &THE_ONE_BEFORE).or_hint(&FALLS_WITH_CALLER)?;
    server.stop().or_hint(&FALLS_WITH_CALLER)
}
