//! One host of a pair: a network namespace, and how to run code in it.

use std::ffi::OsStr;
use std::io;
use std::net::Ipv4Addr;
use std::process::Command;

/// One host of a pair: a network namespace with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    namespace: String,
    address: Ipv4Addr,
}

impl Host {
    #[cfg(target_os = "linux")]
    pub(super) fn new(namespace: String, address: Ipv4Addr) -> Host {
        Host { namespace, address }
    }

    /// The namespace's name, for `ip netns exec NAME …`.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The address at which the other host reaches this one.
    pub fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// `program`, to be started inside: the command's process becomes the program's own, so killing it
    /// kills the program. End what you have started before the pair is dropped.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace]).arg(program);
        command
    }

    /// Does `act` inside, on a thread of its own. A socket that it opens stays inside wherever it is used
    /// later; a thread that it starts is inside as well.
    ///
    /// # Errors
    /// When the namespace cannot be entered.
    pub fn inside<T: Send>(&self, act: impl FnOnce() -> T + Send) -> io::Result<T> {
        inside(&self.namespace, act)
    }
}

#[cfg(target_os = "linux")]
pub(super) fn inside<T: Send>(namespace: &str, act: impl FnOnce() -> T + Send) -> io::Result<T> {
    use std::fs::File;
    use std::os::fd::AsFd;
    use std::{panic, thread};

    use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

    let namespace = File::open(super::namespace::folder().join(namespace))?;
    let enter = || {
        move_into_link_name_space(namespace.as_fd(), Some(LinkNameSpaceType::Network))?;
        Ok(act())
    };
    // The thread ends inside: only a thread that nobody else uses may change its namespace.
    thread::scope(|scope| scope.spawn(enter).join()).unwrap_or_else(|panicked| panic::resume_unwind(panicked))
}

#[cfg(not(target_os = "linux"))]
fn inside<T: Send>(_namespace: &str, _act: impl FnOnce() -> T + Send) -> io::Result<T> {
    Err(io::ErrorKind::Unsupported.into())
}
