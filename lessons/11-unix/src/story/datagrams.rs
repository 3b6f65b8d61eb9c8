//! Datagrams between paths: boundaries as in UDP, and a full queue that makes the sender wait.

use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use narrate::{Error, Side, Stage};

use crate::text;

const MAI: Side = Side::client("mai");
const BINH: Side = Side::client("binh");

/// "one", nothing, "two".
const WORDS: [&str; 3] = ["một", "", "hai"];
/// Room for any datagram of this story.
const ROOM: usize = 64;

pub(crate) fn boundaries(stage: &Stage, folder: &Path) -> Result<(), Error> {
    let mut room = [0; ROOM];
    // ANCHOR: boundaries
    stage.step(text::datagrams(WORDS.len()));
    let (inbox, own) = (folder.join("inbox.sock"), folder.join("binh.sock"));
    let server = stage.tap_unix_datagram(Side::SERVER, UnixDatagram::bind(&inbox)?)?;
    let mai = stage.tap_unix_datagram(MAI, UnixDatagram::unbound()?)?; // nameless
    let binh = stage.tap_unix_datagram(BINH, UnixDatagram::bind(&own)?)?;
    for word in WORDS {
        mai.send_to(word.as_bytes(), &inbox)?;
    }
    binh.send_to(b"la binh", &inbox)?;
    for _ in 0..=WORDS.len() {
        let (count, from) = server.recv_from(&mut room)?;
        stage.gave(Side::SERVER, "recv_from()", &room[..count]);
        if let Some(path) = from.as_pathname() {
            server.send_to(&room[..count], path)?; // a name: there is where to answer
        }
    }
    let (count, _) = binh.recv_from(&mut room)?;
    // ANCHOR_END: boundaries
    stage.gave(BINH, "recv_from()", &room[..count]);
    Ok(())
}

pub(crate) fn full_queue(stage: &Stage, folder: &Path) -> Result<(), Error> {
    // ANCHOR: full
    stage.step(text::a_full_queue());
    let path = folder.join("slow.sock");
    let (reader, writer) = (UnixDatagram::bind(&path)?, UnixDatagram::unbound()?);
    reader.set_nonblocking(true)?;
    writer.set_nonblocking(true)?; // else the next call would wait, for as long as nobody reads
    let mut sent = 0_u32;
    let refusal = loop {
        match writer.send_to(&sent.to_be_bytes(), &path) {
            Ok(_) => sent += 1,
            Err(refusal) => break refusal,
        }
    };
    // ANCHOR_END: full
    stage.fact(Side::CLIENT, text::taken(sent));
    stage.met(Side::CLIENT, "send_to()", &refusal);

    let mut kept = receive_all(&reader)?;
    writer.send_to(&sent.to_be_bytes(), &path)?; // there is room again
    kept.extend(receive_all(&reader)?);
    let lost = (0..=sent).filter(|number| !kept.contains(number)).count();
    stage.fact(Side::SERVER, text::none_lost(kept.len(), lost));
    Ok(())
}

/// The numbers of what waits in the queue.
fn receive_all(reader: &UnixDatagram) -> io::Result<Vec<u32>> {
    let (mut numbers, mut room) = (Vec::new(), [0; 4]);
    loop {
        match reader.recv(&mut room) {
            Ok(_) => numbers.push(u32::from_be_bytes(room)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(numbers),
            Err(error) => return Err(error),
        }
    }
}
