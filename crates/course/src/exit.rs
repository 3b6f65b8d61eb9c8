//! What the exit code says.

use std::process::ExitCode;

/// How a command ended, when nothing kept it from doing its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: done; what was judged passed.
    Passed,
    /// 1: what was judged failed, or is not started.
    Failed,
    /// 2: something on this machine kept the command from its work.
    Trouble,
    /// The exit code of a program that we only passed the arguments on to.
    Other(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        match exit {
            Exit::Passed => ExitCode::SUCCESS,
            Exit::Failed => ExitCode::from(1),
            Exit::Trouble => ExitCode::from(2),
            Exit::Other(code) => ExitCode::from(code),
        }
    }
}
