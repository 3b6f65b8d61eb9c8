//! The tool as a learner runs it: in a small course of its own, over real cargo and real sockets.

mod bad_input;
mod fixture;
mod lang;
mod learner;
mod patch;
mod sync;
mod verify;
mod watch;
