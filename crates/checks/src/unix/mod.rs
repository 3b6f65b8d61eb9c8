//! Servers at a path, and those who talk to them; only on systems that have Unix sockets.

mod datagram;
mod file;
mod server;
mod start;
#[cfg(target_os = "linux")]
mod unread;

pub use datagram::{Address, UnixPeer};
pub use file::Standing;
pub use server::UnixServer;
#[cfg(target_os = "linux")]
pub(crate) use unread::Unread;
