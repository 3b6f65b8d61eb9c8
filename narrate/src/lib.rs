//! How the course speaks: two-language sentences, numbered steps, and the tape of what crossed.
//!
//! A learner needs to open none of this. The crate depends on nothing, so that a lesson on
//! `std` builds in a second or two.

mod lang;

pub use lang::{Lang, Text};
