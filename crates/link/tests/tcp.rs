//! The relay for streams: slower and later, and not a byte different.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use link::relay::{self, Relay};
use link::{Conditions, megabits};
use socket2::SockRef;

const SEED: u64 = 20_260_721;
const PERFECT: Conditions = Conditions::PERFECT;

/// A client, the relay it talks through, and the target's side of the connection.
fn path(forward: Conditions, back: Conditions) -> (TcpStream, Relay, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let relay = relay::tcp(listener.local_addr().unwrap(), forward, back, SEED).unwrap();
    let client = TcpStream::connect(relay.address()).unwrap();
    let (server, _) = listener.accept().unwrap();
    for stream in [&client, &server] {
        let limit = Some(Duration::from_secs(30));
        stream.set_read_timeout(limit).unwrap();
        stream.set_write_timeout(limit).unwrap();
    }
    (client, relay, server)
}

fn sample(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 + at / 251) as u8).collect()
}

fn reset_now(stream: TcpStream) {
    SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
}

fn read_error(mut stream: &TcpStream) -> ErrorKind {
    stream.read(&mut [0]).expect_err("the stream was reset").kind()
}

#[test]
fn every_byte_arrives_in_order_both_ways() {
    let bad = Conditions {
        rate: Some(megabits(200)),
        delay: Duration::from_millis(2),
        loss: 0.03,
        duplicate: 0.1,
        reorder: 0.1,
        ..PERFECT
    };
    let (client, relay, server) = path(bad, bad);
    let sent = sample(600_000);
    let both = [client, server].map(|stream| {
        let sent = sent.clone();
        thread::spawn(move || {
            let mut writing = stream.try_clone().unwrap();
            let writer = thread::spawn(move || {
                writing.write_all(&sent).unwrap();
                writing.shutdown(Shutdown::Write).unwrap();
            });
            let mut received = Vec::new();
            (&stream).read_to_end(&mut received).unwrap();
            writer.join().unwrap();
            received
        })
    });
    for received in both {
        assert!(received.join().unwrap() == sent);
    }
    for counts in [relay.forward(), relay.back()] {
        // At 3 % of more than 414 pieces, no loss at all has a chance of one in 300,000.
        assert!(counts.lost > 0, "{counts:?}");
        assert_eq!(counts.delivered + counts.lost + counts.queue_full, counts.offered + counts.duplicates);
        assert_eq!(counts.queue_full, 0);
    }
}

#[test]
fn tcp_byte_arrives_no_earlier_than_its_delay() {
    let delay = Duration::from_millis(40);
    let late = Conditions { delay, ..PERFECT };
    let (mut client, _relay, mut server) = path(late, late);
    let started = Instant::now();
    client.write_all(b"i").unwrap();
    server.read_exact(&mut [0]).unwrap();
    assert!(started.elapsed() >= delay);
    server.write_all(b"o").unwrap();
    client.read_exact(&mut [0]).unwrap();
    assert!(started.elapsed() >= delay * 2);
}

#[test]
fn a_loss_costs_a_round_trip_more() {
    let delay = Duration::from_millis(20);
    let conditions = Conditions { delay, loss: 0.5, ..PERFECT };
    let (mut client, relay, mut server) = path(conditions, Conditions { delay, ..PERFECT });
    // One piece after the other: each is sent when the one before has arrived.
    while relay.forward().lost == 0 {
        let started = Instant::now();
        client.write_all(b"i").unwrap();
        server.read_exact(&mut [0]).unwrap();
        if relay.forward().lost > 0 {
            assert!(started.elapsed() >= delay + 2 * delay);
        }
    }
}

#[test]
fn the_stream_is_no_faster_than_the_rate() {
    let rate = megabits(50);
    let (mut client, _relay, mut server) = path(Conditions { rate: Some(rate), ..PERFECT }, PERFECT);
    let sent = sample(500_000);
    let started = Instant::now();
    let writer = thread::spawn(move || client.write_all(&sent).map(|()| client));
    server.read_exact(&mut vec![0; 500_000]).unwrap();
    assert!(started.elapsed() >= Duration::from_secs_f64(500_000.0 / rate as f64));
    writer.join().unwrap().unwrap();
}

