//! A server that listens at a path: called, told that its stdin has ended, killed.

use std::path::{Path, PathBuf};

use socket2::{Domain, SockAddr, Socket, Type};

use crate::limits::STEP;
use crate::peer::{self, Met, Peer};
use crate::program::{Place, Server};
use crate::{Failure, Symptom, Text, said, text};

/// A server at a path. It ends with the check.
pub type UnixServer = Server<PathBuf>;

impl Place for PathBuf {
    const LOOKS_LIKE: Text = text!("một đường dẫn tuyệt đối", "an absolute path");

    fn read(word: &str) -> Option<PathBuf> {
        let path = PathBuf::from(word);
        path.is_absolute().then_some(path)
    }

    fn shown(&self) -> String {
        self.display().to_string()
    }
}

impl UnixServer {
    /// Where it listens.
    pub fn path(&self) -> &Path {
        &self.address
    }

    /// Calls it.
    pub fn connect(&self) -> Result<Peer, Failure> {
        let place = self.path().display();
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None).map_err(|error| Failure::infra("socket", &error))?;
        // When the backlog is full, a call waits; this limits that wait, too.
        socket.set_write_timeout(Some(STEP)).map_err(|error| Failure::infra("SO_SNDTIMEO", &error))?;
        let address = SockAddr::unix(self.path()).map_err(|error| Failure::infra("path", &error))?;
        socket.connect(&address).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Failure::new(
                Symptom::Refused,
                said! {
                    vi: "Đường dẫn {place} không còn nữa, không gọi vào đâu được.",
                    en: "The path {place} is gone: there is nothing to call.",
                },
            ),
            _ => peer::connect_failure(place, &error),
        })?;
        Peer::new(socket, self.peers.next(), self.log.clone(), Met::Called)
    }
}

#[cfg(target_os = "linux")]
impl UnixServer {
    /// From now on no file that it writes may grow beyond `bytes`, as on a disk that is full.
    pub fn limit_file_size(&self, bytes: u64) -> Result<(), Failure> {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let limit = Rlimit { current: Some(bytes), maximum: getrlimit(Resource::Fsize).maximum };
        prlimit(Some(self.pid()?), Resource::Fsize, limit).map_err(|error| Failure::infra("prlimit", &error))?;
        self.log.aside(
            None,
            said! {
                vi: "từ giờ tệp không dài quá {bytes} byte được, như khi đĩa đầy",
                en: "from now on the file cannot grow beyond {bytes} bytes, as on a full disk",
            },
        );
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
impl UnixServer {
    /// From now on no file that it writes may grow beyond `bytes`, as on a disk that is full.
    pub fn limit_file_size(&self, _bytes: u64) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}
