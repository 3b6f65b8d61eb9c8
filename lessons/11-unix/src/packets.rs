//! SEQPACKET: connected like a stream, with boundaries like datagrams. `std` has no type for it.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::path::Path;

use narrate::{Error, Side, Stage};
use socket2::{Domain, SockAddr, Socket, Type};

use crate::text;

/// 15 bytes, and a buffer that is too small for them.
const LONG: &str = "xin chào bạn";
const SMALL: usize = 8;

pub(crate) fn seqpacket(stage: &Stage, folder: &Path) -> Result<(), Error> {
    stage.step(text::seqpacket(LONG.len(), SMALL));
    let listener = match Socket::new(Domain::UNIX, Type::SEQPACKET, None) {
        Ok(listener) => listener,
        missing => {
            stage.returned(Side::SERVER, "socket(SEQPACKET)", &missing); // macOS has none
            return Ok(());
        }
    };
    // ANCHOR: seqpacket
    let address = SockAddr::unix(folder.join("packet.sock"))?;
    listener.bind(&address)?;
    listener.listen(1)?;
    let mut client = Socket::new(Domain::UNIX, Type::SEQPACKET, None)?;
    client.connect(&address)?;
    let mut server = stage.tap(Side::SERVER, listener.accept()?.0)?;
    // ANCHOR_END: seqpacket
    stage.show(Side::SERVER, &server);
    stage.show_calls();
    // ANCHOR: packets
    client.write_all(LONG.as_bytes())?; // one write, one packet
    client.write_all(b"tam biet")?;
    client.shutdown(Shutdown::Write)?;
    loop {
        let mut small = [0; SMALL];
        if server.read(&mut small)? == 0 {
            return Ok(()); // the end; an empty packet would look the same
        }
    }
    // ANCHOR_END: packets
}
