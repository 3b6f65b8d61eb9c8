//! Judges a program from outside, as a network peer would.
//!
//! A task is one program. `checks` starts its binary, reads `LISTENING <address>` from its
//! stdout (a client task gets the address as its argument instead) and talks to it over a real
//! socket. The verdict is computed here, never read from the program's stdout or exit code.
//!
//! How to write a check: see `README.md` beside this crate's `Cargo.toml`.

mod harness;
mod ipv6;
mod judge;
mod limits;
mod log;
mod peer;
mod ports;
mod program;
mod report;
mod rng;
mod room;
mod said;
#[cfg(target_os = "linux")]
mod sock_diag;
mod stub;
mod symptom;
mod table;
mod task;
mod tasks;
mod trial;
#[cfg(unix)]
mod unix;
#[cfg(feature = "websocket")]
mod websocket;

pub use harness::harness;
pub use judge::{Options, judge};
pub use narrate::{Lang, Text};
pub use peer::{Order, Peer, Sign, Until};
pub use ports::{Held, Ports};
pub use program::{
    Call, Client, Closed, DatagramPeer, Datagrams, Dial, Dialogue, Ended, Holdings, Idle, Listener, Server, Signal,
    Silent,
};
pub use report::{
    Difference, Direction, Event, Explain, Failure, IfSupported, Outcome, Report, Skip, Style, Verdict, hang,
};
pub use rng::{Rng, parse_seed};
pub use said::Said;
pub use stub::{NOT_STARTED_ENV, is_untouched, recorded_hash, stub_hash};
pub use symptom::{Hint, Symptom};
#[doc(hidden)]
pub use table::id_bytes;
pub use task::{Check, Role, Task};
pub use tasks::{task, tasks};
pub use trial::Trial;
#[cfg(unix)]
pub use unix::{Address, Standing, UnixPeer, UnixServer};
#[cfg(feature = "websocket")]
pub use websocket::{Frame, Head, Heard, WebSocketPeer, upgrade_request};
