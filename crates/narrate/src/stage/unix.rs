//! What a story shows of Unix sockets.

use std::fmt::Display;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::path::Path;

use super::{PATIENCE, Stage};
use crate::tap::unix::{TappedUnix, TappedUnixDatagram};
use crate::{Side, kernel, text};

impl Stage {
    /// As [`Stage::tap`], for a Unix stream. It sends no packets, so a capture has nothing of it.
    ///
    /// # Errors
    /// When the socket takes no time limit.
    pub fn tap_unix(&self, side: Side, stream: UnixStream) -> io::Result<TappedUnix> {
        if !self.live {
            stream.set_read_timeout(Some(PATIENCE))?;
        }
        Ok(TappedUnix::new(self.recorder.clone(), side, stream))
    }

    /// As [`Stage::tap_unix`], for a Unix datagram socket.
    ///
    /// # Errors
    /// When the socket takes no time limit.
    pub fn tap_unix_datagram(&self, side: Side, socket: UnixDatagram) -> io::Result<TappedUnixDatagram> {
        if !self.live {
            socket.set_read_timeout(Some(PATIENCE))?;
        }
        Ok(TappedUnixDatagram::new(self.recorder.clone(), side, socket))
    }

    /// A Unix socket as the kernel's table shows it now: state, kind, and its name without the folder.
    pub fn unix_socket(&self, side: Side, socket: &impl AsFd) {
        match kernel::unix::find(socket) {
            Ok(Some(row)) => {
                let name = row.name.map_or_else(text::unix::no_name, |name| last_part(Path::new(&name)));
                self.fact(side, format!("{:<11} {:<10} {name}", row.state, row.kind));
            }
            Ok(None) | Err(_) => self.excuse_table(),
        }
    }

    /// As [`Stage::listening`], for a server at a path (or an abstract name, written `@name`).
    pub fn listening_at(&self, place: impl Display) {
        self.line(&format!("LISTENING {place}"));
        match place.to_string().strip_prefix('@') {
            Some(name) => self.line(&text::unix::talk_to_it_by_name(name)),
            None => self.line(&text::unix::talk_to_it_by_path(place)),
        }
    }
}

/// A path without its folder: what 80 columns have room for.
pub(crate) fn last_part(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
