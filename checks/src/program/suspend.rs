//! Stopping a server for a while, as Ctrl-Z does. The kernel goes on answering in its name: calls
//! wait in the backlog, and callers may leave again, all before the program has a say.

use super::Server;
use crate::Failure;

#[cfg(target_os = "linux")]
impl<A> Server<A> {
    /// Stops it and lets it go on, as Ctrl-Z and `fg` do. A call that was waiting in the kernel
    /// is interrupted by that; a `write` that had taken a part of its bytes returns with that part.
    pub fn suspend_and_resume(&self) -> Result<(), Failure> {
        self.while_suspended(|| Ok(()))
    }

    /// Stops it, does `meanwhile`, and lets it go on, as Ctrl-Z and `fg` do. What happens to
    /// connections in between has happened before the program sees any of it.
    pub fn while_suspended<T>(&self, meanwhile: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        use rustix::process::{Signal, kill_process};

        use super::procfs;
        use crate::limits::{STEP, poll};
        use crate::text;

        let send = |signal| kill_process(self.pid()?, signal).map_err(|error| Failure::infra("kill", &error));
        // The id is ours until we have seen it end; after that it may be somebody else's.
        send(Signal::STOP)?;
        let stopped = poll(STEP, || match self.running().and_then(procfs::states) {
            Ok(states) => states.iter().all(|state| *state == 'T').then_some(Ok(())),
            Err(failure) => Some(Err(failure)),
        });
        stopped.unwrap_or_else(|| Err(Failure::infra("SIGSTOP", &"the program did not stop")))?;
        self.log.aside(None, text!("tôi tạm dừng chương trình (như Ctrl-Z)", "I suspend the program (as Ctrl-Z does)"));
        let done = meanwhile();
        send(Signal::CONT)?;
        self.log.aside(None, text!("tôi cho chương trình chạy tiếp (như fg)", "I let the program go on (as fg does)"));
        done
    }
}

#[cfg(not(target_os = "linux"))]
impl<A> Server<A> {
    /// Stops it and lets it go on, as Ctrl-Z and `fg` do.
    pub fn suspend_and_resume(&self) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// Does `meanwhile`. This system cannot stop the program first, so that it may see some of
    /// what happens as it happens: a right program passes either way, a wrong one may be lucky.
    pub fn while_suspended<T>(&self, meanwhile: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        meanwhile()
    }
}
