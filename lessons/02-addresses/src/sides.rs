//! One side at a time: a server that tells each caller both addresses, and a client that listens.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

use narrate::{Error, Side, Stage};

use crate::{dual, text};

/// How much of a server's answer `connect` shows.
const ANSWER_LIMIT: u64 = 64 * 1024;

/// Tells each caller from where it called and to where, one line, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = dual::listen(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(listener.local_addr()?);
    for arrived in listener.incoming() {
        // A caller that was gone before we accepted it is no reason to stop serving the others.
        let _ = arrived.and_then(|caller| tell(stage, caller));
    }
    Ok(())
}

fn tell(stage: &Stage, caller: TcpStream) -> io::Result<()> {
    let (from, to) = (caller.peer_addr()?, caller.local_addr()?);
    writeln!(stage.tap(Side::SERVER, caller)?, "{}", text::you_called(from, to))
}

/// Shows both addresses of the connection, then what the server says, until it closes.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    stage.fact(Side::CLIENT, format!("{} → {}", server.local_addr()?, server.peer_addr()?));
    io::copy(&mut stage.tap(Side::CLIENT, server)?.take(ANSWER_LIMIT), &mut io::stdout())?;
    Ok(())
}
