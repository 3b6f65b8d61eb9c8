//! Lesson 08 · Datagram socket · Socket datagram
//!
//! No connection: each datagram goes alone, arrives whole, or does not arrive.
//!
//!     cargo run -p lesson08                      the whole story, on this machine
//!     cargo run -p lesson08 -- serve             only the server: talk to it with `nc -u`
//!     cargo run -p lesson08 -- connect ADDRESS   sends each line that you type as one datagram
//!
//! You should see boundaries that a stream does not keep, a datagram that loses its end, one socket with two
//! peers, an error that came from nowhere, a burst of which most never arrives, and a DNS question answered.

mod burst;
mod dns;
mod sides;
mod text;

use std::net::UdpSocket;
use std::process::ExitCode;

use narrate::{Error, Lesson, Side, Stage, TappedUdp};

/// "one", "two", "three", and a datagram that holds nothing.
const WORDS: [&str; 4] = ["một", "hai", "", "ba"];
/// 15 bytes: à is two in UTF-8, ạ three.
const LONG: &str = "xin chào bạn";
/// Too little room for it.
const SMALL: usize = 8;
/// The most that one datagram carries over IPv4: 20 bytes of IP header, 8 of UDP header, the rest.
const LARGEST: usize = 65_535 - 20 - 8;
const ROOM: usize = LARGEST; // one byte less would cut the largest datagram

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");

fn main() -> ExitCode {
    let (serve, connect, annotate) = (Some(sides::serve as _), Some(sides::connect as _), Some(dns::annotate as _));
    Lesson { number: 8, title: text::TITLE, story, serve, connect, annotate }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    let mut room = vec![0; ROOM];

    // ANCHOR: boundaries
    stage.step(text::two_sockets());
    let server = socket(stage, Side::SERVER)?;
    let mai = socket(stage, MAI)?;
    let address = server.local_addr()?;
    stage.udp_socket(Side::SERVER, &server)?;
    stage.udp_socket(MAI, &mai)?;

    stage.step(text::boundaries(WORDS.len()));
    for word in WORDS {
        mai.send_to(word.as_bytes(), address)?; // no connect() before it
    }
    for _ in WORDS {
        let (count, _) = server.recv_from(&mut room)?;
        stage.gave(Side::SERVER, "recv_from()", &room[..count]);
    }
    // ANCHOR_END: boundaries

    // ANCHOR: truncated
    stage.step(text::too_little_room(LONG.len(), SMALL));
    mai.send_to(LONG.as_bytes(), address)?;
    mai.send_to(b"tam biet", address)?;
    for _ in 0..2 {
        let mut small = [0; SMALL];
        match server.recv_from(&mut small) {
            Ok((count, _)) => stage.gave(Side::SERVER, "recv_from()", &small[..count]),
            Err(error) => stage.met(Side::SERVER, "recv_from()", &error), // Windows: "cut"
        }
    }
    // ANCHOR_END: truncated

    // ANCHOR: too_long
    stage.step(text::too_long(LARGEST));
    let big = socket(stage, MAI)?.off_tape(); // too much for a screen
    for length in [LARGEST + 1, LARGEST] {
        match big.send_to(&vec![b'x'; length], big.local_addr()?) {
            Ok(_) => {
                let (count, _) = big.recv_from(&mut room)?; // sent to itself, and whole
                stage.fact(MAI, text::arrived(length, count));
            }
            Err(error) => stage.met(MAI, &format!("send_to({length})"), &error),
        }
    }
    // ANCHOR_END: too_long

    // ANCHOR: many
    stage.step(text::many_peers());
    let binh = socket(stage, BINH)?;
    mai.send_to(b"toi la mai", address)?;
    binh.send_to(b"toi la binh", address)?;
    for _ in 0..2 {
        let (count, from) = server.recv_from(&mut room)?;
        stage.fact(Side::SERVER, text::from(count, from));
        server.send_to(&room[..count], from)?; // back to whoever asked
    }
    for (side, client) in [(MAI, &mai), (BINH, &binh)] {
        let (count, _) = client.recv_from(&mut room)?;
        stage.bytes(Side::SERVER, side, &room[..count]);
    }
    // ANCHOR_END: many
    stage.udp_socket(Side::SERVER, &server)?;

    // ANCHOR: connect
    stage.step(text::connect_sends_nothing());
    mai.connect(address)?; // a note in our own kernel
    stage.udp_socket(MAI, &mai)?;
    stage.udp_socket(Side::SERVER, &server)?;

    stage.step(text::strangers_are_filtered());
    let sent = binh.send_to(b"tin toi di", mai.local_addr()?)?;
    stage.fact(BINH, format!("send_to(mai) → {sent}"));
    mai.send(b"may gio?")?; // no address: connect() has set it
    let (count, from) = server.recv_from(&mut room)?;
    server.send_to(b"9 gio", from)?;
    stage.gave(Side::SERVER, "recv_from()", &room[..count]);
    let count = mai.recv(&mut room)?;
    stage.gave(MAI, "recv()", &room[..count]);
    // ANCHOR_END: connect

    // ANCHOR: refused
    drop(server);
    stage.step(text::refused_from_nowhere(address));
    for _ in 0..3 {
        match mai.send(b"con do khong?") {
            Ok(count) => stage.fact(MAI, format!("send() → {count}")),
            Err(error) => stage.met(MAI, "send()", &error),
        }
    }
    for _ in 0..2 {
        let count = binh.send_to(b"con do khong?", address)?;
        stage.fact(BINH, format!("send_to() → {count}"));
    }
    // ANCHOR_END: refused

    burst::burst(stage)?;
    dns::ask(stage)?;
    stage.try_next(&[
        ("cargo run -p lesson08 -- serve", text::try_serve()),
        ("cargo run -p lesson08 -- connect 127.0.0.1:9", text::try_closed()),
        ("cargo run -p lesson08 -- serve --tape", text::try_dig()),
    ]);
    Ok(())
}

/// A socket at a free port of this machine. That is all it needs to send and to receive.
fn socket(stage: &Stage, side: Side) -> Result<TappedUdp, Error> {
    Ok(stage.tap_udp(side, UdpSocket::bind("127.0.0.1:0")?)?)
}