#[test]
fn a_half_close_lets_the_answer_through() {
    let late = Conditions { delay: Duration::from_millis(5), ..PERFECT };
    let (mut client, _relay, mut server) = path(late, late);
    client.write_all(b"question").unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut question = String::new();
    server.read_to_string(&mut question).unwrap();
    assert_eq!(question, "question");
    server.write_all(b"answer").unwrap();
    drop(server);
    let mut answer = String::new();
    client.read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "answer");
}

#[test]
fn a_reset_crosses_in_both_directions() {
    let (client, _relay, server) = path(PERFECT, PERFECT);
    reset_now(client);
    assert_eq!(read_error(&server), ErrorKind::ConnectionReset);

    let (client, _relay, server) = path(PERFECT, PERFECT);
    reset_now(server);
    assert_eq!(read_error(&client), ErrorKind::ConnectionReset);
}

#[test]
fn a_reset_after_a_half_close_crosses() {
    let (client, _relay, mut server) = path(PERFECT, PERFECT);
    client.shutdown(Shutdown::Write).unwrap();
    assert_eq!(server.read(&mut [0]).unwrap(), 0);
    reset_now(client);
    // The server still sends, and learns that nobody is there: at the latest when its buffers are full.
    let error = loop {
        if let Err(error) = server.write_all(&[0; 10_000]) {
            break error.kind();
        }
    };
    assert!(matches!(error, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error:?}");
}

#[test]
fn tcp_reset_reaches_a_peer_that_does_not_read() {
    let (client, _relay, server) = path(PERFECT, PERFECT);
    fill(&client);
    reset_now(client);
    let started = Instant::now();
    let error = loop {
        if let Some(error) = server.take_error().unwrap() {
            break error.kind();
        }
        assert!(started.elapsed() < Duration::from_secs(30), "no word of the reset");
        thread::yield_now();
    };
    assert_eq!(error, ErrorKind::ConnectionReset);
}

#[test]
fn tcp_client_is_reset_when_the_target_refuses() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let relay = relay::tcp(closed, PERFECT, PERFECT, SEED).unwrap();
    // Connecting may be slower than the reset.
    let error = TcpStream::connect(relay.address()).map_or_else(|error| error.kind(), |client| read_error(&client));
    assert_eq!(error, ErrorKind::ConnectionReset);
}

#[test]
fn when_everything_is_lost_the_connection_is_given_up() {
    let (mut client, relay, server) = path(Conditions { loss: 1.0, ..PERFECT }, PERFECT);
    client.write_all(b"hello").unwrap();
    assert_eq!([read_error(&client), read_error(&server)], [ErrorKind::ConnectionReset; 2]);
    assert_eq!(relay.forward().lost, 16);
}

#[test]
fn a_sender_waits_when_the_receiver_does_not_read() {
    let (client, _relay, _server) = path(PERFECT, PERFECT);
    let taken = fill(&client);
    // What the relay holds, and the buffers of four sockets.
    assert!(taken < 100 * 1024 * 1024, "{taken} bytes");
}

/// Writes until nothing more is taken for a while: how many bytes that were, or the limit.
fn fill(mut stream: &TcpStream) -> usize {
    stream.set_write_timeout(Some(Duration::from_millis(500))).unwrap();
    let piece = sample(1_000_000);
    let mut taken = 0;
    while taken < 200 * 1024 * 1024 {
        match stream.write(&piece) {
            Ok(count) => taken += count,
            Err(_) => break,
        }
    }
    taken
}

#[test]
fn a_relay_that_is_dropped_ends_its_connections() {
    let (mut client, relay, mut server) = path(PERFECT, PERFECT);
    let address: SocketAddr = relay.address();
    client.write_all(b"x").unwrap();
    server.read_exact(&mut [0]).unwrap();
    drop(relay);
    for stream in [&mut client, &mut server] {
        let ended: io::Result<usize> = stream.read(&mut [0]);
        assert!(matches!(ended, Ok(0)) || ended.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
    }
    assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
}
