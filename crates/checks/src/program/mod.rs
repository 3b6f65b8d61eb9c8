//! The program in each of its roles: a server, a client, a process that is told on its stdin what to do.

mod blackhole;
mod client;
mod datagram;
mod interactive;
mod listener;
mod server;

pub use blackhole::Blackhole;
pub use client::{Client, ProgramExit};
pub use datagram::{Datagram, DatagramPeer, DatagramSocket};
#[cfg(unix)]
pub(crate) use datagram::{POLL_INTERVAL, SILENCE, await_datagram, differs, named};
pub use interactive::InteractiveProcess;
pub(crate) use listener::{BACKLOG, HERE};
pub use listener::{Listener, RefusingAddress};
#[cfg(unix)]
pub(crate) use server::{Connect, ListenAddress, SocketOptions};
pub use server::{ConnectOptions, IdleSample, ResourceUsage, Server, Signal};
