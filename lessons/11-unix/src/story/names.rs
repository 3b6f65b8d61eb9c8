//! Abstract names, which only Linux has: no file, no mode, nothing left behind.

use narrate::{Error, Stage};

use crate::text;

#[cfg(any(target_os = "android", target_os = "linux"))]
pub(crate) fn abstract_name(stage: &Stage) -> Result<(), Error> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};

    use narrate::Side;

    // ANCHOR: abstract
    stage.step(text::an_abstract_name());
    let name = SocketAddr::from_abstract_name(format!("lesson11-{}", std::process::id()))?;
    let listener = UnixListener::bind_addr(&name)?;
    stage.unix_socket(Side::SERVER, &listener);
    UnixStream::connect_addr(&name)?; // while the socket lives
    drop(listener);
    if let Err(error) = UnixStream::connect_addr(&name) {
        stage.met(Side::CLIENT, "connect()", &error);
    }
    UnixListener::bind_addr(&name)?;
    stage.fact(Side::SERVER, "bind() → Ok");
    // ANCHOR_END: abstract
    Ok(())
}

#[cfg(not(any(target_os = "android", target_os = "linux")))]
pub(crate) fn abstract_name(stage: &Stage) -> Result<(), Error> {
    stage.step(text::no_abstract_names());
    Ok(())
}
