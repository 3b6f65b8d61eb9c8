//! Judges a program from outside, as a network peer would.
//!
//! A task is one program. `checks` starts its binary, reads `LISTENING <address>` from its
//! stdout (a client task gets the address as its argument instead) and talks to it over a real
//! socket. The verdict is computed here, never read from the program's stdout or exit code.
//!
//! How to write a check: see `README.md` beside this crate's `Cargo.toml`; its vocabulary is [`mod@reference`].

mod check_run;
mod failure;
mod harness;
mod judge;
mod limits;
mod log;
mod peer;
mod pieces;
mod ports;
mod process;
mod program;
pub mod reference;
mod report;
mod rng;
mod sentence;
#[cfg(target_os = "linux")]
mod sock_diag;
mod stub;
mod symptom;
mod table;
mod task;
mod tasks;
#[cfg(unix)]
mod unix;
#[cfg(feature = "websocket")]
mod websocket;

pub use check_run::CheckRun;
pub use failure::{Difference, Explain, Failure, IfSupported, Skip};
pub use harness::harness;
pub use judge::{Options, judge};
pub use log::{Direction, Event};
pub use narrate::{Lang, Text};
pub use peer::{Peer, Readiness, ReadyOrder, Until};
pub use pieces::Pieces;
pub use ports::{HeldPort, Ports};
pub use process::Program;
pub use program::{
    Blackhole, Client, ConnectOptions, Datagram, DatagramPeer, DatagramSocket, IdleSample, InteractiveProcess,
    Listener, ProgramExit, RefusingAddress, ResourceUsage, Server, Signal,
};
pub use report::{Outcome, Report, Style, Verdict, hang};
pub use rng::{Rng, parse_seed};
pub use sentence::Sentence;
pub use stub::{NOT_STARTED_ENV, is_untouched, recorded_hashes, stub_hash};
pub use symptom::{Hint, Symptom};
#[doc(hidden)]
pub use table::id_bytes;
pub use task::{Check, Role, Task};
pub use tasks::{task, tasks};
#[cfg(unix)]
pub use unix::{FileSnapshot, UnixDatagramPeer, UnixName, UnixServer, expect_content, expect_mode, expect_nothing_at};
#[cfg(feature = "websocket")]
pub use websocket::{Frame, Received, ResponseHead, WebSocketPeer, upgrade_request};
