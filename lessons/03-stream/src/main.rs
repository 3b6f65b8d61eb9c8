//! Lesson 03 · Stream socket · Socket luồng
//!
//! One side listens, the other asks; then both talk at once over one connection.
//!
//!     cargo run -p lesson03                      the whole story, on this machine
//!     cargo run -p lesson03 -- serve             only the server: talk to it with `nc`
//!     cargo run -p lesson03 -- connect ADDRESS   only the client
//!
//! You should see the echo come back, then a half-close that still lets the answer through,
//! and at last a reset, which looks to the program nothing like an end.

mod sides;
mod text;

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;

use narrate::kernel::{self, State};
use narrate::{Endpoint, Error, Lesson, Side, Stage, Tapped};

const GREETING: &[u8] = b"xin chao";
const LAST_WORDS: &[u8] = b"tam biet";

fn main() -> ExitCode {
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    Lesson { number: 3, title: text::TITLE, story, serve, connect, annotate: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: connect
    stage.step(text::a_listener_waits());
    let listener = TcpListener::bind("127.0.0.1:0")?; // 0: any free port
    let address = listener.local_addr()?;
    let listening = Endpoint::listening(Side::SERVER, &listener)?;
    stage.socket(&listening);

    stage.step(text::a_client_calls());
    let client = TcpStream::connect(address)?; // nobody has called accept()
    let client_end = Endpoint::of(Side::CLIENT, &client)?;
    stage.socket(&client_end);
    kernel::until(&listening, |row| row.is_some_and(|row| row.receive_queue > 0)); // soon, if not yet
    if let Ok(Some(row)) = kernel::find(&listening) {
        stage.fact(Side::SERVER, text::waiting_in_the_backlog(row.receive_queue));
    }

    stage.step(text::the_server_accepts());
    let (server, _) = listener.accept()?; // a new socket; the listener listens on
    // ANCHOR_END: connect
    let server_end = Endpoint::of(Side::SERVER, &server)?;
    stage.socket(&listening);
    stage.socket(&server_end);
    let (mut client, mut server) = (stage.tap(Side::CLIENT, client)?, stage.tap(Side::SERVER, server)?);

    // ANCHOR: echo
    stage.step(text::an_echo(GREETING.len()));
    client.write_all(GREETING)?; // one write may take fewer bytes than we offer
    let heard = read_some(&mut server, GREETING.len())?;
    server.write_all(&heard)?;
    let echoed = read_some(&mut client, heard.len())?;
    // ANCHOR_END: echo
    stage.bytes(Side::CLIENT, Side::SERVER, &heard);
    stage.bytes(Side::SERVER, Side::CLIENT, &echoed);

    // ANCHOR: both
    stage.step(text::both_at_once());
    client.write_all(b"tick")?;
    server.write_all(b"tock")?; // before it has read "tick": nobody waits for a turn
    let to_server = read_some(&mut server, 4)?;
    let to_client = read_some(&mut client, 4)?;
    // ANCHOR_END: both
    stage.bytes(Side::CLIENT, Side::SERVER, &to_server);
    stage.bytes(Side::SERVER, Side::CLIENT, &to_client);

    // ANCHOR: half_close
    stage.step(text::a_half_close());
    client.shutdown(Shutdown::Write)?; // "I have said everything": a FIN
    let end = server.read(&mut [0; 16])?; // 0 is no empty message: it is the end
    stage.fact(Side::SERVER, format!("read() → {end}"));
    let (fin_wait, close_wait) = (Some(State::FinWait2), Some(State::CloseWait));
    stage.states(&[(client_end, fin_wait), (server_end, close_wait)]);

    stage.step(text::the_answer_still_comes());
    server.write_all(LAST_WORDS)?;
    drop(server); // the second FIN: now both directions are closed
    let mut answer = Vec::new();
    client.read_to_end(&mut answer)?;
    // ANCHOR_END: half_close
    stage.bytes(Side::SERVER, Side::CLIENT, &answer);
    stage.states(&[(client_end, Some(State::TimeWait)), (server_end, None)]);

    // ANCHOR: reset
    stage.step(text::a_reset());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let ends = [Endpoint::of(Side::CLIENT, &client)?, Endpoint::of(Side::SERVER, &server)?];
    client.write_all(GREETING)?;
    server.peek(&mut [0; 1])?; // the bytes are here now; we close without reading them
    drop(server);
    let broken = client.read(&mut [0; 16]);
    // ANCHOR_END: reset
    if let Err(error) = &broken {
        stage.met(Side::CLIENT, "read()", error);
    }
    if let Err(error) = client.write(GREETING) {
        stage.met(Side::CLIENT, "write()", &error);
    }
    stage.states(&[(ends[0], None), (ends[1], None)]);

    stage.try_next(&[
        ("cargo run -p lesson03 -- serve", text::try_serve()),
        ("ss -tan 'sport = :PORT or dport = :PORT'", text::try_ss()),
        ("cargo run -p lesson03 -- --pcap lesson03.pcap", text::try_pcap()),
    ]);
    Ok(())
}

/// Reads until `count` bytes have come, or the stream has ended: a read may give fewer.
fn read_some(stream: &mut Tapped, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
