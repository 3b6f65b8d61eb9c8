//! Exercise 04, framing.

mod hints;
pub(super) mod length_prefix;
pub(super) mod line_store;
