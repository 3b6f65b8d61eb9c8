//! The lab: who takes part, what is measured, in which order, and what came of it.

mod account;
mod contestant;
mod kinds;
mod process;
mod results;
mod statistics;
mod verify;
