//! The client: what the second process of the story runs, and `connect ADDRESS`.

use std::io::{BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::Ordering::Relaxed;

use narrate::{Error, Side, Stage};

use crate::server::read_line;
use crate::view::{View, quoted};
use crate::{NOTE, text};

/// Connects, greets, and answers the two questions that it knows, until the server closes.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    // ANCHOR: client
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let server = stage.tap(Side::CLIENT, server)?;
    let ours = View::of(&server)?;
    stage.fact(Side::CLIENT, &ours);

    let (mut from_server, mut to_server) = (BufReader::new(&server), &server);
    to_server.write_all(b"xin chao\n")?;
    loop {
        let line = read_line(&mut from_server)?;
        if line.is_empty() {
            stage.fact(Side::CLIENT, text::end_of_stream());
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
