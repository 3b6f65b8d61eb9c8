//! A path between two network namespaces: the kernel's own TCP meets the link.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{fs, thread};

use libtest_mimic::Arguments;
use link::netns::{Host, NetnsPair, SetupError};
use link::{Conditions, Link, megabits};
use narrate::testing::{Failed, must, where_permitted};

const SEED: u64 = 20_260_721;
const PERFECT: Conditions = Conditions::PERFECT;
const LIMIT: Option<Duration> = Some(Duration::from_secs(60));

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    // A step that fails on a machine that permits it all is for the tests to report.
    let refused =
        NetnsPair::create(PERFECT, PERFECT, SEED).err().filter(|error| !matches!(error, SetupError::Failed { .. }));
    let refused = refused.map(|error| format!("{error:?}"));
    let refused = refused.as_deref();
    let trials = vec![
        where_permitted(refused, "the kernel's TCP sees the delay in every round trip", round_trips),
        where_permitted(refused, "the kernel's TCP sends again what the link has lost", retransmissions),
        where_permitted(refused, "the kernel's TCP is no faster than the rate", rate),
        where_permitted(refused, "the same datagrams arrive as the core says", outcomes),
        where_permitted(refused, "programs run at either end", programs),
        where_permitted(refused, "packets of two pairs do not mix", two_paths),
        where_permitted(refused, "a dropped pair leaves no namespace behind", nothing_is_left),
        where_permitted(refused, "the next pair removes what a killed process left", leftovers),
    ];
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A client in one namespace and the server's side of its connection in the other.
fn connection(path: &NetnsPair) -> io::Result<[TcpStream; 2]> {
    let listener = path.server().inside(|| TcpListener::bind((path.server().address(), 0)))??;
    let address = listener.local_addr()?;
    let client = path.client().inside(|| TcpStream::connect(address))??;
    let (server, _) = listener.accept()?;
    for stream in [&client, &server] {
        stream.set_read_timeout(LIMIT)?;
        stream.set_write_timeout(LIMIT)?;
        stream.set_nodelay(true)?;
    }
    Ok([client, server])
}

fn round_trips() -> Result<(), Failed> {
    let [there, back] = [15, 25].map(|delay| Conditions { delay: Duration::from_millis(delay), ..PERFECT });
    let path = NetnsPair::create(there, back, SEED)?;
    let started = Instant::now();
    let [mut client, mut server] = connection(&path)?;
    let handshake = started.elapsed();
    must(handshake >= there.delay + back.delay, || format!("connected in {handshake:?}"))?;
    for _ in 0..5 {
        let started = Instant::now();
        client.write_all(b"ping")?;
        server.read_exact(&mut [0; 4])?;
        must(started.elapsed() >= there.delay, || format!("there in {:?}", started.elapsed()))?;
        server.write_all(b"pong")?;
        client.read_exact(&mut [0; 4])?;
        let round_trip = started.elapsed();
        must(round_trip >= there.delay + back.delay, || format!("there and back in {round_trip:?}"))?;
    }
    Ok(())
}

/// Sends `length` bytes from client to server, and compares them.
fn send(path: &NetnsPair, length: usize) -> Result<(), Failed> {
    let [mut client, mut server] = connection(path)?;
    let sent: Vec<u8> = (0..length).map(|at| (at * 31 + at / 251) as u8).collect();
    let expected = sent.clone();
    let writer = thread::spawn(move || client.write_all(&sent));
    let mut received = Vec::new();
    server.read_to_end(&mut received)?;
    writer.join().map_err(|_| "the writer panicked")??;
    must(received == expected, || format!("{} other bytes than the {length} sent", received.len()))
}

/// A counter of the kernel at `end`, such as `RetransSegs` of `Tcp` (RFC 4022, /proc/net/snmp).
fn counter(host: &Host, protocol: &str, name: &str) -> Result<u64, Box<dyn Error>> {
    // /proc/net is the namespace of the process; the thread that asks is in another.
    let table = host.inside(|| fs::read_to_string("/proc/thread-self/net/snmp"))??;
    let mut lines = table.lines().filter_map(|line| line.strip_prefix(protocol)?.strip_prefix(": "));
    let [names, values] = [lines.next(), lines.next()].map(|line| line.unwrap_or_default().split(' '));
    let value = names.zip(values).find_map(|(column, value)| (column == name).then_some(value));
    Ok(value.ok_or("the kernel has no such counter")?.parse()?)
}

