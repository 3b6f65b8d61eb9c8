//! One side at a time: a server that tells each client both addresses, and a client that prints what it receives.

use std::io::{self, Read};
use std::net::{SocketAddr, TcpStream};

use narrate::kernel::{self, State};
use narrate::{Error, Side, Stage};

use crate::{server, text};

/// The socket of the story's last step, which is both sides at once.
pub(crate) const SELF: Side = Side::client("socket");
/// How many bytes of a server's answer `connect` prints.
const ANSWER_LIMIT: u64 = 64 * 1024;

pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = server::listen(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(&listener)?;
    let tapper = stage.tapper(Side::SERVER);
    server::serve(&listener, |client| tapper.tap(client), text::you_connected);
    Ok(())
}

/// Prints both addresses of the connection, then what the server sends, until it closes.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    stage.fact(Side::CLIENT, format!("{} → {}", server.local_addr()?, server.peer_addr()?));
    io::copy(&mut stage.tap(Side::CLIENT, server)?.take(ANSWER_LIMIT), &mut io::stdout())?;
    Ok(())
}

/// Shows how many sockets listen on `address`, by the kernel's table.
pub(crate) fn show_listeners(stage: &Stage, address: SocketAddr) {
    if let Ok(table) = kernel::table() {
        let listens = table.iter().filter(|row| row.local == address && row.state == State::Listen).count();
        stage.fact(SELF, text::listeners(listens));
    }
}
