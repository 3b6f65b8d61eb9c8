//! Before anything is measured: does this program carry frames at all, whole, and does it tell the truth?

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
#[cfg(unix)]
use std::time::Instant;

#[cfg(unix)]
use crate::contract::IO_TIMEOUT;
use crate::contract::checksum;
use crate::pair::Pair;
use crate::payloads::{LARGEST, Random};
use crate::text;

/// How long a held server is watched: an acknowledgement that comes in this time was made up by the driver. An
/// honest program passes however slow the machine is.
const WATCH: Duration = Duration::from_millis(60);

/// Lengths at which transports go wrong: nothing, one byte, either side of 2^16, and the largest frame of the lab.
const LENGTHS: [usize; 6] = [0, 1, 65_535, 65_536, 70_000, LARGEST];

/// Lets the pair carry frames of at most so many bytes that no program has seen before, and judges its acknowledgements.
///
/// # Errors
/// What is wrong, as a sentence: such a program is not measured.
pub(crate) fn verify(pair: &mut Pair, folder: &Path, most: usize, seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let file = folder.join("verify.bin");
    let mut number = 1_000_000_000;
    for length in LENGTHS.map(|length| length.min(most)) {
        number += 1;
        let sum = fresh(&mut random, length, &file)?;
        expect(pair.send(number, sum, &file)?, (number, sum))?;
    }
    // Announced wrongly on purpose: a server that acknowledges what was announced has not read the bytes.
    number += 1;
    let sum = fresh(&mut random, 5_000, &file)?;
    let (_, answered) = pair.send(number, !sum, &file)?;
    if answered == !sum {
        return Err(text::announced_not_computed());
    }
    expect((number, answered), (number, sum))?;

    if let Some(server) = pair.server() {
        number += 1;
        let sum = fresh(&mut random, 5_000, &file)?;
        let Some(held) = Held::hold(server) else { return Ok(()) };
        let (early, ack) = pair.send_while_held((number, sum, &file), held, WATCH)?;
        if early {
            return Err(text::acknowledged_by_itself());
        }
        expect(ack, (number, sum))?;
    }
    Ok(())
}

fn expect(got: (u64, u64), wanted: (u64, u64)) -> Result<(), String> {
    if got.0 != wanted.0 {
        return Err(text::other_number(wanted.0, got.0));
    }
    if got.1 != wanted.1 { Err(text::other_checksum(wanted.0)) } else { Ok(()) }
}

/// Writes a payload that no one can know beforehand, and gives its checksum.
fn fresh(random: &mut Random, length: usize, file: &PathBuf) -> Result<u64, String> {
    let payload = random.bytes(length);
    fs::write(file, &payload).map_err(|why| format!("{}: {why}", file.display()))?;
    Ok(checksum(&payload))
}

/// A process that is stopped (SIGSTOP) until this is dropped.
struct Held(#[cfg(unix)] rustix::process::Pid);

impl Held {
    #[cfg(unix)]
    fn hold(process: u32) -> Option<Held> {
        let process = rustix::process::Pid::from_raw(process.try_into().ok()?)?;
        rustix::process::kill_process(process, rustix::process::Signal::STOP).ok()?;
        let held = Held(process);
        // The signal is on its way; only once every thread has stopped does an answer prove anything.
        let deadline = Instant::now() + IO_TIMEOUT;
        while !stopped(process)? {
            if Instant::now() > deadline {
                return None;
            }
            std::thread::yield_now();
        }
        Some(held)
    }

    /// Where processes cannot be stopped, this one question is not asked.
    #[cfg(not(unix))]
    fn hold(_: u32) -> Option<Held> {
        None
    }
}

/// Whether all threads of a process stand still (`/proc/PID/task/TID/stat`: state T, proc(5)); `None` where the system does not tell.
#[cfg(unix)]
fn stopped(process: rustix::process::Pid) -> Option<bool> {
    let tasks = fs::read_dir(format!("/proc/{}/task", process.as_raw_nonzero())).ok()?;
    let state = |task: fs::DirEntry| {
        let stat = fs::read_to_string(task.path().join("stat")).ok()?;
        stat.rsplit_once(')').map(|(_, rest)| rest.trim_start().starts_with('T'))
    };
    Some(tasks.flatten().all(|task| state(task).unwrap_or(true)))
}

#[cfg(unix)]
impl Drop for Held {
    fn drop(&mut self) {
        // It is ours and alive, or has ended and waits for us: the signal reaches no other process.
        let _ = rustix::process::kill_process(self.0, rustix::process::Signal::CONT);
    }
}
