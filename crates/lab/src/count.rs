//! System calls and bytes a frame. Both are counted apart from the measuring, since counting slows down.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::candidate::Candidate;
use crate::contract::{Measure, Until};
use crate::pair::{Pair, RunConfig};
use crate::results::Calls;

/// Frames of the short and of the long run: what starting and ending cost is in both, and cancels out.
const SHORT: u64 = 10;
const LONG: u64 = 60;

/// Whether system calls can be counted here.
pub(crate) fn has_strace() -> bool {
    let tried =
        Command::new("strace").arg("-V").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    cfg!(target_os = "linux") && tried.is_ok_and(|status| status.success())
}

/// System calls a frame of both ends, most frequent first; `kind` with one frame at a time.
///
/// # Errors
/// When the candidate cannot be run under `strace`.
pub(crate) fn calls(
    candidate: &Candidate,
    kind: &str,
    frames: &Path,
    config: &RunConfig,
) -> Result<Vec<Calls>, String> {
    let short = ends(candidate, kind, frames, config, SHORT)?;
    let long = ends(candidate, kind, frames, config, LONG)?;
    let each = |end: usize, name: &str| {
        let count = |ends: &[BTreeMap<String, u64>; 2]| ends[end].get(name).copied().unwrap_or(0) as f64;
        (count(&long) - count(&short)) / (LONG - SHORT) as f64
    };
    let names = long.iter().flat_map(BTreeMap::keys);
    let mut calls: Vec<Calls> = names
        .map(|name| Calls { name: name.clone(), server: each(0, name), driver: each(1, name) })
        .filter(|calls| calls.server + calls.driver >= 0.05)
        .collect();
    calls.sort_by(|one, other| (other.server + other.driver).total_cmp(&(one.server + one.driver)));
    calls.dedup_by(|one, other| one.name == other.name);
    Ok(calls)
}

/// How often each system call was made by server and driver, for so many frames and all that is config them.
fn ends(
    candidate: &Candidate,
    kind: &str,
    folder: &Path,
    config: &RunConfig,
    frames: u64,
) -> Result<[BTreeMap<String, u64>; 2], String> {
    let files = ["server", "driver"].map(|end| folder.join(format!("strace-{end}.txt")));
    let words = |file: &Path| {
        let mut words: Vec<OsString> = ["strace", "-f", "-qq", "-c", "-o"].map(OsString::from).into();
        words.push(file.into());
        words
    };
    let traced = RunConfig { server: words(&files[0]), driver: words(&files[1]), ..config.clone() };
    // What an earlier candidate left there must not be taken for this one's.
    for file in files.iter().filter(|file| file.exists()) {
        fs::remove_file(file).map_err(|why| format!("{}: {why}", file.display()))?;
    }
    let mut pair = Pair::start(candidate, folder, &traced)?;
    pair.load(kind)?;
    pair.measure(Measure { window: 1, until: Until::Frames(frames), rate: None })?;
    drop(pair); // both end, and strace writes what it has counted
    let read = |file: &Path| {
        let summary = fs::read_to_string(file).map_err(|why| format!("{}: {why}", file.display()))?;
        Ok::<_, String>(counted(&summary))
    };
    Ok([read(&files[0])?, read(&files[1])?])
}

/// The table that `strace -c` writes: calls stand in the fourth column, the name in the last.
fn counted(summary: &str) -> BTreeMap<String, u64> {
    let row = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.first()?.parse::<f64>().ok()?;
        let name = words.last().filter(|name| **name != "total")?;
        Some(((*name).to_owned(), words.get(3)?.parse().ok()?))
    };
    summary.lines().filter_map(row).collect()
}

/// Bytes a frame that crossed the loopback interface, the least of a few turns: others may use it as well.
/// `None` where the kernel does not count them under `/sys/class/net`.
pub(crate) fn wire(pair: &mut Pair, kind: &str) -> Option<f64> {
    let crossed = || fs::read_to_string("/sys/class/net/lo/statistics/tx_bytes").ok()?.trim().parse::<u64>().ok();
    pair.load(kind).ok()?;
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        let before = crossed()?;
        pair.measure(Measure { window: 1, until: Until::Frames(LONG), rate: None }).ok()?;
        least = least.min((crossed()? - before) as f64 / LONG as f64);
    }
    least.is_finite().then_some(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_reads_the_table_of_strace() {
        let summary = "\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 60.00    0.000300           3       100           sendto
 40.00    0.000200           2       101         1 recvfrom
------ ----------- ----------- --------- --------- ----------------
100.00    0.000500           2       201         1 total
";
        let counted = counted(summary);
        assert_eq!(counted.len(), 2);
        assert_eq!((counted["sendto"], counted["recvfrom"]), (100, 101));
    }
}
