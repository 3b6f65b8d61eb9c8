//! The client: what the second process of the story runs, and `connect ADDRESS` at your hand.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::Ordering::Relaxed;

use narrate::{Error, Side, Stage};

use crate::NOTE;
use crate::line::{quoted, read_line};
use crate::view::View;

/// Calls, greets, and answers the two questions it knows, until the server is gone.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    // ANCHOR: client
    let called = TcpStream::connect(address);
    let server = called.map_err(|error| Error::connecting(address, error))?;
    let server = stage.tap(Side::CLIENT, server)?;
    let ours = View::of(&server)?;
    stage.fact(Side::CLIENT, &ours);

    let (mut from_server, mut to_server) = (BufReader::new(&server), &server);
    to_server.write_all(b"xin chao\n")?;
    loop {
        let line = read_line(&mut from_server)?;
        if line.is_empty() {
            stage.fact(Side::CLIENT, "read() → 0");
            return Ok(());
        }
        stage.fact(Side::SERVER, quoted(&line));
        let answer = match line.trim_end() {
            "socket?" => ours.to_string(),
            "note?" => NOTE.load(Relaxed).to_string(),
            _ => continue,
        };
        to_server.write_all(format!("{answer}\n").as_bytes())?;
        // ANCHOR_END: client
        stage.fact(Side::CLIENT, quoted(&answer));
    }
}
