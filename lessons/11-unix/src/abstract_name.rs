//! Abstract names, which only Linux has: no file, no mode, and the name is free when the socket is closed.

use narrate::{Error, Stage};

use crate::text;

#[cfg(any(target_os = "android", target_os = "linux"))]
pub(crate) fn lifetime(stage: &Stage) -> Result<(), Error> {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};

    use narrate::Side;

    // ANCHOR: abstract
    stage.step(text::abstract_name());
    let name = SocketAddr::from_abstract_name(format!("lesson11-{}", std::process::id()))?;
    let listener = UnixListener::bind_addr(&name)?;
    stage.show(Side::SERVER, &listener);
    UnixStream::connect_addr(&name)?; // while the socket lives
    drop(listener);
    stage.returned(Side::CLIENT, "connect()", &UnixStream::connect_addr(&name));
    stage.returned(Side::SERVER, "bind()", &UnixListener::bind_addr(&name));
    // ANCHOR_END: abstract
    Ok(())
}

#[cfg(not(any(target_os = "android", target_os = "linux")))]
pub(crate) fn lifetime(stage: &Stage) -> Result<(), Error> {
    stage.step(text::no_abstract_names());
    Ok(())
}
