//! Starting a program and watching it from outside.

mod capture;
mod client;
mod count;
mod process;
mod procfs;
mod rest;
mod server;
mod suspend;

pub use client::{Client, Closed, Ended, Listener};
pub(crate) use process::{Process, how_it_ended, printable};
pub use rest::Idle;
pub use server::{Dial, Server};
