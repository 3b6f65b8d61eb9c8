//! What a peer notices when a program is wrong, before anyone knows why.

use crate::Text;

/// What our side noticed. Two mistakes that look alike from outside share a symptom; a check
/// knows what it was doing and maps the symptom to a [`Hint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Symptom {
    /// The program still stops at the `todo!()` of its stub.
    NotStarted,
    /// Nothing usable on stdout within the starting deadline.
    NotListening,
    /// The first line on stdout is not `LISTENING <address>`.
    Garbage,
    /// Output without end and without a line that we wait for.
    Flood,
    /// The program ended while we still needed it.
    Exited,
    /// The program, or the thread that served us, panicked.
    Panicked,
    /// Nobody listens at the address any more.
    Refused,
    /// No byte within the deadline.
    Silence,
    /// The stream ended too early.
    EndOfStream,
    /// The connection was cut with RST.
    Reset,
    /// A byte differs from the one that had to come.
    WrongBytes,
    /// More bytes than had to come.
    ExtraBytes,
    /// Descriptors, threads or memory are never given back.
    Leak,
    /// The program is busy although it has nothing to do.
    Spin,
    /// A client that never called.
    NoCall,
    /// A client that did not end.
    StillRunning,
    /// A client that printed something else.
    WrongOutput,
    /// A client that ended with the wrong exit code.
    WrongExit,
    /// This system cannot ask this question; the check is skipped.
    Unsupported,
    /// Trouble of the checker itself; the check is tried again.
    Infra,
}

impl Symptom {
    /// Did we learn this by waiting until a deadline passed?
    pub fn is_timeout(self) -> bool {
        matches!(
            self,
            Self::NotListening | Self::Silence | Self::NoCall | Self::StillRunning
        )
    }

    /// Is the other side gone, in whichever way? The kernel decides between these by details
    /// of timing, so hints usually treat them as one: see [`Explain::hint_if_gone`].
    ///
    /// [`Explain::hint_if_gone`]: crate::Explain::hint_if_gone
    pub fn is_gone(self) -> bool {
        matches!(
            self,
            Self::Exited | Self::Panicked | Self::Refused | Self::EndOfStream | Self::Reset
        )
    }
}

/// What a learner should look at next. Names the symptom and the likely cause, never the line
/// to type.
#[derive(Debug, PartialEq, Eq)]
pub struct Hint {
    /// Stable name, unique within a task.
    pub id: &'static str,
    /// The hint.
    pub text: Text,
}
