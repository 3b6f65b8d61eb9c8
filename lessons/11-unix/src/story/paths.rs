//! The life of a path: the file stays when the socket goes, and the file is no socket.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

use narrate::{Error, Side, Stage};

use crate::text;

/// The file at `path`, as `ls -l` would show it.
pub(crate) fn file(path: &Path) -> io::Result<String> {
    let file = fs::symlink_metadata(path)?;
    let kind = if file.file_type().is_socket() { 's' } else { '-' };
    let letters: String =
        (0..9).map(|bit| if file.mode() & (0o400 >> bit) == 0 { '-' } else { ['r', 'w', 'x'][bit % 3] }).collect();
    let name = path.file_name().unwrap_or_default();
    Ok(text::file(format!("{kind}{letters}"), file.uid(), file.len(), name.display()))
}

pub(crate) fn outlived(stage: &Stage, listener: UnixListener, path: &Path) -> Result<(), Error> {
    // ANCHOR: outlived
    stage.step(text::a_file_without_a_socket());
    drop(listener);
    stage.line(&file(path)?); // still there
    met_or_ok(stage, Side::CLIENT, "connect()", UnixStream::connect(path));
    met_or_ok(stage, Side::SERVER, "bind()", UnixListener::bind(path));
    fs::remove_file(path)?;
    stage.fact(Side::SERVER, "remove_file() → Ok");
    met_or_ok(stage, Side::CLIENT, "connect()", UnixStream::connect(path));
    met_or_ok(stage, Side::SERVER, "bind()", UnixListener::bind(path));
    // ANCHOR_END: outlived
    Ok(())
}

fn met_or_ok<T>(stage: &Stage, side: Side, call: &str, result: io::Result<T>) {
    match result {
        Ok(_) => stage.fact(side, format!("{call} → Ok")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => stage.fact(side, text::in_the_way(call)),
        Err(error) => stage.met(side, call, &error),
    }
}
