//! The relay for datagrams does what the core says, to real sockets.

use std::io;
use std::net::{SocketAddr, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

use link::relay::{self, Relay, UDP_HEADERS};
use link::{Conditions, Link};

const SEED: u64 = 20_260_721;
/// Few enough to fit a default receive buffer, even if nobody reads meanwhile.
const COUNT: u8 = 200;

fn socket() -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    socket
}

fn client_of(relay: &Relay) -> UdpSocket {
    let client = socket();
    client.connect(relay.address()).unwrap();
    client
}

fn address(socket: &UdpSocket) -> SocketAddr {
    socket.local_addr().unwrap()
}

/// Waits until `holds`, for half a minute.
fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(30), "waited in vain until {what}");
        thread::yield_now();
    }
}

/// The first bytes of `count` datagrams.
fn received(socket: &UdpSocket, count: usize) -> Vec<u8> {
    let mut buffer = [0; 2000];
    let one = |_| {
        assert!(socket.recv(&mut buffer).unwrap() > 0);
        buffer[0]
    };
    (0..count).map(one).collect()
}

/// What `link` lets through of datagrams with these first bytes and `length`, in order.
fn let_through(link: &mut Link, sent: &[u8], length: usize) -> Vec<u8> {
    sent.iter()
        .flat_map(|&byte| link.transmit(Duration::ZERO, length + UDP_HEADERS).arrivals().map(move |_| byte))
        .collect()
}

#[test]
fn the_same_datagrams_arrive_as_the_core_says() {
    let forward = Conditions { loss: 0.3, duplicate: 0.2, ..Conditions::PERFECT };
    let back = Conditions { loss: 0.4, duplicate: 0.1, ..Conditions::PERFECT };
    let [mut core_forward, mut core_back] = Link::both_ways(forward, back, SEED);
    let sent: Vec<u8> = (0..COUNT).collect();
    let there = let_through(&mut core_forward, &sent, 100);
    let here = let_through(&mut core_back, &there, 50);
    assert!(there.len() > here.len() && !here.is_empty());

    let target = socket();
    let relay = relay::udp(address(&target), forward, back, SEED).unwrap();
    let client = client_of(&relay);
    for &byte in &sent {
        client.send(&[byte; 100]).unwrap();
    }
    // The socket that the relay opened for this client; the target answers through it.
    let (_, upstream) = target.peek_from(&mut [0; 2000]).unwrap();
    assert_eq!(received(&target, there.len()), there);
    until("all were counted", || relay.forward().offered == COUNT.into());
    assert_eq!(relay.forward(), core_forward.counts());

    for &byte in &there {
        target.send_to(&[byte; 50], upstream).unwrap();
    }
    assert_eq!(received(&client, here.len()), here);
    until("all were counted", || relay.back().offered == there.len() as u64);
    assert_eq!(relay.back(), core_back.counts());
}

#[test]
fn udp_datagram_arrives_no_earlier_than_its_delay() {
    let delay = Duration::from_millis(40);
    let late = Conditions { delay, ..Conditions::PERFECT };
    let target = socket();
    let relay = relay::udp(address(&target), late, late, SEED).unwrap();
    let client = client_of(&relay);
    let started = Instant::now();
    client.send(b"ping").unwrap();
    let (_, from) = target.recv_from(&mut [0; 10]).unwrap();
    assert!(started.elapsed() >= delay);
    target.send_to(b"pong", from).unwrap();
    received(&client, 1);
    assert!(started.elapsed() >= delay * 2);
}

#[test]
fn datagrams_overtake_each_other() {
    // 250 ms back: sending fifty takes less, on a slow machine too.
    let conditions = Conditions { delay: Duration::from_millis(500), reorder: 0.3, ..Conditions::PERFECT };
    let target = socket();
    let relay = relay::udp(address(&target), conditions, Conditions::PERFECT, SEED).unwrap();
    let client = client_of(&relay);
    let sent: Vec<u8> = (0..50).collect();
    for &byte in &sent {
        client.send(&[byte]).unwrap();
    }
    let mut arrived = received(&target, sent.len());
    assert_ne!(arrived, sent);
    arrived.sort();
    assert_eq!(arrived, sent);
}

#[test]
fn every_client_gets_its_own_answers() {
    let target = socket();
    let relay = relay::udp(address(&target), Conditions::PERFECT, Conditions::PERFECT, SEED).unwrap();
    // More than the relay keeps sockets for: who was silent longest is let go.
    let clients: Vec<_> = (0..70).map(|_| client_of(&relay)).collect();
    for (name, client) in clients.iter().enumerate() {
        client.send(&[name as u8]).unwrap();
        let mut byte = [0];
        let (_, upstream) = target.recv_from(&mut byte).unwrap();
        target.send_to(&[byte[0] + 100], upstream).unwrap();
        assert_eq!(received(client, 1), [name as u8 + 100]);
    }
    // The first has been let go, and is as good as new when it speaks again.
    clients[0].send(&[1]).unwrap();
    assert_eq!(received(&target, 1), [1]);
}

#[test]
fn udp_relay_survives_a_target_that_is_not_listening() {
    let target = socket();
    let address = address(&target);
    drop(target);
    let relay = relay::udp(address, Conditions::PERFECT, Conditions::PERFECT, SEED).unwrap();
    let client = client_of(&relay);
    for sent in 1..=3 {
        client.send(b"anybody?").unwrap();
        until("it was counted", || relay.forward().offered == sent);
    }
    let target = UdpSocket::bind(address).unwrap();
    target.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    client.send(b"now").unwrap();
    // One of those before may arrive as well, if it was sent after the socket was there.
    until("the new target hears", || received(&target, 1) == b"n");
}

#[test]
fn a_relay_that_is_dropped_gives_its_port_back() {
    let target = socket();
    let relay = relay::udp(address(&target), Conditions::PERFECT, Conditions::PERFECT, SEED).unwrap();
    let address = relay.address();
    client_of(&relay).send(b"hello").unwrap();
    received(&target, 1);
    drop(relay);
    UdpSocket::bind(address).unwrap();
}

#[test]
fn only_loopback_addresses_are_targets() {
    let refused = relay::udp("192.0.2.1:9".parse().unwrap(), Conditions::PERFECT, Conditions::PERFECT, SEED);
    assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::InvalidInput);
}
