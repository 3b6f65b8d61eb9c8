//! What a task is, and what a check of it is.

use crate::{CheckRun, Failure, Text};

/// Which side of the conversation the learner writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The program listens, prints `LISTENING <address>`, and the checks connect to it.
    Server,
    /// The program gets an address as its argument and connects to the checks.
    Client,
}

/// One program that a learner writes, with everything needed to judge it.
#[derive(Debug)]
pub struct Task {
    /// The number that lesson, exercise, solution and chapter share.
    pub number: u8,
    /// The name of the program within its exercise; never changes once published.
    pub name: &'static str,
    /// What the program is, in a few words.
    pub title: Text,
    /// Which side the learner writes.
    pub role: Role,
    /// The checks, in the order in which a learner should meet them.
    pub checks: &'static [Check],
    /// General hints for `cargo course hint`: the symptom, the idea, where the lesson shows it.
    pub hints: &'static [Text],
    /// The source text of the checks (`include_str!` of the file that defines them). Its hash
    /// tells saved progress that a task has changed and wants checking again.
    pub source: &'static str,
}

/// One question put to a program over a socket.
#[derive(Debug)]
pub struct Check {
    /// Stable name, unique within the task; wrong solutions name the check that refuses them.
    pub id: &'static str,
    /// What a right program does, as a sentence.
    pub title: Text,
    /// What the check is worth in a gradebook.
    pub points: u32,
    /// Puts the question. Returns the failure of the *program*; trouble of the checker itself
    /// (no descriptor left, no port) is a [`Failure`] too, made by [`Failure::infra`].
    pub run: fn(&mut CheckRun) -> Result<(), Failure>,
}
