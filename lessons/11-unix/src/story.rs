//! The story: a stream at a path, then what else there is, then what goes wrong, then what it costs.

mod datagrams;
mod folder;
mod kinds;
mod measure;
mod names;
mod packets;
mod paths;
pub(crate) mod permission;
mod waiting;

use std::fs::{self, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Duration;

use narrate::{Error, Side, Stage};

pub(crate) use folder::Folder;

use crate::text;

const GREETING: &[u8] = b"xin chao";

/// Only the owner may call.
const OWNER_ONLY: u32 = 0o600;

pub(crate) fn tell(stage: &Stage) -> Result<(), Error> {
    let folder = Folder::fresh()?;

    // ANCHOR: listen
    stage.step(text::a_path_and_a_file());
    let path = folder.join("echo.sock");
    let listener = UnixListener::bind(&path)?; // makes the file; its mode is the umask's
    fs::set_permissions(&path, Permissions::from_mode(OWNER_ONLY))?;
    // ANCHOR_END: listen
    stage.line(&text::folder(folder.display()));
    stage.line(&paths::file(&path)?);
    stage.unix_socket(Side::SERVER, &listener);

    // ANCHOR: call
    stage.step(text::a_caller_without_a_name());
    let client = UnixStream::connect(&path)?; // no bind() before it, so no name
    let (server, _) = listener.accept()?;
    // ANCHOR_END: call
    stage.unix_socket(Side::CLIENT, &client);
    stage.unix_socket(Side::SERVER, &server);
    let (mut client, mut server) = (stage.tap_unix(Side::CLIENT, client)?, stage.tap_unix(Side::SERVER, server)?);
    // ANCHOR: echo
    client.write_all(GREETING)?;
    let heard = read_some(&mut server, GREETING.len())?;
    server.write_all(&heard)?;
    let echoed = read_some(&mut client, heard.len())?;
    // ANCHOR_END: echo
    stage.bytes(Side::CLIENT, Side::SERVER, &heard);
    stage.bytes(Side::SERVER, Side::CLIENT, &echoed);
    drop((client, server));

    kinds::ask_the_kernel(stage, &listener)?;
    datagrams::boundaries(stage, &folder)?;
    datagrams::full_queue(stage, &folder)?;
    packets::seqpacket(stage, &folder)?;
    packets::pair(stage)?;
    permission::refused(stage, &path)?;
    waiting::full_backlog(stage, &folder)?;
    paths::outlived(stage, listener, &path)?;
    names::abstract_name(stage)?;
    measure::compare(stage)?;

    stage.try_next(&[
        ("cargo run -p lesson11 -- serve", text::try_serve()),
        ("cargo run -p lesson11 -- serve /tmp/thu.sock", text::try_kill()),
        ("cargo run -p lesson11 -- serve @thu", text::try_namespace()),
    ]);
    Ok(())
}

/// Reads until `count` bytes have come, or the stream has ended: a read may give fewer.
fn read_some(stream: &mut impl Read, count: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// `8.1 µs` or `102.0 ms`.
fn took(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    if micros < 1000.0 { format!("{micros:.1} µs") } else { format!("{:.1} ms", micros / 1000.0) }
}
