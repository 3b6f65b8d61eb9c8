//! What the exit code says.

use std::process::ExitCode;

/// How a command ended, when nothing kept it from doing its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; what was judged passed.
    Passed,
    /// 1: what was judged failed, or is not started.
    Failed,
    /// The exit code of a program that we only passed the arguments on to.
    Other(u8),
}

/// 2: wrong usage, or something on this machine kept the command from its work.
pub const TROUBLE: u8 = 2;

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Passed => ExitCode::SUCCESS,
            Exit::Failed => ExitCode::from(1),
            Exit::Other(code) => ExitCode::from(code),
        }
    }
}
