//! Starting a program and watching it from outside.

mod capture;
mod client;
mod count;
mod datagram;
mod dialogue;
mod holdings;
mod leave;
mod listener;
mod process;
mod procfs;
mod rest;
mod server;
mod settle;
mod silent;
mod suspend;

pub use client::{Client, Ended};
pub use datagram::{Call, DatagramPeer, Datagrams};
#[cfg(unix)]
pub(crate) use datagram::{LOOK, SILENCE, await_datagram, differs, named};
pub use dialogue::Dialogue;
pub use holdings::Holdings;
pub use leave::Signal;
pub(crate) use listener::{BACKLOG, HERE};
pub use listener::{Closed, Listener};
pub(crate) use process::{Process, command_line, how_it_ended, printable};
pub use rest::Idle;
pub(crate) use server::Place;
pub use server::{Dial, Server};
pub use silent::Silent;
