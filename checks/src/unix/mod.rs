//! Servers at a path, and those who talk to them; only on systems that have Unix sockets.

mod datagram;
mod file;
mod server;
mod start;

pub use datagram::{Address, UnixPeer};
pub use file::Standing;
pub use server::UnixServer;
