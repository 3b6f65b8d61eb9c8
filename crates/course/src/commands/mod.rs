//! What a learner asks for, one file a command.

pub mod book;
pub mod check;
pub mod hint;
pub mod lang;
pub mod next;
pub mod reset;
pub mod solution;
pub mod status;
pub mod update;
