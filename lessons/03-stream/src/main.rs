//! Lesson 03 · Stream socket · Socket luồng
//!
//! One side listens, the other connects; then both talk at once over one connection.
//!
//!     cargo run -p lesson03                      the whole story, on this machine
//!     cargo run -p lesson03 -- serve             only the server: talk to it with `nc`
//!     cargo run -p lesson03 -- connect ADDRESS   only the client
//!
//! You should see the echo come back, then a half-close that still lets the answer through,
//! and finally a reset, which looks to the program nothing like an end.

mod server;
mod text;

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;

use narrate::kernel::State;
use narrate::{Error, Lesson, Side, Stage};

const GREETING: &[u8] = b"xin chao";
const FAREWELL: &[u8] = b"tam biet";

fn main() -> ExitCode {
    Lesson { number: 3, title: text::TITLE, story, serve: Some(serve), connect: Some(connect), dissector: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: connect
    stage.step(text::server_listens());
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let address = listener.local_addr()?;
    stage.show(Side::SERVER, &listener);

    stage.step(text::client_connects());
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?; // before any accept()
    stage.show(Side::CLIENT, &client);
    stage.show_backlog(&listener);

    stage.step(text::server_accepts());
    let (server, _) = listener.accept()?; // a new socket; the listener listens on
    let mut server = stage.tap(Side::SERVER, server)?;
    stage.show(Side::SERVER, &listener);
    stage.show(Side::SERVER, &server);
    // ANCHOR_END: connect

    stage.step(text::echo(GREETING.len()));
    client.write_all(GREETING)?; // write_all: one write may take fewer bytes than we offer
    let request = read_exactly(&mut server, GREETING.len())?; // the stage prints: client → server  78 69 6e …
    server.write_all(&request)?;
    read_exactly(&mut client, request.len())?;

    // ANCHOR: both
    stage.step(text::both_directions());
    client.write_all(b"tick")?;
    server.write_all(b"tock")?; // before it has read "tick": neither side waits for its turn
    read_exactly(&mut server, 4)?;
    read_exactly(&mut client, 4)?;
    // ANCHOR_END: both

    // ANCHOR: half_close
    stage.step(text::half_close());
    client.shutdown(Shutdown::Write)?; // "I have sent everything": a FIN
    let _end = server.read(&mut [0; 16])?; // 0, which is not an empty message: it is the end
    let ends = [client.endpoint(), server.endpoint()];
    stage.states(&[(ends[0], Some(State::FinWait2)), (ends[1], Some(State::CloseWait))]);

    stage.step(text::answer_after_half_close());
    server.write_all(FAREWELL)?;
    drop(server); // the second FIN: now both directions are closed
    client.read_to_end(&mut Vec::new())?;
    // ANCHOR_END: half_close
    stage.states(&[(ends[0], Some(State::TimeWait)), (ends[1], None)]);

    // ANCHOR: reset
    stage.step(text::reset(GREETING.len()));
    let mut client = stage.tap(Side::CLIENT, TcpStream::connect(address)?)?;
    let server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    let ends = [client.endpoint(), server.endpoint()];
    client.write_all(GREETING)?;
    server.peek(&mut [0; 1])?; // waits until the bytes are here, and leaves them unread
    drop(server);
    let _ = client.read(&mut [0; 16]); // an error, not the end
    let _ = client.write(GREETING); // the connection is gone
    // ANCHOR_END: reset
    stage.states(&[(ends[0], None), (ends[1], None)]);

    stage.try_next(&text::try_next());
    Ok(())
}

/// Reads until `count` bytes have come, or the stream has ended: a read may give fewer.
fn read_exactly(stream: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(&listener)?;
    let tapper = stage.tapper(Side::SERVER);
    server::serve(&listener, |stream| tapper.tap(stream));
    Ok(())
}

/// Sends what you type, prints what the server sends. Ctrl-D closes the sending half.
fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let stream = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let server = Arc::new(stage.tap(Side::CLIENT, stream)?);
    let keyboard = Arc::clone(&server);
    // Not joined: when the server has closed there is nothing left to send to, and the thread, which may
    // wait for the keyboard, ends with the program.
    thread::spawn(move || {
        io::copy(&mut io::stdin(), &mut &*keyboard)?;
        keyboard.shutdown(Shutdown::Write)
    });
    io::copy(&mut &*server, &mut io::stdout())?;
    Ok(())
}
