//! What a server holds while it is attacked: memory and descriptors.

use std::time::{Duration, Instant};

use libtest_mimic::Failed;

use crate::testing::{Serving, must};

/// How much an attack may cost the server in memory, in KiB: less than what one attacker pours in.
const MOST_MEMORY: u64 = 24 * 1024;
/// How long it may take until the server has let go of those who left.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a server held at some moment; nothing is known where `/proc` does not tell.
pub(in crate::testing) struct Held {
    memory: Option<u64>,
    descriptors: Option<usize>,
}

impl Held {
    pub(in crate::testing) fn by(serving: &Serving) -> Held {
        Held { memory: memory(serving), descriptors: descriptors(serving) }
    }

    /// It has taken no more memory since than an attack may cost.
    pub(in crate::testing) fn bounded(&self, serving: &Serving) -> Result<(), Failed> {
        let (Some(before), Some(after)) = (self.memory, memory(serving)) else { return Ok(()) };
        let more = after.saturating_sub(before);
        must(more <= MOST_MEMORY, || format!("the attack costs {more} KiB of memory, allowed are {MOST_MEMORY}"))
    }

    /// It holds no more descriptors than then, or soon will: the kernel hands over the ends of connections
    /// in its own time.
    pub(in crate::testing) fn given_back(&self, serving: &Serving) -> Result<(), Failed> {
        let Some(most) = self.descriptors else { return Ok(()) };
        let deadline = Instant::now() + PATIENCE;
        while descriptors(serving).is_some_and(|count| count > most) {
            let count = descriptors(serving).unwrap_or_default();
            must(Instant::now() < deadline, || format!("{count} descriptors are left open, before it were {most}"))?;
            std::thread::yield_now();
        }
        Ok(())
    }
}

/// The server's resident memory in KiB.
fn memory(serving: &Serving) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", serving.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().split(' ').next()?.parse().ok()
}

/// How many descriptors the server holds.
fn descriptors(serving: &Serving) -> Option<usize> {
    Some(std::fs::read_dir(format!("/proc/{}/fd", serving.id())).ok()?.count())
}
