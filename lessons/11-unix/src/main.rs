//! Lesson 11 · Unix socket · Socket Unix
//!
//! The calls of lessons 03 and 08 with a path instead of IP address and port, inside one kernel.
//!
//!     cargo run -p lesson11                      the whole story, on this machine
//!     cargo run -p lesson11 -- serve [PATH]      only the server: talk to it with `nc -U`
//!     cargo run -p lesson11 -- connect PATH      only the client; `@name` is an abstract name
//!
//! You should see a stream without TCP, datagrams without UDP that wait instead of getting lost, a rejection
//! that takes microseconds, a file that outlives its socket, and what all of it costs. Windows lacks these sockets.
#![cfg_attr(not(unix), allow(unused))]

#[cfg(unix)]
mod abstract_name;
#[cfg(unix)]
mod backlog;
#[cfg(unix)]
mod folder;
#[cfg(unix)]
mod measure;
#[cfg(unix)]
mod packets;
#[cfg(unix)]
mod permission;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod sides;
#[cfg(unix)]
mod socket_type;
mod text;

use std::fs::{self, Permissions};
use std::io::{self, Read, Write};
#[cfg(unix)]
use std::os::unix::{
    fs::PermissionsExt,
    net::{UnixDatagram, UnixListener, UnixStream},
};
use std::process::ExitCode;

use narrate::{Error, Side, Stage, errno};

const GREETING: &[u8] = b"xin chao";
/// "one", nothing, "two".
const WORDS: [&str; 3] = ["một", "", "hai"];
/// Read and write for the owner, nothing for others.
const OWNER_ONLY: u32 = 0o600;

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");

#[cfg(unix)]
fn main() -> ExitCode {
    if let Some(path) = permission::child_role() {
        return permission::run_child(&path); // this is the second process of step 8
    }
    let (title, serve, connect) = (text::TITLE, sides::serve, sides::connect);
    narrate::UnixLesson { number: 11, title, story, serve, connect, dissector: None }.run()
}

#[cfg(not(unix))]
fn main() -> ExitCode {
    narrate::unsupported(11, text::TITLE)
}

#[cfg(unix)]
fn story(stage: &Stage) -> Result<(), Error> {
    let folder = folder::Folder::create()?;

    // ANCHOR: listen
    stage.step(text::server_listens());
    let path = folder.join("echo.sock");
    let listener = UnixListener::bind(&path)?; // creates the file; its mode is the umask's
    fs::set_permissions(&path, Permissions::from_mode(OWNER_ONLY))?;
    // ANCHOR_END: listen
    stage.line(&text::folder(folder.display()));
    stage.line(&permission::file(&path)?);
    stage.show(Side::SERVER, &listener);

    // ANCHOR: connect
    stage.step(text::client_has_no_name());
    let mut client = stage.tap(Side::CLIENT, UnixStream::connect(&path)?)?; // no bind() before it, so no name
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    // ANCHOR_END: connect
    stage.show(Side::CLIENT, &client);
    stage.show(Side::SERVER, &server);
    client.write_all(GREETING)?;
    let request = read_exactly(&mut server, GREETING.len())?;
    server.write_all(&request)?;
    read_exactly(&mut client, request.len())?;

    socket_type::compare(stage, &listener)?; // step 3
    // ANCHOR: boundaries
    stage.step(text::datagrams(WORDS.len()));
    let (inbox, own, mut buffer) = (folder.join("inbox.sock"), folder.join("binh.sock"), [0; 64]);
    let server = stage.tap(Side::SERVER, UnixDatagram::bind(&inbox)?)?;
    let mai = stage.tap(MAI, UnixDatagram::unbound()?)?; // nameless
    let binh = stage.tap(BINH, UnixDatagram::bind(&own)?)?;
    for word in WORDS {
        mai.send_to(word.as_bytes(), &inbox)?;
    }
    binh.send_to(b"la binh", &inbox)?;
    for _ in 0..=WORDS.len() {
        let (count, sender) = server.recv_from(&mut buffer)?;
        if let Some(path) = sender.as_pathname() {
            server.send_to(&buffer[..count], path)?; // only a sender with a name can get an answer
        }
    }
    binh.recv_from(&mut buffer)?;
    // ANCHOR_END: boundaries

    backlog::full_queue(stage, &folder)?; // step 5
    packets::seqpacket(stage, &folder)?; // step 6
    stage.step(text::socket_pair());
    let (one, other) = UnixStream::pair()?; // socketpair(2): connected from the beginning
    let (mut one, mut other) = (stage.tap(Side::CLIENT, one)?, stage.tap(Side::SERVER, other)?);
    stage.show(Side::SERVER, &other);
    one.write_all(b"alo")?;
    read_exactly(&mut other, 3)?;

    permission::compare(stage, &path)?; // step 8
    backlog::full_backlog(stage, &folder)?; // step 9

    // ANCHOR: outlived
    stage.step(text::file_outlives_socket());
    drop(listener);
    stage.line(&permission::file(&path)?); // still there
    stage.returned(Side::CLIENT, "connect()", &UnixStream::connect(&path));
    if let Err(error) = UnixListener::bind(&path) {
        stage.fact(Side::SERVER, text::old_file(errno(&error).map_or("?", |(name, _)| name)));
    }
    stage.returned(Side::SERVER, "remove_file()", &fs::remove_file(&path));
    stage.returned(Side::CLIENT, "connect()", &UnixStream::connect(&path));
    stage.returned(Side::SERVER, "bind()", &UnixListener::bind(&path));
    // ANCHOR_END: outlived

    abstract_name::lifetime(stage)?; // step 11
    measure::compare(stage)?; // step 12
    stage.try_next(&text::try_next());
    Ok(())
}

/// Reads until `count` bytes have come, or the stream has ended: a read may give fewer.
fn read_exactly(stream: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
