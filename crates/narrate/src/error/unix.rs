//! Errors at the path of a Unix socket.

use std::fmt::Display;
use std::io;

use super::{Error, named};
use crate::text::unix as text;

impl Error {
    /// `bind` or `listen` at `place`, a path or an abstract name, failed.
    pub fn listening_at(place: impl Display, error: io::Error) -> Error {
        Error(match error.kind() {
            io::ErrorKind::AddrInUse => text::place_in_use(place),
            io::ErrorKind::NotFound => text::no_folder(place),
            io::ErrorKind::PermissionDenied => text::folder_forbidden(place),
            io::ErrorKind::InvalidInput => text::path_too_long(place),
            _ => text::cannot_listen(place, named(&error)),
        })
    }

    /// `connect` to `place`, a path or an abstract name, failed.
    pub fn connecting_to(place: impl Display, error: io::Error) -> Error {
        Error(match error.kind() {
            io::ErrorKind::ConnectionRefused => text::no_server_at(place),
            io::ErrorKind::NotFound => text::no_file(place),
            io::ErrorKind::PermissionDenied => text::forbidden(place),
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => text::not_accepted(place),
            io::ErrorKind::InvalidInput => text::path_too_long(place),
            _ => text::cannot_connect(place, named(&error)),
        })
    }
}
