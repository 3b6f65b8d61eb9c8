//! The room as its members see it: who talks, who does not read, who has vanished.

use std::error::Error;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use narrate::{Endpoint, Side, Stage};
use tungstenite::{Message, WebSocket};

use crate::hall::Hall;
use crate::pair::shown;
use crate::text;

/// A first byte and two more, as every JPEG has them.
const PICTURE: &[u8] = b"\xff\xd8\xff";
/// A picture as large as the room takes, nearly.
const LARGE: usize = 60 * 1024;
/// Pictures before we give up: the kernel's own buffers take dozens of them.
const PICTURES: usize = 2000;
/// How long one end waits for the other.
const PATIENCE: Duration = Duration::from_secs(10);
/// The heartbeat of a room that has one. 20 seconds in `serve`; the story has not that long.
const HEARTBEAT: Duration = Duration::from_millis(500);
/// A heartbeat that never comes.
const NONE: Duration = Duration::from_secs(24 * 60 * 60);

/// Steps 9 to 11, each in a room of its own.
pub(crate) fn in_one_room(stage: &Stage) -> Result<(), Box<dyn Error>> {
    stage.step(text::a_room());
    talk(stage)?;
    stage.step(text::a_slow_one());
    slow(stage)?;
    stage.step(text::a_cable());
    vanished(stage)
}

/// Three programs that share nothing but the protocol; and the page, over the same port.
fn talk(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let hall = Hall::open(NONE)?;
    let address = hall.address;
    // ANCHOR: talk
    let (mai, binh) = (Side::client("mai"), Side::client("binh"));
    let mut one = enter(stage.tap(mai, TcpStream::connect(address)?)?, address, "mai")?;
    stage.fact(mai, text::hears(hears(&mut one)?));
    let mut other = enter(stage.tap(binh, TcpStream::connect(address)?)?, address, "binh")?;
    stage.fact(binh, text::hears(hears(&mut other)?));
    stage.fact(mai, text::hears(hears(&mut one)?));
    one.send(Message::text("xin chao"))?;
    stage.fact(binh, text::hears(hears(&mut other)?));
    other.send(Message::binary(PICTURE))?;
    stage.fact(mai, text::hears(hears(&mut one)?));
    // ANCHOR_END: talk
    let script = Side::client("script");
    if python(address) {
        let heard = [hears(&mut one)?, hears(&mut one)?, hears(&mut one)?];
        stage.fact(script, text::script_heard(heard.join(" · ")));
    } else {
        stage.fact(script, text::no_script());
    }
    stage.fact(Side::client("page"), text::page(page(address)?));
    Ok(())
}

/// A member who never reads, and two who do. The room's memory for the first one has a bound.
fn slow(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let hall = Hall::open(NONE)?;
    let mut cham = seated(&hall, "cham")?; // the last thing that it reads, for now
    let mut lan = seated(&hall, "lan")?;
    let mut tu = seated(&hall, "tu")?;
    // ANCHOR: slow
    let picture = Message::binary(vec![0xff; LARGE]);
    let mut sent = 0;
    let news = loop {
        lan.send(picture.clone())?;
        sent += 1;
        match next(&mut tu)? {
            Message::Text(news) => break news,
            _ if sent == PICTURES => return Err(text::never_slow().into()),
            _ => {}
        }
    };
    // ANCHOR_END: slow
    stage.fact(Side::client("lan"), text::sent(sent));
    stage.fact(Side::client("tu"), text::hears(news));
    let mut read = 0;
    let end = loop {
        match next(&mut cham)? {
            end @ Message::Close(_) => break end,
            _ => read += 1, // what was on its way when the room had enough
        }
    };
    stage.fact(Side::client("cham"), text::reads_at_last(read));
    stage.fact(Side::client("cham"), format!("read() → {}", shown(&end)));
    Ok(())
}

/// The same silent member in two rooms. Only the one that asks finds out.
fn vanished(stage: &Stage) -> Result<(), Box<dyn Error>> {
    // ANCHOR: vanished
    let (asking, trusting) = (Hall::open(HEARTBEAT)?, Hall::open(NONE)?);
    let believed = seated(&trusting, "ma")?; // from here on it neither reads nor writes
    let mut watcher = seated(&asking, "mai")?;
    let since = Instant::now();
    let gone = seated(&asking, "ma")?; // nor does this one
    let news = [hears(&mut watcher)?, hears(&mut watcher)?]; // to read is to answer pings, for the watcher
    let after = since.elapsed().as_millis();
    stage.fact(Side::SERVER, text::with_heartbeat(HEARTBEAT.as_millis(), news.join(" · "), after));
    let mut late = enter(connect(trusting.address)?, trusting.address, "lien")?;
    stage.fact(Side::SERVER, text::without_heartbeat(here(&mut late)?));
    // ANCHOR_END: vanished
    let end = Endpoint::of(Side::SERVER, believed.get_ref())?;
    stage.socket(&Endpoint { local: trusting.address, peer: Some(end.local), ..end });
    drop((gone, believed));
    Ok(())
}

/// A connection that the tape does not hear: what crosses here are megabytes of nothing.
fn connect(address: SocketAddr) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn enter<S: Read + Write>(stream: S, address: SocketAddr, name: &str) -> Result<WebSocket<S>, Box<dyn Error>> {
    let (mut socket, _) = tungstenite::client(format!("ws://{address}/"), stream).map_err(|why| why.to_string())?;
    socket.send(Message::text(name))?;
    Ok(socket)
}

/// A member who is in, and has been told who else is.
fn seated(hall: &Hall, name: &str) -> Result<WebSocket<TcpStream>, Box<dyn Error>> {
    let mut socket = enter(connect(hall.address)?, hall.address, name)?;
    here(&mut socket)?;
    Ok(socket)
}

/// The next message that is for the member, not for the connection.
fn next<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<Message> {
    loop {
        let message = socket.read()?;
        if !message.is_ping() && !message.is_pong() {
            return Ok(message);
        }
    }
}

/// The same, in words.
fn hears<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<String> {
    Ok(match next(socket)? {
        Message::Text(line) => line.to_string(),
        other => shown(&other),
    })
}

/// The line that names who is here: a newcomer is in. What was said before comes in front of it.
fn here<S: Read + Write>(socket: &mut WebSocket<S>) -> tungstenite::Result<String> {
    loop {
        let line = hears(socket)?;
        if line.starts_with('=') {
            return Ok(line);
        }
    }
}

/// True when the script of this lesson was in the room. It needs python3 and its package websockets.
fn python(address: SocketAddr) -> bool {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/room.py");
    let run = Command::new("python3")
        .args([script, &format!("ws://{address}/"), "--once"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    run.is_ok_and(|status| status.success())
}

/// The first line of the answer to the same GET without an Upgrade.
fn page(address: SocketAddr) -> Result<String, Box<dyn Error>> {
    let mut stream = connect(address)?;
    write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer)?;
    let kind = answer.lines().find(|line| line.to_ascii_lowercase().starts_with("content-type"));
    Ok(format!("{}   {}", answer.lines().next().unwrap_or_default(), kind.unwrap_or_default()))
}
