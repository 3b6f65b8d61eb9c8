//! What Linux tells about a process of ours, in `/proc`. Elsewhere there is no such place, and
//! every question is answered with "unsupported".

use std::fs;
use std::io;
use std::time::Duration;

use crate::Failure;

/// Counts the descriptors that process `id` holds.
pub(crate) fn descriptors(id: u32) -> Result<usize, Failure> {
    entries(&format!("/proc/{id}/fd"))
}

/// Counts the threads of process `id`.
pub(crate) fn threads(id: u32) -> Result<usize, Failure> {
    entries(&format!("/proc/{id}/task"))
}

/// Returns the state letter of each thread of process `id`: `S` sleeps, `R` runs or wants to, `T` is
/// stopped, `Z` has ended and was not reaped yet (proc_pid_stat(5)).
pub(crate) fn states(id: u32) -> Result<Vec<char>, Failure> {
    each_task(id, "stat", |stat| {
        // The name of the program stands in front, in parentheses, and may itself contain some.
        stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next())
    })
}

/// Returns how often the threads of process `id` have gone to sleep by themselves so far.
pub(crate) fn sleeps(id: u32) -> Result<u64, Failure> {
    let counts = each_task(id, "status", |status| {
        status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")?.trim().parse::<u64>().ok())
    })?;
    Ok(counts.iter().sum())
}

/// Returns how long the threads of process `id` have had a processor so far.
pub(crate) fn worked(id: u32) -> Result<Duration, Failure> {
    /// Of the figures in this file, whatever the kernel's own clock (proc_pid_stat(5)).
    const TICK: Duration = Duration::from_millis(10);
    let ticks = each_task(id, "stat", |stat| {
        let mut figures = stat.rsplit_once(") ")?.1.split(' ');
        // utime and stime are the 14th and 15th; the state, with which this begins, is the third.
        let user: u32 = figures.nth(11)?.parse().ok()?;
        let system: u32 = figures.next()?.parse().ok()?;
        Some(user + system)
    })?;
    Ok(TICK * ticks.iter().sum())
}

fn entries(folder: &str) -> Result<usize, Failure> {
    supported()?;
    fs::read_dir(folder).map(Iterator::count).map_err(|error| gone(folder, &error))
}

fn each_task<T>(id: u32, file: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Failure> {
    supported()?;
    let folder = format!("/proc/{id}/task");
    let tasks = fs::read_dir(&folder).map_err(|error| gone(&folder, &error))?;
    // A thread may end between being listed and being looked at; then it has no say.
    let contents = tasks.flatten().filter_map(|task| fs::read_to_string(task.path().join(file)).ok());
    Ok(contents.filter_map(|content| read(&content)).collect())
}

fn supported() -> Result<(), Failure> {
    if cfg!(target_os = "linux") { Ok(()) } else { Err(Failure::unsupported()) }
}

fn gone(place: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => ended(),
        _ => Failure::infra(place, error),
    }
}

/// Makes the failure of a process that has ended too early.
pub(crate) fn ended() -> Failure {
    Failure::new(
        crate::Symptom::Exited,
        crate::Text {
            vi: "Chương trình đã kết thúc trong lúc tôi còn cần nó.",
            en: "The program ended while I still needed it.",
        },
    )
}
