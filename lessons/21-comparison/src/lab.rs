//! The lab: who takes part, what is measured, in which order, and what came of it.

mod account;
pub(crate) mod contestant;
pub(crate) mod kinds;
mod process;
pub(crate) mod results;
pub(crate) mod statistics;
mod verify;
