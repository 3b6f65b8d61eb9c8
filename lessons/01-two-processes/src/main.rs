//! Lesson 01 · Two processes · Hai tiến trình
//!
//! A program starts itself a second time, and the two processes talk over a socket.
//!
//!     cargo run -p lesson01                      the whole story, on this machine
//!     cargo run -p lesson01 -- serve             only the server: greets each client and asks questions
//!     cargo run -p lesson01 -- connect ADDRESS   only the client: connects, and answers questions
//!
//! You should see two pids, and one connection seen from both of its ends: the same two addresses
//! swapped, two lines in the kernel's list, and a variable that does not cross.

mod client;
mod server;
mod text;
mod view;

use std::env;
use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::{self, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

use narrate::{Error, Lang, Lesson, Side, Stage};
use server::read_line;
use view::View;

/// One line of the program; in memory once for each process that runs it.
static NOTE: AtomicU32 = AtomicU32::new(0);

fn main() -> ExitCode {
    let (serve, connect) = (Some(serve as _), Some(client::connect as _));
    Lesson { number: 1, title: text::TITLE, story, serve, connect, dissector: None }.run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::a_process_listens());
    // ANCHOR: listen
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    let address = listener.local_addr()?;
    // ANCHOR_END: listen
    stage.fact(Side::SERVER, format!("pid {}", process::id()));
    stage.show(Side::SERVER, &listener);

    stage.step(text::a_second_process());
    // ANCHOR: start
    let mut second = Command::new(env::current_exe()?)
        .args(["connect", &address.to_string(), "--lang", Lang::current().code()])
        .stdin(Stdio::null())
        .stdout(Stdio::null()) // no screen: everything it has to say must cross the socket
        .spawn()?;
    // ANCHOR_END: start
    stage.fact(Side::SERVER, text::runs(format!("lesson01 connect {address}")));
    stage.fact(Side::CLIENT, format!("pid {}", second.id()));

    stage.step(text::client_connects());
    // ANCHOR: talk
    let (server, _) = listener.accept()?; // waits for a client; returns our end of the connection
    let server = stage.tap(Side::SERVER, server)?; // whatever crosses is printed
    let (mut from_client, mut to_client) = (BufReader::new(&server), &server); // one socket, both ways
    read_line(&mut from_client)?;
    to_client.write_all(b"chao ban\n")?;
    // ANCHOR_END: talk

    stage.step(text::both_ends());
    stage.hide_calls(); // the table below is what they say
    // ANCHOR: look
    let ours = View::of(&server)?;
    to_client.write_all(b"socket?\n")?; // the client looks too, and answers in a line
    let theirs: View = read_line(&mut from_client)?.parse()?;
    // ANCHOR_END: look
    view::show(stage, &ours, &theirs);

    stage.step(text::kernel_table());
    view::show_rows(stage, &ours, &theirs);

    stage.step(text::memory_is_not_shared());
    // ANCHOR: memory
    thread::scope(|scope| {
        scope.spawn(|| NOTE.store(7, Relaxed)); // this thread shares our memory
    });
    stage.fact(Side::SERVER, format!("NOTE = {}", NOTE.load(Relaxed)));
    to_client.write_all(b"note?\n")?; // the client answers with its own NOTE
    read_line(&mut from_client)?;
    // ANCHOR_END: memory

    stage.step(text::a_process_ends());
    // ANCHOR: end
    second.kill()?; // from outside: it can neither send a farewell nor close anything
    stage.fact(Side::CLIENT, second.wait()?);
    let _ = read_line(&mut from_client); // read() returns 0; Windows reports a reset
    // ANCHOR_END: end

    stage.try_next(&text::try_next());
    Ok(())
}

fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(&listener)?;
    let tapper = stage.tapper(Side::SERVER);
    let accept = |client| {
        stage.fact(Side::SERVER, View::of(&client)?);
        tapper.tap(client)
    };
    server::serve(&listener, accept, |line| match line {
        Ok(Some(line)) => stage.fact(Side::CLIENT, view::quoted(line)),
        Ok(None) => stage.fact(Side::SERVER, text::end_of_stream()),
        Err(error) => stage.returned::<()>(Side::SERVER, "read()", &Err(error)),
    });
    Ok(())
}
