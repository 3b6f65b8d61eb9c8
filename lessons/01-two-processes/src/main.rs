//! Lesson 01 · Two processes · Hai tiến trình
//!
//! A program starts itself a second time, and the two processes talk over a socket.
//!
//!     cargo run -p lesson01                      the whole story, on this machine
//!     cargo run -p lesson01 -- serve             only the server: welcomes whoever calls
//!     cargo run -p lesson01 -- connect ADDRESS   only the client: calls, and answers questions
//!
//! You should see two pids, and one connection seen from both of its ends: the same two addresses
//! the other way round, two lines in the kernel's list, and a variable that does not cross.

mod client;
mod line;
mod text;
mod view;

use std::env;
use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::{self, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

use line::{quoted, read_line};
use narrate::{Endpoint, Error, Lang, Lesson, Side, Stage, Tapped, kernel};
use view::View;

/// One line of the program; in memory once for each process that runs it.
static NOTE: AtomicU32 = AtomicU32::new(0);

fn main() -> ExitCode {
    Lesson { number: 1, title: text::TITLE, story, serve: Some(serve), connect: Some(client::connect), annotate: None }
        .run()
}

fn story(stage: &Stage) -> Result<(), Error> {
    stage.step(text::a_process_listens());
    // ANCHOR: listen
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: any that is free
    let address = listener.local_addr()?;
    // ANCHOR_END: listen
    stage.fact(Side::SERVER, format!("pid {}", process::id()));
    stage.socket(&Endpoint::listening(Side::SERVER, &listener)?);

    stage.step(text::a_second_process());
    // ANCHOR: start
    let mut second = Command::new(env::current_exe()?)
        .args(["connect", &address.to_string(), "--lang", Lang::current().code()])
        .stdin(Stdio::null())
        .stdout(Stdio::null()) // no screen: what it has to say must cross the socket
        .spawn()?;
    // ANCHOR_END: start
    stage.fact(Side::SERVER, text::runs(format!("lesson01 connect {address}")));
    stage.fact(Side::CLIENT, format!("pid {}", second.id()));

    stage.step(text::they_talk());
    // ANCHOR: talk
    let (server, _) = listener.accept()?; // waits for a call; gives us our end of it
    let server = stage.tap(Side::SERVER, server)?;
    // One socket, both ways: we read what the client wrote, it reads what we write.
    let (mut from_client, mut to_client) = (BufReader::new(&server), &server);
    let greeting = read_line(&mut from_client)?;
    to_client.write_all(b"chao ban\n")?;
    // ANCHOR_END: talk
    stage.bytes(Side::CLIENT, Side::SERVER, greeting.as_bytes());
    stage.bytes(Side::SERVER, Side::CLIENT, b"chao ban\n");

    stage.step(text::each_side_looks());
    // ANCHOR: look
    let ours = View::of(&server)?;
    to_client.write_all(b"socket?\n")?; // the client looks too, and answers in a line
    let theirs: View = read_line(&mut from_client)?.parse()?;
    // ANCHOR_END: look
    view::show(stage, &ours, &theirs);

    stage.step(text::the_kernel_has_a_list());
    let ends = [ours.end(Side::SERVER), theirs.end(Side::CLIENT)];
    if let [Ok(Some(server)), Ok(Some(client))] = ends.each_ref().map(kernel::find) {
        view::show_rows(stage, [(&ours, server), (&theirs, client)]);
    } else {
        ends.iter().for_each(|end| stage.socket(end)); // no such list on this system: addresses only
    }

    stage.step(text::memory_is_not_shared());
    // ANCHOR: memory
    thread::scope(|scope| {
        scope.spawn(|| NOTE.store(7, Relaxed)); // this thread shares our memory
    });
    stage.fact(Side::SERVER, format!("NOTE = {}", NOTE.load(Relaxed)));
    to_client.write_all(b"note?\n")?;
    let note = read_line(&mut from_client)?;
    // ANCHOR_END: memory
    stage.bytes(Side::SERVER, Side::CLIENT, b"note?\n");
    stage.bytes(Side::CLIENT, Side::SERVER, note.as_bytes());

    stage.step(text::a_process_ends());
    // ANCHOR: end
    second.kill()?; // from outside: it can neither say goodbye nor close anything
    stage.fact(Side::CLIENT, second.wait()?);
    match read_line(&mut from_client) {
        Ok(rest) => stage.fact(Side::SERVER, format!("read() → {}", rest.len())),
        // Windows tells it by an error: a reset.
        Err(error) => stage.met(Side::SERVER, "read()", &error),
    }
    // ANCHOR_END: end

    stage.try_next(&[
        ("cargo run -p lesson01 -- serve", text::try_both()),
        ("ss -tnp 'sport = :PORT or dport = :PORT'", text::try_ss()),
        ("nc -lv 127.0.0.1 0", text::try_nc()),
    ]);
    Ok(())
}

/// Welcomes one caller after another, asks, and shows what each one says, until Ctrl-C.
fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(listener.local_addr()?);
    for arrived in listener.incoming() {
        // A caller that breaks off is no reason to turn the next one away.
        if let Err(error) = arrived.and_then(|caller| welcome(stage, &stage.tap(Side::SERVER, caller)?)) {
            stage.met(Side::SERVER, "read()", &error);
        }
    }
    Ok(())
}

fn welcome(stage: &Stage, mut caller: &Tapped) -> io::Result<()> {
    stage.fact(Side::SERVER, View::of(caller)?);
    caller.write_all(b"chao ban\nsocket?\nnote?\n")?;
    let mut from_caller = BufReader::new(caller);
    loop {
        let line = read_line(&mut from_caller)?;
        if line.is_empty() {
            stage.fact(Side::SERVER, "read() → 0");
            return Ok(());
        }
        stage.fact(Side::CLIENT, quoted(&line));
    }
}
