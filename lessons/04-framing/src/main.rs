//! Lesson 04 · Framing · Đóng khung
//!
//! A stream has no messages. Three ways to put them there, and the limit that each one needs.
//!
//!     cargo run -p lesson04                      the whole story, on this machine
//!     cargo run -p lesson04 -- serve             a server that shows every read and every frame
//!     cargo run -p lesson04 -- connect ADDRESS   sends each line that you type as one frame
//!
//! You should see three writes come out of one read and one write out of five. Then a delimiter, a
//! length and a type-length-value put the ends back, and two broken frames are refused.

mod annotate;
mod frame;
mod line;
mod receive;
mod talk;
mod text;
mod tlv;

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use narrate::{Endpoint, Error, Lesson, Side, Stage, kernel};
use receive::{Broken, Heard, receive};
use talk::{ROOM, pair, talk, until_arrived};

/// "one", "two", "three".
const WORDS: [&str; 3] = ["một", "hai", "ba"];
/// 12 letters, 15 bytes: à is two bytes in UTF-8, ạ three.
const GREETING: &str = "xin chào bạn";
/// Room for one read of `serve`: what a network card likes to bring at once, and more.
const SERVE_ROOM: usize = 4096;
/// How long one side waits for the other when it is alone: people type slowly.
const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    Lesson { number: 4, title: text::TITLE, story, serve: Some(serve), connect: Some(connect), annotate: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::a_connection());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (mut client, mut server) = pair(stage, &listener)?;
    stage.socket(&Endpoint::of(Side::CLIENT, &client)?);
    let server_end = Endpoint::of(Side::SERVER, &server)?;
    stage.socket(&server_end);

    // ANCHOR: coalesced
    stage.step(text::three_writes());
    for word in WORDS {
        client.write_all(word.as_bytes())?;
        stage.fact(Side::CLIENT, format!("write_all(\"{word}\")"));
    }
    until_arrived(&server, WORDS.concat().len())?;
    let waiting = kernel::find(&server_end);
    let mut room = [0; 1024];
    let count = server.read(&mut room)?;
    // ANCHOR_END: coalesced
    if let Ok(Some(row)) = waiting {
        stage.fact(Side::SERVER, text::in_the_kernel(row.receive_queue));
    }
    stage.gave(Side::SERVER, "read()", &room[..count]);

    // ANCHOR: split
    stage.step(text::five_reads(GREETING.len(), ROOM));
    client.write_all(GREETING.as_bytes())?;
    until_arrived(&server, GREETING.len())?;
    let mut read = 0;
    while read < GREETING.len() {
        let mut room = [0; ROOM];
        let count = server.read(&mut room)?;
        stage.gave(Side::SERVER, "read()", &room[..count]);
        read += count;
    }
    // ANCHOR_END: split

    // ANCHOR: framed
    stage.step(text::a_delimiter());
    let lines = format!("{}\n{}\r\n{}\n", WORDS[0], WORDS[1], WORDS[2]);
    talk(stage, &listener, lines.as_bytes(), line::end, annotate::lines)?;

    stage.step(text::a_length());
    let frames = [frame::frame("một".as_bytes())?, frame::frame(b"hai\nba")?, frame::frame(b"")?].concat();
    talk(stage, &listener, &frames, frame::end, annotate::frames)?;

    stage.step(text::a_type());
    let values = [tlv::tlv(tlv::NAME, b"Lan")?, tlv::tlv(99, b"\xca\xfe")?, tlv::tlv(tlv::TEXT, "chào".as_bytes())?];
    let heard = talk(stage, &listener, &values.concat(), tlv::end, annotate::tlvs)?;
    // ANCHOR_END: framed
    stage.fact(Side::SERVER, annotate::types(&heard));

    // ANCHOR: broken
    stage.step(text::no_limit());
    talk(stage, &listener, b"\xff\xff\xff\xff", frame::end, annotate::frames)?;

    stage.step(text::half_a_frame());
    talk(stage, &listener, b"\0\0\0\x05m\xe1", frame::end, annotate::frames)?;
    // ANCHOR_END: broken

    stage.try_next(&[
        ("cargo run -p lesson04 -- serve", text::try_serve()),
        (r"for c in \\0 \\0 \\0 \\2 h i; do printf $c; sleep .1; done | nc -N HOST PORT", text::try_dribble()),
        ("curl -m 5 http://HOST:PORT/", text::try_curl()),
    ]);
    Ok(())
}

/// Shows what each client sends, read by read and frame by frame; one client at a time.
fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(listener.local_addr()?);
    for arrived in listener.incoming() {
        // A client that was gone before we accepted it is no reason to stop serving the others.
        let Ok(mut client) = arrived.and_then(|client| stage.tap(Side::SERVER, client)) else { continue };
        if client.set_read_timeout(Some(PATIENCE)).is_err() {
            continue;
        }
        stage.step(text::a_client());
        let end = receive(&mut client, SERVE_ROOM, frame::end, |heard| {
            match heard {
                Heard::Read(bytes) => stage.gave(Side::SERVER, "read()", bytes),
                Heard::Message(whole) => stage.gave(Side::SERVER, &text::a_frame(), frame::message(whole)),
            }
            Ok(())
        });
        stage.fact(Side::SERVER, end.map_or_else(|broken| broken.to_string(), |()| text::the_end()));
    }
    Ok(())
}

/// Sends each line that you type as one frame. Your keyboard is a stream too, of lines.
fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let mut server = stage.tap(Side::CLIENT, server)?.speaking(annotate::frames);
    server.set_write_timeout(Some(PATIENCE))?;
    let end = receive(io::stdin().lock(), SERVE_ROOM, line::end, |heard| {
        let Heard::Message(line) = heard else { return Ok(()) };
        let frame = frame::frame(line::text(line))?;
        server.write_all(&frame)?;
        stage.bytes(Side::CLIENT, Side::SERVER, &frame);
        Ok(())
    });
    match end {
        Err(Broken::CutShort { kept }) => Err(Error::new(text::unfinished_line(kept))),
        end => Ok(end?),
    }
}
