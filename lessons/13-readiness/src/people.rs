//! Mai, Binh and Lan: clients who call, and the server's end of each connection.

use std::cell::Cell;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use narrate::{Endpoint, Error, Overheard, Side, Stage, Tapped, kernel};

use crate::{THINK, text};

pub(crate) const MAI: Side = Side::client("mai");
pub(crate) const BINH: Side = Side::client("binh");
pub(crate) const LAN: Side = Side::client("lan");

/// The server's end of a connection, as mio holds it.
pub(crate) type FromClient = Overheard<mio::net::TcpStream>;

/// How long a read may block. In the meantime we look at the kernel's table, which may be long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A client calls and is accepted: its end, and ours.
pub(crate) fn call(stage: &Stage, listener: &TcpListener, side: Side) -> Result<(Tapped, Tapped), Error> {
    let client = stage.tap(side, TcpStream::connect(listener.local_addr()?)?)?;
    let (ours, _) = listener.accept()?;
    let ours = stage.tap(Side::SERVER, ours)?;
    ours.set_read_timeout(Some(PATIENCE))?;
    Ok((client, ours))
}

/// The same, with our end in the hands of mio.
// ANCHOR: from_std
pub(crate) fn call_event_loop(
    stage: &Stage,
    listener: &TcpListener,
    side: Side,
) -> Result<(Tapped, FromClient), Error> {
    let client = stage.tap(side, TcpStream::connect(listener.local_addr()?)?)?;
    let (ours, peer) = listener.accept()?;
    ours.set_nonblocking(true)?; // mio takes it as it is: left blocking, one read would hold the loop
    let local = ours.local_addr()?;
    Ok((client, stage.overhear(Side::SERVER, mio::net::TcpStream::from_std(ours), local, peer)))
}
// ANCHOR_END: from_std

/// A client that takes its time. When it cannot speak any more, the other side meets the end of the stream.
pub(crate) fn think_and_say(client: &Tapped, words: &[u8]) {
    thread::sleep(THINK);
    let mut client = client;
    let _ = client.write_all(words);
}

/// Waits until something that `client` sent lies in the server's kernel, and returns how many bytes do; `None`
/// where the system shows no table.
pub(crate) fn arrived(client: &TcpStream) -> Option<u32> {
    let (end, waiting) = (far_end(client)?, Cell::new(None));
    // One look at the table is enough: on a machine with many sockets it is a long one.
    kernel::until(&end, |row| {
        waiting.set(row.map(|row| row.receive_queue));
        waiting.get().is_some_and(|count| count > 0)
    });
    waiting.get()
}

/// The same, for the screen.
pub(crate) fn show_arrived(stage: &Stage, client: &TcpStream, name: &str) {
    if let Some(count) = arrived(client) {
        stage.fact(Side::SERVER, text::waits_in_the_kernel(name, count));
    }
}

/// The server's end of the connection whose other end `client` is.
pub(crate) fn far_end(client: &TcpStream) -> Option<Endpoint> {
    let (local, peer) = (client.peer_addr().ok()?, client.local_addr().ok()?);
    Some(Endpoint { side: Side::SERVER, local, peer: Some(peer) })
}
