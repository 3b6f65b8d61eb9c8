//! SEQPACKET, a connection that keeps boundaries; and a pair, which needs no address at all.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use narrate::{Error, Side, Stage};
use socket2::{Domain, SockAddr, Socket, Type};

use super::read_some;
use crate::text;

/// 15 bytes, and too little room for them.
const LONG: &str = "xin chào bạn";
const SMALL: usize = 8;

/// How long a read of this part waits.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) fn seqpacket(stage: &Stage, folder: &Path) -> Result<(), Error> {
    stage.step(text::seqpacket(LONG.len(), SMALL));
    match a_connection(folder) {
        Ok((client, server)) => talk(stage, &client, &server)?,
        Err(error) => stage.met(Side::SERVER, "socket(SEQPACKET)", &error), // macOS has none
    }
    Ok(())
}

/// As for a stream: bind, listen, connect, accept. `std` has no type for it.
fn a_connection(folder: &Path) -> io::Result<(Socket, Socket)> {
    // ANCHOR: seqpacket
    let path = SockAddr::unix(folder.join("packet.sock"))?;
    let listener = Socket::new(Domain::UNIX, Type::SEQPACKET, None)?;
    listener.bind(&path)?;
    listener.listen(1)?;
    let client = Socket::new(Domain::UNIX, Type::SEQPACKET, None)?;
    client.connect(&path)?;
    let (server, _) = listener.accept()?;
    // ANCHOR_END: seqpacket
    server.set_read_timeout(Some(PATIENCE))?;
    Ok((client, server))
}

fn talk(stage: &Stage, mut client: &Socket, mut server: &Socket) -> Result<(), Error> {
    stage.unix_socket(Side::SERVER, server);
    // ANCHOR: packets
    client.write_all(LONG.as_bytes())?; // one write, one packet
    client.write_all(b"tam biet")?;
    client.shutdown(Shutdown::Write)?;
    loop {
        let mut small = [0; SMALL];
        let count = server.read(&mut small)?;
        stage.gave(Side::SERVER, "read()", &small[..count]);
        if count == 0 {
            break; // the end; an empty packet would look the same
        }
    }
    // ANCHOR_END: packets
    Ok(())
}

pub(crate) fn pair(stage: &Stage) -> Result<(), Error> {
    // ANCHOR: pair
    stage.step(text::a_pair());
    let (one, other) = UnixStream::pair()?; // socketpair(2): connected from birth
    // ANCHOR_END: pair
    stage.unix_socket(Side::SERVER, &other);
    let mut one = stage.tap_unix(Side::CLIENT, one)?;
    let mut other = stage.tap_unix(Side::SERVER, other)?;
    one.write_all(b"alo")?;
    stage.bytes(Side::CLIENT, Side::SERVER, &read_some(&mut other, 3)?);
    Ok(())
}
