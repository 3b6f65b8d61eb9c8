//! Exercise 01, two processes.

pub(super) mod greet;
pub(super) mod who_are_you;

use crate::Failure;

/// How many bytes of the line that was due had come right; `None` when nothing came at all. What
/// is wrong with a line is best told by where it goes wrong.
fn right_until(failure: &Failure) -> Option<usize> {
    failure.difference.as_ref().map(|difference| difference.offset)
}
