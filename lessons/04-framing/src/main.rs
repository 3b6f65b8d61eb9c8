//! Lesson 04 · Framing · Đóng khung
//!
//! A stream has no messages. Three ways to put them there, and the limit that each one needs.
//!
//!     cargo run -p lesson04                      the whole story, on this machine
//!     cargo run -p lesson04 -- serve             a server that shows every read and every frame
//!     cargo run -p lesson04 -- connect ADDRESS   sends each line that you type as one frame
//!
//! You should see three writes come out of one read and one write out of five. Then a delimiter, a
//! length and a type-length-value mark the ends, and two malformed frames are rejected.

mod dissect;
mod frame;
mod line;
mod receive;
mod sides;
mod text;
mod tlv;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;

use narrate::{Error, Lesson, Side, Stage, unread_bytes, wait_unread};
use receive::receive;

/// "one", "two", "three".
const WORDS: [&str; 3] = ["một", "hai", "ba"];
/// 12 letters, 15 bytes: à is two bytes in UTF-8, ạ three.
const GREETING: &str = "xin chào bạn";
/// The story reads so few bytes at a time that every message comes in pieces.
const SMALL_BUFFER: usize = 3;

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 4, title: text::TITLE, story, serve, connect, dissector: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::a_connection());
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    stage.show(Side::CLIENT, &client);
    stage.show(Side::SERVER, &server);

    // ANCHOR: coalesced
    stage.step(text::three_writes());
    stage.show_calls();
    for word in WORDS {
        client.write_all(word.as_bytes())?;
    }
    wait_unread(&server, WORDS.concat().len())?; // until the kernel has them all
    stage.fact(Side::SERVER, text::unread(unread_bytes(&server)?));
    let _count = server.read(&mut [0; 1024])?;
    // ANCHOR_END: coalesced

    // ANCHOR: split
    stage.step(text::five_reads(GREETING.len(), SMALL_BUFFER));
    stage.show_calls();
    client.write_all(GREETING.as_bytes())?;
    wait_unread(&server, GREETING.len())?;
    let mut read = 0;
    while read < GREETING.len() {
        read += server.read(&mut [0; SMALL_BUFFER])?;
    }
    // ANCHOR_END: split

    // ANCHOR: framed
    stage.step(text::delimiter(SMALL_BUFFER));
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?.with_dissector(dissect::lines);
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    client.write_all("một\nhai\r\nba\n".as_bytes())?;
    client.shutdown(Shutdown::Write)?;
    receive(&mut server, SMALL_BUFFER, line::end, |whole| {
        stage.fact(Side::SERVER, dissect::shown(whole, &dissect::quoted(line::text(whole))));
        Ok(())
    })?;

    stage.step(text::length_prefix());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?.with_dissector(dissect::frames);
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let frames = [frame::frame("một".as_bytes())?, frame::frame(b"hai\nba")?, frame::frame(b"")?];
    client.write_all(&frames.concat())?;
    client.shutdown(Shutdown::Write)?;
    receive(&mut server, SMALL_BUFFER, frame::end, |whole| {
        stage.fact(Side::SERVER, dissect::shown(whole, &dissect::quoted(frame::message(whole))));
        Ok(())
    })?;

    stage.step(text::type_length_value());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?.with_dissector(dissect::tlvs);
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let values = [tlv::tlv(tlv::NAME, b"Lan")?, tlv::tlv(99, b"\xca\xfe")?, tlv::tlv(tlv::TEXT, "chào".as_bytes())?];
    client.write_all(&values.concat())?;
    client.shutdown(Shutdown::Write)?;
    receive(&mut server, SMALL_BUFFER, tlv::end, |whole| {
        stage.fact(Side::SERVER, dissect::shown(whole, &dissect::value(whole)));
        Ok(())
    })?;
    // ANCHOR_END: framed

    // ANCHOR: broken
    stage.step(text::no_limit());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?.with_dissector(dissect::frames);
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    client.write_all(b"\xff\xff\xff\xff")?;
    if let Err(error) = receive(&mut server, SMALL_BUFFER, frame::end, |_| Ok(())) {
        stage.fact(Side::SERVER, error);
    }

    stage.step(text::half_a_frame());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?.with_dissector(dissect::frames);
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    client.write_all(b"\0\0\0\x05m\xe1")?;
    client.shutdown(Shutdown::Write)?;
    if let Err(error) = receive(&mut server, SMALL_BUFFER, frame::end, |_| Ok(())) {
        stage.fact(Side::SERVER, error);
    }
    // ANCHOR_END: broken

    stage.try_next(&text::try_next());
    Ok(())
}
