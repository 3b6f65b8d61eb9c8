//! WebSocket, TLS, UDP and QUIC carry frames: whole ones of every length, false ones, and the server outlives whoever
//! does not keep to the protocol.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use xxhash_rust::xxh3::xxh3_64;

/// Around the limits of a 16-bit length and of a UDP datagram, and two raw pictures.
const LENGTHS: [usize; 7] = [0, 1, 65_535, 65_536, 70_000, 921_600, 6_220_800];

/// One of the two programs, until it is dropped.
struct Program {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Program {
    fn start(words: &[&str]) -> Program {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lesson21"))
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("its output is ours"));
        Program { input: child.stdin.take(), child, output }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line of text");
        line.trim_end().to_owned()
    }

    fn ask(&mut self, line: &str) -> String {
        writeln!(self.input.as_mut().expect("still open"), "{line}").expect("it reads");
        self.line()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.input.take()); // whoever serves or drives ends with its input
        let _ = self.child.wait();
    }
}

fn server(name: &str) -> (Program, String) {
    let mut server = Program::start(&["serve", name]);
    let line = server.line();
    let address = line.strip_prefix("LISTENING ").expect("the server says where").to_owned();
    (server, address)
}

fn driver(name: &str, address: &str, frames: &Path) -> Program {
    let mut driver = Program::start(&["drive", name, address, "--frames", &frames.to_string_lossy()]);
    assert_eq!(driver.line(), "READY");
    driver
}

