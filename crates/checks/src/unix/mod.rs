//! Servers at a path, datagram sockets with a path for a name, and files; only on systems that have Unix sockets.

mod datagram;
mod file;
mod server;

pub use datagram::{UnixDatagramPeer, UnixName};
pub use file::{FileSnapshot, expect_content, expect_mode, expect_nothing_at};
pub use server::UnixServer;