fn retransmissions() -> Result<(), Failed> {
    let conditions = Conditions { rate: Some(megabits(100)), delay: Duration::from_millis(5), ..PERFECT };
    let path = NetnsPair::create(Conditions { loss: 0.01, ..conditions }, conditions, SEED)?;
    send(&path, 4_000_000)?;
    let [lost, sent_again] = [path.forward().lost, counter(path.client(), "Tcp", "RetransSegs")?];
    // Whether the kernel sends a lost packet again is for it to decide: a lost ACK is made good by the next.
    must(lost > 0 && sent_again > 0, || format!("lost {lost}, sent again {sent_again}"))?;

    let path = NetnsPair::create(Conditions { queue: 4_000_000, ..conditions }, conditions, SEED)?;
    send(&path, 400_000)?;
    must(path.forward().lost == 0, || format!("{:?}", path.forward()))
}

fn rate() -> Result<(), Failed> {
    let rate = megabits(40);
    let path = NetnsPair::create(Conditions { rate: Some(rate), ..PERFECT }, PERFECT, SEED)?;
    let started = Instant::now();
    send(&path, 1_000_000)?;
    let least = Duration::from_secs_f64(1_000_000.0 / rate as f64);
    must(started.elapsed() >= least, || format!("took {:?} and not {least:?}", started.elapsed()))
}

fn outcomes() -> Result<(), Failed> {
    let bad = Conditions { loss: 0.3, duplicate: 0.2, ..PERFECT };
    let [mut core, _] = Link::both_ways(bad, PERFECT, SEED);
    let sent: Vec<u8> = (0..200).collect();
    let each = sent.iter().flat_map(|&byte| core.transmit(Duration::ZERO, 100).arrivals().map(move |_| byte));
    let expected: Vec<u8> = each.collect();

    let path = NetnsPair::create(bad, PERFECT, SEED)?;
    let server = path.server().inside(|| UdpSocket::bind((path.server().address(), 0)))??;
    let client = path.client().inside(|| UdpSocket::bind((path.client().address(), 0)))??;
    server.set_read_timeout(LIMIT)?;
    for &byte in &sent {
        client.send_to(&[byte], server.local_addr()?)?;
    }
    let mut received = Vec::new();
    for _ in &expected {
        let mut byte = [0];
        server.recv(&mut byte)?;
        received.extend(byte);
    }
    must(received == expected, || format!("arrived {received:?}, and not {expected:?}"))?;
    must(path.forward() == core.counts(), || format!("{:?}, and not {:?}", path.forward(), core.counts()))
}

fn programs() -> Result<(), Failed> {
    let path = NetnsPair::create(PERFECT, PERFECT, SEED)?;
    for (mut command, address) in [(path.client_command("ip"), "10.77.0.1/"), (path.server_command("ip"), "10.77.0.2/")]
    {
        let output = command.args(["-o", "address"]).output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        must(said.contains(address) && !said.contains("inet6 fe80"), || format!("no {address} alone in {said}"))?;
    }
    Ok(())
}

fn two_paths() -> Result<(), Failed> {
    let [one, other] = [NetnsPair::create(PERFECT, PERFECT, 1)?, NetnsPair::create(PERFECT, PERFECT, 2)?];
    send(&one, 10_000)?;
    must(one.forward().offered > 0, || format!("{:?}", one.forward()))?;
    must(other.forward().offered == 0, || format!("{:?}", other.forward()))
}

fn nothing_is_left() -> Result<(), Failed> {
    let path = NetnsPair::create(PERFECT, PERFECT, SEED)?;
    let names = [path.client(), path.server()].map(|end| PathBuf::from("/run/netns").join(end.namespace()));
    must(names.iter().all(|name| name.exists()), || format!("{names:?} were not there"))?;
    let _open = connection(&path)?;
    drop(path);
    must(!names.iter().any(|name| name.exists()), || format!("{names:?} are still there"))
}

fn leftovers() -> Result<(), Failed> {
    // A process that has ended, whose number is free therefore.
    let mut child = Command::new("true").spawn()?;
    let ended = child.id();
    child.wait()?;
    let names = ["client", "server"].map(|end| format!("link-{ended}-0-{end}"));
    for name in &names {
        must(Command::new("ip").args(["netns", "add", name]).status()?.success(), || "ip netns add failed".into())?;
    }
    NetnsPair::create(PERFECT, PERFECT, SEED)?;
    let left = names.iter().find(|name| PathBuf::from("/run/netns").join(name).exists());
    must(left.is_none(), || format!("{left:?} is still there"))
}
