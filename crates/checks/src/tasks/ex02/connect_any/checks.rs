//! The conversations with a client that tries every address.

use std::net::{Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

use super::hints::*;
use crate::{Blackhole, CheckRun, Client, Explain, Failure, Peer, RefusingAddress, Symptom, Text};

/// How many refusals, each with a pause of HEAD_START after it, last longer than DEADLINE.
const MANY_REFUSALS: usize = 40;

/// How many silent addresses get more than DEADLINE if each has one of its own: tried HEAD_START
/// apart, the last is given up after more than eight seconds.
const MANY_BLACKHOLES: usize = 24;

/// A SYN without an answer is repeated after a second (RFC 6298); this is ample.
const SYN_RETRANSMIT: Duration = Duration::from_secs(2);

/// How often a stalled machine may make a right program late before we hold it against it.
const TRIES: usize = 3;

pub(super) fn only_address(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.listen()?;
    let client = start_with_addresses(check, &[server.address()])?;
    let peer = server.accept(&client).or_hint(&CALLS_NOBODY)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn falls_back(check: &mut CheckRun) -> Result<(), Failure> {
    let (closed, server) = (check.refusing_address()?, check.listen()?);
    check.note(Text { vi: "địa chỉ đầu từ chối", en: "the first address refuses" });
    let client = start_with_addresses(check, &[closed.address(), server.address()])?;
    let peer = server.accept(&client).or_hint(&FIRST_ERROR_ENDS)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn all_refused(check: &mut CheckRun) -> Result<(), Failure> {
    let closed = refusing_addresses(check, 3)?;
    check.note(Text { vi: "địa chỉ nào cũng từ chối", en: "every address refuses" });
    let client = start_with_addresses(check, &closed.iter().map(RefusingAddress::address).collect::<Vec<_>>())?;
    expect_given_up(&client).or_hint(&NO_WINNER)
}

pub(super) fn at_once(check: &mut CheckRun) -> Result<(), Failure> {
    let (closed, server) = (refusing_addresses(check, MANY_REFUSALS)?, check.listen()?);
    check.note(Text {
        vi: "tất cả đều từ chối, trừ địa chỉ cuối", en: "all refuse, except the last"
    });
    let addresses: Vec<_> = closed.iter().map(RefusingAddress::address).chain([server.address()]).collect();
    let client = start_with_addresses(check, &addresses)?;
    let peer = server.accept(&client).or_hint(&WAITS_AFTER_FAILURE)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn first_wins(check: &mut CheckRun) -> Result<(), Failure> {
    // Three addresses that all answer. A machine that stalls for HEAD_START excuses a second call;
    // a program that calls all at once does so every time.
    check.retry(Symptom::UnexpectedConnection, TRIES, |check| {
        let mut servers = [check.listen()?, check.listen()?, check.listen()?];
        // The highest port first: sorted is not the order in which they were given.
        servers.sort_by_key(|server| std::cmp::Reverse(server.address()));
        let [first, second, third] = &servers;
        let client = start_with_addresses(check, &[first.address(), second.address(), third.address()])?;
        let peer = first.accept_before(&[second, third], &client).or_hint(&NOT_IN_ORDER)?;
        client.wait_printed().or_hint(&NOT_USED)?;
        second.expect_no_connection().or_hint(&ALL_AT_ONCE)?;
        third.expect_no_connection().or_hint(&ALL_AT_ONCE)?;
        expect_used(check, &client, peer, first.address())
    })
}

pub(super) fn takes_turns(check: &mut CheckRun) -> Result<(), Failure> {
    let (closed, same, other) =
        (check.refusing_address()?, check.listen()?, check.listen_at(check.ipv6_loopback()?.ip())?);
    check.note(Text {
        vi: "địa chỉ đầu từ chối; hai địa chỉ sau trả lời",
        en: "the first refuses; the other two answer",
    });
    let client = start_with_addresses(check, &[closed.address(), same.address(), other.address()])?;
    let peer = other.accept_before(&[&same], &client).or_hint(&NO_TURNS)?;
    expect_used(check, &client, peer, other.address())
}

pub(super) fn first_family(check: &mut CheckRun) -> Result<(), Failure> {
    for v4_first in [true, false] {
        let mut places = [check.listen()?, check.listen_at(check.ipv6_loopback()?.ip())?];
        if !v4_first {
            places.reverse();
        }
        let [first, second] = &places;
        let client = start_with_addresses(check, &[first.address(), second.address()])?;
        let peer = first.accept_before(&[second], &client).or_hint(&PREFERS_A_FAMILY)?;
        expect_used(check, &client, peer, first.address())?;
    }
    Ok(())
}

pub(super) fn longer_family(check: &mut CheckRun) -> Result<(), Failure> {
    let other = check.refusing_address_at(check.ipv6_loopback()?)?;
    let (closed, server) = (refusing_addresses(check, 2)?, check.listen()?);
    let [one, two] = [closed[0].address(), closed[1].address()];
    check.note(Text {
        vi: "chỉ địa chỉ IPv4 cuối cùng trả lời", en: "only the last IPv4 address answers"
    });
    let client = start_with_addresses(check, &[one, other.address(), two, server.address()])?;
    let peer = server.accept(&client).or_hint(&DROPS_THE_REST)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn name(check: &mut CheckRun) -> Result<(), Failure> {
    let server = check.listen()?;
    let port = server.address().port();
    // On many machines the name stands for [::1], too; no other server may be met there.
    let _held = check
        .ipv6_loopback()
        .is_ok()
        .then(|| check.refusing_address_at((Ipv6Addr::LOCALHOST, port).into()))
        .transpose()?;
    let known = ("localhost", port).to_socket_addrs().is_ok_and(|mut found| found.any(|one| one == server.address()));
    if !known {
        return Err(Failure::unsupported());
    }
    let client = check.start_client(&[format!("localhost:{port}")])?;
    let peer = server.accept(&client).or_hint(&FIRST_ERROR_ENDS)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn silent(check: &mut CheckRun) -> Result<(), Failure> {
    let (silent, server) = (check.blackhole()?, check.listen()?);
    check.note(Text { vi: "địa chỉ đầu im lặng", en: "the first address is silent" });
    let client = start_with_addresses(check, &[silent.address(), server.address()])?;
    let peer = server.accept(&client).or_hint(&WAITS_FOR_THE_SILENT)?;
    client.wait_printed().or_hint(&WAITS_FOR_THE_LOSER)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn several_silent(check: &mut CheckRun) -> Result<(), Failure> {
    let (silent, server) = (blackholes(check, 4)?, check.listen()?);
    check.note(Text { vi: "tất cả im lặng, trừ địa chỉ cuối", en: "all are silent, except the last" });
    let addresses: Vec<_> = silent.iter().map(Blackhole::address).chain([server.address()]).collect();
    let client = start_with_addresses(check, &addresses)?;
    let peer = server.accept(&client).or_hint(&EACH_SILENCE)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn all_silent(check: &mut CheckRun) -> Result<(), Failure> {
    let silent = blackholes(check, 2)?;
    check.note(Text { vi: "địa chỉ nào cũng im lặng", en: "every address is silent" });
    let client = start_with_addresses(check, &silent.iter().map(Blackhole::address).collect::<Vec<_>>())?;
    expect_given_up(&client).hint(Symptom::StillRunning, &NO_DEADLINE).or_hint(&NO_WINNER)
}

pub(super) fn one_deadline(check: &mut CheckRun) -> Result<(), Failure> {
    let silent = blackholes(check, MANY_BLACKHOLES)?;
    check.note(Text { vi: "địa chỉ nào cũng im lặng", en: "every address is silent" });
    let client = start_with_addresses(check, &silent.iter().map(Blackhole::address).collect::<Vec<_>>())?;
    expect_given_up(&client).hint(Symptom::StillRunning, &A_DEADLINE_EACH).or_hint(&NO_WINNER)
}

pub(super) fn slow_first(check: &mut CheckRun) -> Result<(), Failure> {
    let (slow, closed) = (check.blackhole()?, check.refusing_address()?);
    check.note(Text {
        vi: "địa chỉ đầu im lặng, địa chỉ sau từ chối",
        en: "the first address is silent, the next refuses",
    });
    let client = start_with_addresses(check, &[slow.address(), closed.address()])?;
    slow.wait_connect(&client).or_hint(&CALLS_NOBODY)?;
    let slow = slow.answer()?;
    let peer = slow.accept(&client).or_hint(&GIVES_UP_THE_SLOW)?;
    expect_used(check, &client, peer, slow.address())
}

pub(super) fn beside_silent(check: &mut CheckRun) -> Result<(), Failure> {
    let (silent, closed, server) = (check.blackhole()?, refusing_addresses(check, MANY_REFUSALS)?, check.listen()?);
    check.note(Text {
        vi: "địa chỉ đầu im lặng, địa chỉ cuối trả lời, còn lại đều từ chối",
        en: "the first address is silent, the last answers, all others refuse",
    });
    let refusing = closed.iter().map(RefusingAddress::address);
    let addresses: Vec<_> = [silent.address()].into_iter().chain(refusing).chain([server.address()]).collect();
    let client = start_with_addresses(check, &addresses)?;
    let peer = server.accept(&client).or_hint(&WAITS_BESIDE_THE_SILENT)?;
    expect_used(check, &client, peer, server.address())
}

pub(super) fn loser(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::UnexpectedConnection, TRIES, |check| {
        let (slow, server, spare) = (check.blackhole()?, check.listen()?, check.listen()?);
        check.note(Text {
            vi: "địa chỉ đầu im lặng, hai địa chỉ sau trả lời",
            en: "the first is silent, the other two answer",
        });
        let client = start_with_addresses(check, &[slow.address(), server.address(), spare.address()])?;
        slow.wait_connect(&client).or_hint(&NOT_IN_ORDER)?;
        let mut peer = server.accept_before(&[&spare], &client).or_hint(&WAITS_FOR_THE_SILENT)?;
        client.wait_printed().or_hint(&WAITS_FOR_THE_LOSER)?;
        peer.send(b"still ").or_hint(&NOT_USED)?;
        let slow = slow.answer()?;
        // A program may also have taken its first call back; then none comes.
        let late = slow.accept_within(SYN_RETRANSMIT)?;
        peer.send(b"right ").or_hint(&NOT_USED)?;
        if let Some(mut late) = late {
            match late.expect_end() {
                Err(failure) if failure.symptom == Symptom::Reset => {} // that is closed, too
                closed => closed.or_hint(&KEEPS_THE_LOSER)?,
            }
        }
        spare.expect_no_connection().or_hint(&CALLS_ON)?;
        peer.send(b"here\n").or_hint(&NOT_USED)?;
        peer.close();
        expect_printed(&client, server.address(), "still right here\n")
    })
}

/// Starts the program with these addresses.
fn start_with_addresses(check: &mut CheckRun, addresses: &[SocketAddr]) -> Result<Client, Failure> {
    check.start_client(&addresses.iter().map(SocketAddr::to_string).collect::<Vec<_>>())
}

/// Reserves `count` addresses that refuse. Windows repeats a refused call for two seconds before it
/// believes it, so that a crowd of them says nothing about a program.
fn refusing_addresses(check: &CheckRun, count: usize) -> Result<Vec<RefusingAddress>, Failure> {
    if cfg!(windows) && count == MANY_REFUSALS {
        return Err(Failure::unsupported());
    }
    (0..count).map(|_| check.refusing_address()).collect()
}

/// Opens `count` addresses that are silent.
fn blackholes(check: &CheckRun, count: usize) -> Result<Vec<Blackhole>, Failure> {
    (0..count).map(|_| check.blackhole()).collect()
}

/// `peer`, called at `address`, must be the connection that the program returns: it prints what
/// is said there, and ends well when the stream does.
fn expect_used(check: &mut CheckRun, client: &Client, mut peer: Peer, address: SocketAddr) -> Result<(), Failure> {
    let words = format!("{}\n", check.rng().word(10));
    peer.send(words.as_bytes()).or_hint(&NOT_USED)?;
    peer.close();
    expect_printed(client, address, &words)
}

fn expect_printed(client: &Client, address: SocketAddr, words: &str) -> Result<(), Failure> {
    let ended = client.finish().or_hint(&NOT_USED)?;
    ended.expect_success().hint(Symptom::Panicked, &PANICS).or_hint(&NOT_USED)?;
    ended.expect_output(&format!("CONNECTED {address}\n{words}")).or_hint(&NOT_USED)
}

/// The program must say that it found no connection, and end.
fn expect_given_up(client: &Client) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_failure().hint(Symptom::Panicked, &PANICS)?;
    ended.expect_output("")?;
    ended.expect_error_message()
}
