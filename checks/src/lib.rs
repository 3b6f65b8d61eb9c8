//! Judges a program from outside, as a network peer would.
//!
//! A task is one program. `checks` starts its binary, reads `LISTENING <address>` from its
//! stdout (a client task gets the address as its argument instead) and talks to it over a real
//! socket. The verdict is computed here, never read from the program's stdout or exit code.

mod report;
mod task;

pub use narrate::{Lang, Text};
pub use report::{Event, Failure, Outcome, Report, Verdict};
pub use task::{Check, Role, Task};
