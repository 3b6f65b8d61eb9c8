//! Stopping a server for a while, as Ctrl-Z does. The kernel goes on answering in its name: calls
//! wait in the backlog, and callers may leave again, all before the program has a say.

use super::Server;
use crate::Failure;

impl<A> Server<A> {
    /// Stops it and lets it go on, as Ctrl-Z and `fg` do. A call that was waiting in the kernel
    /// is interrupted by that; a `write` that had taken a part of its bytes returns with that part.
    pub fn suspend_and_resume(&self) -> Result<(), Failure> {
        self.suspend()?;
        self.resume()
    }

    /// Stops it, does `meanwhile`, and lets it go on, as Ctrl-Z and `fg` do. What happens to
    /// connections in between has happened before the program sees any of it.
    ///
    /// A system that cannot stop it lets it see some of what happens as it happens: a right program
    /// passes either way, a wrong one may be lucky.
    pub fn while_suspended<T>(&self, meanwhile: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        if !cfg!(target_os = "linux") {
            return meanwhile();
        }
        self.suspend()?;
        let done = meanwhile();
        self.resume()?;
        done
    }
}

#[cfg(target_os = "linux")]
impl<A> Server<A> {
    /// Stops it, as Ctrl-Z does: from now on the kernel alone answers in its name.
    pub fn suspend(&self) -> Result<(), Failure> {
        use super::procfs;
        use crate::limits::{STEP, poll};

        self.send(rustix::process::Signal::STOP)?;
        let stopped = poll(STEP, || match self.running().and_then(procfs::states) {
            Ok(states) => states.iter().all(|state| *state == 'T').then_some(Ok(())),
            Err(failure) => Some(Err(failure)),
        });
        stopped.unwrap_or_else(|| Err(Failure::infra("SIGSTOP", &"the program did not stop")))?;
        self.log.aside(
            None,
            crate::text!("tôi tạm dừng chương trình (như Ctrl-Z)", "I suspend the program (as Ctrl-Z does)"),
        );
        Ok(())
    }

    /// Lets it go on, as `fg` does.
    pub fn resume(&self) -> Result<(), Failure> {
        self.send(rustix::process::Signal::CONT)?;
        self.log.aside(
            None,
            crate::text!("tôi cho chương trình chạy tiếp (như fg)", "I let the program go on (as fg does)"),
        );
        Ok(())
    }

    /// The id is ours until we have seen it end; after that it may be somebody else's.
    fn send(&self, signal: rustix::process::Signal) -> Result<(), Failure> {
        rustix::process::kill_process(self.pid()?, signal).map_err(|error| Failure::infra("kill", &error))
    }
}

#[cfg(not(target_os = "linux"))]
impl<A> Server<A> {
    /// Stops it, as Ctrl-Z does: from now on the kernel alone answers in its name.
    pub fn suspend(&self) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }

    /// Lets it go on, as `fg` does.
    pub fn resume(&self) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}
