//! What a server holds while it is attacked: memory and descriptors.

use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use crate::testing::{Server, must};

/// How much memory an attack may cost the server, in KiB: less than one flood sends.
const MAX_MEMORY: u64 = 24 * 1024;
/// How long it may take until the server has closed the connections of peers that left.
const RELEASE_DEADLINE: Duration = Duration::from_secs(10);

/// What a server holds at one moment; nothing is known where there is no `/proc`.
pub(in crate::testing) struct ResourceUsage {
    memory: Option<u64>,
    descriptors: Option<usize>,
}

impl ResourceUsage {
    pub(in crate::testing) fn of(server: &Server) -> ResourceUsage {
        ResourceUsage { memory: memory(server), descriptors: descriptors(server) }
    }

    /// The server has taken no more memory since than an attack may cost.
    pub(in crate::testing) fn bounded(&self, server: &Server) -> Result<(), Failed> {
        let (Some(before), Some(after)) = (self.memory, memory(server)) else { return Ok(()) };
        let more = after.saturating_sub(before);
        must(more <= MAX_MEMORY, || format!("the attack costs {more} KiB of memory, allowed are {MAX_MEMORY}"))
    }

    /// The server holds no more descriptors than then, or soon will: it learns of the ends of connections in the
    /// kernel's time.
    pub(in crate::testing) fn released(&self, server: &Server) -> Result<(), Failed> {
        let Some(most) = self.descriptors else { return Ok(()) };
        let deadline = Instant::now() + RELEASE_DEADLINE;
        while descriptors(server).is_some_and(|count| count > most) {
            let count = descriptors(server).unwrap_or_default();
            must(Instant::now() < deadline, || format!("{count} descriptors are left open, {most} before the attack"))?;
            std::thread::yield_now();
        }
        Ok(())
    }
}

/// The server's resident memory in KiB.
fn memory(server: &Server) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// How many descriptors the server holds.
fn descriptors(server: &Server) -> Option<usize> {
    Some(std::fs::read_dir(format!("/proc/{}/fd", server.id())).ok()?.count())
}
