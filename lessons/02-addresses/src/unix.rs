//! A conversation without any IP address or port: a Unix socket (see unix(7), and lesson 11).

use std::io;

use narrate::Stage;

#[cfg(unix)]
pub(crate) fn talk(stage: &Stage, greeting: &[u8]) -> io::Result<()> {
    use std::io::{Read, Write};
    use std::os::unix::net::{UnixListener, UnixStream};

    // ANCHOR: unix
    let path = std::env::temp_dir().join(format!("lesson02-{}.sock", std::process::id()));
    let listener = UnixListener::bind(&path)?; // a file appears here
    let client = UnixStream::connect(&path);
    std::fs::remove_file(&path)?; // only a caller needs the name
    let mut client = client?;
    let (server, caller) = listener.accept()?;
    client.write_all(greeting)?;
    let mut heard = Vec::new();
    server.take(greeting.len() as u64).read_to_end(&mut heard)?;
    // ANCHOR_END: unix

    let here = listener.local_addr()?;
    let name = here.as_pathname().and_then(|path| path.file_name()).unwrap_or_default();
    stage.fact(narrate::Side::SERVER, name.display());
    let nameless = crate::text::no_name();
    let caller = caller.as_pathname().map_or(nameless, |path| path.display().to_string());
    stage.fact(narrate::Side::SERVER, format!("accept() → {caller}"));
    stage.bytes(narrate::Side::CLIENT, narrate::Side::SERVER, &heard);
    Ok(())
}

/// `std` opens Unix sockets on Unix only.
#[cfg(not(unix))]
pub(crate) fn talk(stage: &Stage, _: &[u8]) -> io::Result<()> {
    stage.say(crate::text::no_unix_sockets());
    Ok(())
}
