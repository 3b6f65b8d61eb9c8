//! The room as its members see it: some talk, one does not read, one has vanished.

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use narrate::{Endpoint, Side, Stage};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tungstenite::{Message, WebSocket};

use crate::server::{Server, Settings};
use crate::text;

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");
/// A first byte and two more, as every JPEG has them.
const JPEG_START: &[u8] = b"\xff\xd8\xff";
/// Bytes of a picture a little below the room's limit of 64 KiB.
const PICTURE_SIZE: usize = 60 * 1024;
/// Pictures before the story gives up: the kernel's own buffers take dozens of them.
const MAX_PICTURES: usize = 2000;
/// How long a client waits for the server.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);
/// The heartbeat of a room that has one. `serve` takes 20 s; the story has not that long.
const HEARTBEAT: Duration = Duration::from_millis(500);
/// A heartbeat that never comes.
const NO_HEARTBEAT: Duration = Duration::from_secs(24 * 60 * 60);

/// Two Rust clients and a script talk, and a browser's GET comes to the same port.
pub(crate) fn talk(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let server = TestServer::start(NO_HEARTBEAT)?;
    let address = server.address;
    let mai_stream = stage.tap(MAI, TcpStream::connect(address)?)?.off_screen();
    let binh_stream = stage.tap(BINH, TcpStream::connect(address)?)?.off_screen();
    let mut mai = join(mai_stream, address, "mai")?;
    stage.fact(MAI, text::receives(receive(&mut mai)?));
    let mut binh = join(binh_stream, address, "binh")?;
    stage.fact(BINH, text::receives(receive(&mut binh)?));
    stage.fact(MAI, text::receives(receive(&mut mai)?));
    mai.send(Message::text("xin chao"))?;
    stage.fact(BINH, text::receives(receive(&mut binh)?));
    binh.send(Message::binary(JPEG_START))?;
    stage.fact(MAI, text::receives(receive(&mut mai)?));
    let script = Side::client("script");
    if run_script(address) {
        let received = [receive(&mut mai)?, receive(&mut mai)?, receive(&mut mai)?];
        stage.fact(script, text::script_result(received.join(" · ")));
    } else {
        stage.fact(script, text::script_missing());
    }
    stage.fact(Side::client("page"), fetch_page(address)?);
    Ok(())
}

/// One member stops reading, and two go on. The room's memory for the first one has a bound.
pub(crate) fn fall_behind(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let server = TestServer::start(NO_HEARTBEAT)?;
    let mut cham = server.member("cham")?; // from here on it does not read
    let mut lan = server.member("lan")?;
    let mut tu = server.member("tu")?;
    let picture = Message::binary(vec![0xff; PICTURE_SIZE]);
    let mut sent = 0;
    let notice = loop {
        lan.send(picture.clone())?;
        sent += 1;
        match next_message(&mut tu)? {
            Message::Text(notice) => break notice,
            _ if sent == MAX_PICTURES => return Err(text::never_slow().into()),
            _ => {}
        }
    };
    stage.fact(Side::client("lan"), text::pictures_sent(sent));
    stage.fact(Side::client("tu"), text::receives(notice));
    let mut read = 0;
    let close = loop {
        match next_message(&mut cham)? {
            close @ Message::Close(_) => break close,
            _ => read += 1, // what was on its way when the room removed it
        }
    };
    stage.fact(Side::client("cham"), text::pictures_read(read));
    stage.fact(Side::client("cham"), text::read_returned(&close));
    Ok(())
}

/// The same silent client in two rooms. Only the room that sends pings finds out.
pub(crate) fn vanish(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let (pinging, trusting) = (TestServer::start(HEARTBEAT)?, TestServer::start(NO_HEARTBEAT)?);
    let still_member = trusting.member("ma")?; // from here on it neither reads nor writes
    let mut mai = pinging.member("mai")?;
    let since = Instant::now();
    let removed = pinging.member("ma")?; // nor does this one
    let notices = [receive(&mut mai)?, receive(&mut mai)?]; // while it reads, the library answers pings
    let after = since.elapsed().as_millis();
    stage.fact(Side::SERVER, text::with_heartbeat(HEARTBEAT.as_millis(), notices.join(" · "), after));
    let mut lien = join(connect(trusting.address)?, trusting.address, "lien")?;
    stage.fact(Side::SERVER, text::without_heartbeat(receive_names(&mut lien)?));
    let client = Endpoint::of(Side::CLIENT, still_member.get_ref())?;
    stage.show_endpoint(&Endpoint { side: Side::SERVER, local: trusting.address, peer: Some(client.local) });
    drop((removed, still_member));
    Ok(())
}

/// The server of `serve`, in threads of its own; it ends when this value is dropped.
struct TestServer {
    address: SocketAddr,
    /// The server's threads live as long as this.
    _runtime: Runtime,
}

impl TestServer {
    /// Starts a server with an empty room. Its members may send as fast as the network accepts.
    fn start(heartbeat: Duration) -> io::Result<TestServer> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        let (events, _) = mpsc::channel(1); // the story looks from outside
        let server = Server::new(Settings { heartbeat, burst: Duration::MAX }, events);
        runtime.spawn(server.accept_loop(listener, Ok)); // no tap: the clients have theirs
        Ok(TestServer { address, _runtime: runtime })
    }

    /// Connects a client that has joined and has received the names of the others. It has no tap: what
    /// crosses there are megabytes of the same byte.
    fn member(&self, name: &str) -> Result<WebSocket<TcpStream>, Box<dyn Error>> {
        let mut socket = join(connect(self.address)?, self.address, name)?;
        receive_names(&mut socket)?;
        Ok(socket)
    }
}

fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(READ_TIMEOUT))?;
    stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
    Ok(stream)
}

/// Upgrades the connection and sends the name.
fn join<S: Read + Write>(stream: S, address: SocketAddr, name: &str) -> Result<WebSocket<S>, Box<dyn Error>> {
    let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), stream).map_err(|error| error.to_string())?;
    socket.send(Message::text(name))?;
    Ok(socket)
}

/// Reads the next message that is not a ping or a pong.
fn next_message<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<Message> {
    loop {
        let message = socket.read()?;
        if !message.is_ping() && !message.is_pong() {
            return Ok(message);
        }
    }
}

/// Reads the next message, as the story shows it.
fn receive<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<String> {
    Ok(match next_message(socket)? {
        Message::Text(line) => line.to_string(),
        other => text::message(&other),
    })
}

/// Reads up to the line with the names of the others: the client has joined. The history comes before it.
fn receive_names<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<String> {
    loop {
        let line = receive(socket)?;
        if line.starts_with('=') {
            return Ok(line);
        }
    }
}

/// Runs this lesson's script, which joins, says a line and leaves. Returns false where it cannot run: it
/// needs python3 with the package websockets.
fn run_script(address: SocketAddr) -> bool {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/room.py");
    let status = Command::new("python3")
        .args([script, &format!("ws://{address}/"), "--once"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// Sends the same GET without an Upgrade. Returns the status line of the answer and its media type.
fn fetch_page(address: SocketAddr) -> Result<String, Box<dyn Error>> {
    let mut stream = connect(address)?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut response = String::new();
    stream.take(64 * 1024).read_to_string(&mut response)?;
    let media_type = response.lines().find(|line| line.to_ascii_lowercase().starts_with("content-type"));
    Ok(format!("{}   {}", response.lines().next().unwrap_or_default(), media_type.unwrap_or_default()))
}
