//! Exercise 13, readiness.

pub(super) mod event_echo;
pub(super) mod idle_reaper;
