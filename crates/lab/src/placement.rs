//! On which cores the two ends run.

#[cfg(target_os = "linux")]
use std::fs;

/// Which cores the two ends run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placement {
    /// The server on one, the driver on another.
    Two,
    /// Both on the same.
    One,
    /// As the system likes: there is one core only, or it cannot be told.
    Free,
}

impl Placement {
    /// Two cores where there are two to be had.
    pub(crate) fn best() -> Placement {
        match allowed() {
            Some(cores) if cores.len() > 1 => Placement::Two,
            _ => Placement::Free,
        }
    }

    /// Moves both processes, all their threads, to where they belong.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn apply(self, server: Option<u32>, driver: Option<u32>) -> Result<(), String> {
        let Some(cores) = allowed().filter(|_| self != Placement::Free) else { return Ok(()) };
        // The last two: interrupts and the rest of the system like the first best.
        let (Some(one), Some(two)) = (cores.last(), cores.iter().rev().nth(1)) else { return Ok(()) };
        let server_core = if self == Placement::One { *one } else { *two };
        server.map_or(Ok(()), |server| pin(server, server_core))?;
        driver.map_or(Ok(()), |driver| pin(driver, *one))
    }
}

/// The cores that this process may use.
#[cfg(target_os = "linux")]
fn allowed() -> Option<Vec<usize>> {
    use rustix::thread::{CpuSet, sched_getaffinity};
    let set = sched_getaffinity(None).ok()?;
    Some((0..CpuSet::MAX_CPU).filter(|core| set.is_set(*core)).collect())
}

#[cfg(target_os = "linux")]
fn pin(process: u32, core: usize) -> Result<(), String> {
    use rustix::thread::{CpuSet, Pid, sched_setaffinity};
    let mut set = CpuSet::new();
    set.set(core);
    let tasks = fs::read_dir(format!("/proc/{process}/task")).map_err(|why| why.to_string())?;
    for task in tasks.flatten() {
        let number = task.file_name().to_string_lossy().parse().ok().and_then(Pid::from_raw);
        match number.map(|task| sched_setaffinity(Some(task), &set)) {
            Some(Err(why)) if why != rustix::io::Errno::SRCH => return Err(why.to_string()),
            _ => {} // a thread that has ended meanwhile needs no place
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn allowed() -> Option<Vec<usize>> {
    None
}

#[cfg(not(target_os = "linux"))]
fn pin(_: u32, _: usize) -> Result<(), String> {
    Ok(())
}
