//! Lesson 08 · Datagram socket · Socket datagram
//!
//! No connection: each datagram travels alone, and arrives whole or not at all.
//!
//!     cargo run -p lesson08                      the whole story, on this machine
//!     cargo run -p lesson08 -- serve             only the server: talk to it with `nc -u`
//!     cargo run -p lesson08 -- connect ADDRESS   sends each line that you type as one datagram
//!
//! You should see boundaries that a stream does not keep, a datagram that loses its end, one socket with two
//! peers, a late error, a burst of which most never arrives, and a DNS question with its answer.

mod burst;
mod dns;
mod server;
mod sides;
mod text;

use std::net::UdpSocket;
use std::process::ExitCode;

use narrate::{Error, Lesson, Side, Stage};
use server::LARGEST;

/// "one", "two", nothing, "three".
const WORDS: [&str; 4] = ["một", "hai", "", "ba"];
/// 15 bytes: à is two in UTF-8, ạ three.
const LONG: &str = "xin chào bạn";
/// Bytes of a buffer that is too small for it.
const SMALL: usize = 8;

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");

fn main() -> ExitCode {
    let (serve, connect, dissector) = (Some(sides::serve as _), Some(sides::connect as _), Some(dns::dissect as _));
    Lesson { number: 8, title: text::TITLE, story, serve, connect, dissector }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    let mut buffer = vec![0; LARGEST];

    // ANCHOR: boundaries
    stage.step(text::sockets());
    let server = stage.tap(Side::SERVER, UdpSocket::bind("127.0.0.1:0")?)?;
    let mai = stage.tap(MAI, UdpSocket::bind("127.0.0.1:0")?)?;
    let address = server.local_addr()?;
    stage.show(Side::SERVER, &server);
    stage.show(MAI, &mai);

    stage.step(text::boundaries(WORDS.len()));
    for word in WORDS {
        mai.send_to(word.as_bytes(), address)?; // no connect() before it
    }
    for _ in WORDS {
        server.recv_from(&mut buffer)?; // one receive is one datagram
    }
    // ANCHOR_END: boundaries

    // ANCHOR: truncated
    stage.step(text::buffer_too_small(LONG.len(), SMALL));
    stage.show_calls();
    mai.send_to(LONG.as_bytes(), address)?;
    mai.send_to(b"tam biet", address)?;
    for _ in 0..2 {
        let _ = server.recv_from(&mut [0; SMALL]); // Windows reports an error here, WSAEMSGSIZE
    }
    // ANCHOR_END: truncated

    stage.step(text::datagram_too_long(LARGEST));
    let large = stage.tap(MAI, UdpSocket::bind("127.0.0.1:0")?)?.off_tape(); // too much for a screen
    for length in [LARGEST + 1, LARGEST] {
        let sent = large.send_to(&vec![b'x'; length], large.local_addr()?); // to itself
        stage.returned(MAI, &format!("send_to({length})"), &sent);
    }
    stage.fact(MAI, format!("recv_from() → {}", large.recv_from(&mut buffer)?.0));

    // ANCHOR: many
    stage.step(text::many_clients());
    let binh = stage.tap(BINH, UdpSocket::bind("127.0.0.1:0")?)?;
    mai.send_to(b"toi la mai", address)?;
    binh.send_to(b"toi la binh", address)?;
    for _ in 0..2 {
        let (count, client) = server.recv_from(&mut buffer)?;
        stage.fact(Side::SERVER, text::from(count, client));
        server.send_to(&buffer[..count], client)?; // back to its sender
    }
    mai.recv_from(&mut buffer)?;
    binh.recv_from(&mut buffer)?;
    // ANCHOR_END: many

    // ANCHOR: connect
    stage.step(text::connect_sends_nothing());
    mai.connect(address)?; // a note in our own kernel
    stage.show(MAI, &mai);
    stage.show(Side::SERVER, &server);

    stage.step(text::connected_socket_filters());
    stage.show_calls();
    binh.send_to(b"tin toi di", mai.local_addr()?)?;
    mai.send(b"may gio?")?; // no address: connect() has set it
    let (_, client) = server.recv_from(&mut buffer)?;
    server.send_to(b"9 gio", client)?;
    mai.recv(&mut buffer)?;
    // ANCHOR_END: connect

    // ANCHOR: refused
    drop(server);
    stage.step(text::late_refusal());
    stage.show_calls();
    for _ in 0..3 {
        let _ = mai.send(b"alo?"); // an error here belongs to an earlier datagram
    }
    for _ in 0..2 {
        binh.send_to(b"alo?", address)?;
    }
    // ANCHOR_END: refused

    // ANCHOR: burst
    stage.step(text::burst(burst::COUNT, burst::SIZE));
    let receiver = stage.tap(Side::SERVER, UdpSocket::bind("127.0.0.1:0")?)?.off_screen().off_tape();
    let sender = stage.tap(Side::CLIENT, UdpSocket::bind("127.0.0.1:0")?)?.off_screen().off_tape();
    sender.connect(receiver.local_addr()?)?;
    let mut sent = 0;
    for number in 0..burst::COUNT {
        sent += u32::from(sender.send(&burst::datagram(number))? == burst::SIZE);
    }
    stage.fact(Side::CLIENT, text::sent(sent));
    burst::show_buffer(stage, &receiver);
    let received = burst::receive(&receiver)?;
    // ANCHOR_END: burst
    burst::show_lost(stage, &received);

    // ANCHOR: dns
    let query = dns::query();
    stage.step(text::dns_question(query.len()));
    let server = stage.tap(Side::SERVER, UdpSocket::bind("127.0.0.1:0")?)?.off_screen();
    let mai = stage.tap(MAI, UdpSocket::bind("127.0.0.1:0")?)?.off_screen();
    mai.connect(server.local_addr()?)?; // answers from other addresses are dropped
    mai.send(&query)?;
    let mut buffer = [0; 512]; // the limit of DNS over UDP in RFC 1035
    let (count, client) = server.recv_from(&mut buffer)?;
    server.send_to(&dns::answer(&buffer[..count]), client)?;
    let count = mai.recv(&mut buffer)?;
    // ANCHOR_END: dns
    dns::explain(stage, MAI, &buffer[..count]);

    stage.try_next(&text::try_next());
    Ok(())
}
