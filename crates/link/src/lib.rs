//! One seeded bad network: rate, delay, loss, duplicates, reordering.
//!
//! The same [`Conditions`] are met in three places, and each is one step closer to a real network:
//!
//! 1. [`Link`], the core: a function from "a packet of so many bytes, at this time" to its [`Outcome`].
//!    It has no clock and no socket. The same seed gives the same outcomes.
//! 2. [`relay`]: programs on this machine talk through a port of ours that treats their datagrams, or
//!    their stream, as the link says. No root, every system.
//! 3. `netns` (feature `netns`; Linux, root): two network namespaces with the link between them. The
//!    kernel's own TCP meets the delay and the loss, and answers them with its own retransmissions
//!    and congestion control.
//!
//! A link is one direction. A path has two of them: *forward*, from the client to the server, and
//! *back*.

mod conditions;
mod deliveries;
#[cfg(feature = "netns")]
pub mod netns;
pub mod relay;
mod text;
mod transmit;

pub use conditions::{Conditions, megabits};
pub use deliveries::Deliveries;
pub use transmit::{Counts, Dropped, Link, Outcome};
