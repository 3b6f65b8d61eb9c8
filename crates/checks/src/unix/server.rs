//! A server that listens at a path.

use std::path::PathBuf;

use socket2::{Domain, SockAddr, Socket, Type};

use crate::limits::PROGRESS_TIMEOUT;
use crate::peer::connect_failure;
use crate::program::{Connect, ListenAddress, Server, SocketOptions};
use crate::{Failure, Symptom, Text, sentence};

/// A server at a path. It ends with the check.
pub type UnixServer = Server<PathBuf>;

impl ListenAddress for PathBuf {
    const LOOKS_LIKE: Text = Text { vi: "một đường dẫn tuyệt đối", en: "an absolute path" };

    fn parse(word: &str) -> Option<PathBuf> {
        let path = PathBuf::from(word);
        path.is_absolute().then_some(path)
    }

    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl Connect for PathBuf {
    fn open(&self, options: &SocketOptions) -> Result<Socket, Failure> {
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None).map_err(|error| Failure::infra("socket", &error))?;
        options.apply(&socket)?;
        // When the backlog is full, connect() waits; this limits that wait, too.
        socket.set_write_timeout(Some(PROGRESS_TIMEOUT)).map_err(|error| Failure::infra("SO_SNDTIMEO", &error))?;
        let address = SockAddr::unix(self).map_err(|error| Failure::infra("path", &error))?;
        let place = self.display();
        socket.connect(&address).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::new(
                Symptom::Refused,
                sentence! {
                    vi: "Đường dẫn {place} không còn nữa, không kết nối vào đâu được.",
                    en: "The path {place} is gone: there is nothing to connect to.",
                },
            ),
            _ => connect_failure(place, &error),
        })?;
        Ok(socket)
    }
}