/// Bytes that look like noise, and are the same in each run.
fn noise(length: usize) -> Vec<u8> {
    let mut state = length as u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

fn send(driver: &mut Program, frames: &Path, number: u64, length: usize, lie: u64) {
    let file = frames.join(format!("one-{length}.bin"));
    let payload = noise(length);
    std::fs::write(&file, &payload).expect("room in the temporary folder");
    let sum = xxh3_64(&payload);
    let answer = driver.ask(&format!("send {number} {:016x} {}", sum ^ lie, file.display()));
    assert_eq!(answer, format!("ack {number} {sum:016x}"), "{length} bytes");
}

/// What every transport has to do. `lengths`: a compressing one is slow without optimisation.
fn carries(name: &str, lengths: &[usize]) {
    let frames = tempfile::tempdir().expect("a temporary folder");
    let frames = frames.path();
    for index in 0..3 {
        std::fs::write(frames.join(format!("few-{index}.bin")), noise(50_000 + index)).expect("room for a frame");
    }
    let (_server, address) = server(name);
    // The numbers here and in `measure` are the same ones: a number names a frame only while it is on its way.
    let mut driver = driver(name, &address, frames);
    for (number, length) in lengths.iter().enumerate() {
        send(&mut driver, frames, number as u64, *length, 0);
    }
    send(&mut driver, frames, u64::MAX, 70_000, 1); // the driver lies: the server says what has arrived
    assert_eq!(driver.ask("load few"), "loaded 3");
    for (words, count) in
        [("window=1 frames=20", Some(20)), ("window=8 frames=50", Some(50)), ("window=2 millis=50 rate=200", None)]
    {
        let answer = driver.ask(&format!("measure {words}"));
        let frames = answer.strip_prefix("measured ").and_then(|rest| rest.split(' ').next()?.parse::<u64>().ok());
        assert!(frames.is_some_and(|frames| count.map_or(frames > 0, |count| frames == count)), "{words}: {answer}");
    }
}

/// Whatever `spoil` does at the address, a driver is served afterwards, and one that was there before goes on.
fn survives(name: &str, spoil: impl Fn(SocketAddr, &str)) {
    let frames = tempfile::tempdir().expect("a temporary folder");
    let (_server, address) = server(name);
    let mut before = driver(name, &address, frames.path());
    send(&mut before, frames.path(), 1, 70_000, 0);
    let (host, certificate) = address.split_once('/').unwrap_or((&address, ""));
    spoil(host.parse().expect("IP:PORT stands in front"), certificate);
    send(&mut before, frames.path(), 2, 70_000, 0);
    send(&mut driver(name, &address, frames.path()), frames.path(), 1, 70_000, 0);
}

/// Says that to a TCP server, and reads what it answers until it has closed, or leaves at once.
fn say(address: SocketAddr, words: &[&[u8]], leave: bool) {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit for reading");
    for words in words {
        if stream.write_all(words).is_err() {
            return; // it has closed already, as it should
        }
        if *words == UPGRADE {
            let mut end = [0; 4];
            while end != *b"\r\n\r\n" {
                end.rotate_left(1);
                stream.read_exact(&mut end[3..]).expect("the server upgrades");
            }
        }
    }
    if !leave {
        let _ = stream.read_to_end(&mut Vec::new());
    }
}

const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

#[test]
fn websocket_carries() {
    carries("websocket", &LENGTHS);
    carries("websocket-base64", &LENGTHS);
    carries("websocket-deflate", &LENGTHS[..6]);
}

#[test]
fn websocket_survives() {
    for name in ["websocket", "websocket-base64", "websocket-deflate"] {
        survives(name, |address, _| {
            say(address, &[&noise(10_000), b"\r\n\r\n"], false);
            say(address, &[&UPGRADE[..30]], true);
            say(address, &[UPGRADE, &noise(10_000)], false);
            // A masked binary message of a terabyte, one of 100,000 bytes that ends early, and one without a mask.
            say(address, &[UPGRADE, &[0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]], false);
            say(address, &[UPGRADE, &[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x86, 0xa0, 1, 2, 3, 4], &noise(50_000)], true);
            say(address, &[UPGRADE, &[0x82, 0x05, 1, 2, 3, 4, 5]], false);
            // Fragments of a mebibyte, of which none is the last.
            let fragment =
                |kind: u8| [&[kind, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4], &noise(1 << 20)[..]].concat();
            let (first, next) = (fragment(2), fragment(0));
            say(address, &[&[UPGRADE, &first][..], &[&next[..]; 30]].concat(), false);
            // Shorter than a frame can be.
            say(address, &[UPGRADE, &[0x82, 0x83, 0, 0, 0, 0, 1, 2, 3]], false);
        });
    }
}

#[test]
fn wss_carries() {
    carries("wss", &LENGTHS);
}

#[test]
fn wss_survives() {
    survives("wss", |address, _| {
        say(address, &[&noise(10_000)], false);
        // A handshake record of 512 bytes that ends early, and one that is longer than a record may be.
        say(address, &[&[22, 3, 1, 2, 0], &noise(100)], true);
        say(address, &[&[22, 3, 1, 255, 255], &noise(10_000)], false);
        say(address, &[b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"], false);
    });
}

#[test]
fn quic_carries() {
    carries("quic", &LENGTHS);
}

#[test]
fn quic_survives() {
    survives("quic", |address, certificate| {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        for length in [0, 1, 20, 1_200, 60_000] {
            let mut noise = noise(length);
            socket.send_to(&noise, address).expect("it leaves");
            // The same as a packet of QUIC version 1: a long header, that of an Initial.
            for (byte, header) in noise.iter_mut().zip([0xc3, 0, 0, 0, 1, 8]) {
                *byte = header;
            }
            socket.send_to(&noise, address).expect("it leaves");
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            // A frame of 16 MiB and one byte, one that ends within its number, and one that never ends.
            let over = vec![0; 16 + 16 * 1024 * 1024 + 1];
            assert!(streams(address, certificate, &[(&over, true)]).await, "too much is refused");
            assert!(streams(address, certificate, &[(&[0; 15], true)]).await, "too little is refused");
            assert!(!streams(address, certificate, &[(&[0; 15], false), (&[0; 100], false)]).await);
        });
    });
}

/// Sends each on a stream of its own, and ends it, or not. Says whether the server closed the connection by itself: if
/// a stream was left open it is not waited for.
async fn streams(address: SocketAddr, certificate: &str, all: &[(&[u8], bool)]) -> bool {
    let mut roots = rustls::RootCertStore::empty();
    let certificate = URL_SAFE_NO_PAD.decode(certificate).expect("a certificate stands behind the address");
    roots.add(certificate.into()).expect("it is one");
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let crypto = quinn::crypto::rustls::QuicClientConfig::try_from(tls).expect("it is fit for QUIC");
    let config = quinn::ClientConfig::new(Arc::new(crypto));
    let endpoint = quinn::Endpoint::client(([127, 0, 0, 1], 0).into()).expect("a free port");
    let connecting = endpoint.connect_with(config, address, "127.0.0.1").expect("a name");
    let connection = connecting.await.expect("the server takes everybody");
    let mut open = Vec::new();
    for (bytes, end) in all {
        let (mut send, receive) = connection.open_bi().await.expect("a stream");
        let _ = send.write_all(bytes).await; // refused before all of it is sent, as it may be
        let _ = end.then(|| send.finish());
        open.push((send, receive));
    }
    let ended = all.iter().all(|(_, end)| *end);
    let closed = ended
        && matches!(
            tokio::time::timeout(Duration::from_secs(20), connection.closed()).await,
            Ok(quinn::ConnectionError::ApplicationClosed(_))
        );
    connection.close(0_u32.into(), b"");
    endpoint.wait_idle().await;
    closed
}

#[test]
fn udp_carries() {
    carries("udp", &LENGTHS);
    carries("udp-1400", &LENGTHS);
}

#[test]
fn udp_survives() {
    survives("udp", |address, _| {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
        // A fragment as `udp/wire.rs` has it, of frame 1, with those figures and so many bytes.
        let fragment = |length: u32, index: u32, count: u32, bytes: usize| {
            let mut datagram = vec![1];
            datagram.extend([[0; 8], [0; 8]].concat());
            datagram.extend([0, 0, 0, 1]);
            datagram.extend([[1; 8], [2; 8]].concat());
            [length, index, count].iter().for_each(|figure| datagram.extend(figure.to_be_bytes()));
            datagram.resize(datagram.len() + bytes, 0);
            socket.send_to(&datagram, address).expect("it leaves");
        };
        for length in [0, 1, 8, 9, 20, 49, 1_400, 60_000] {
            for kind in 0..4 {
                let mut noise = noise(length);
                noise.iter_mut().take(1).for_each(|byte| *byte = kind);
                socket.send_to(&noise, address).expect("it leaves");
            }
        }
        fragment(100_000, 0, 2, 50_000); // half a frame
        fragment(100_000, 0, 4, 25_000); // which contradicts that
        fragment(u32::MAX, 0, 65_536, 65_536 - 100);
        fragment(u32::MAX, u32::MAX - 1, u32::MAX, 1);
        fragment(10, 0, 0, 10);
        fragment(0, 0, 0, 0);
    });
}
