//! Counting what a server holds and how restless it is. Linux only; elsewhere the check is
//! skipped and says so.

use std::time::{Duration, Instant};

use super::{Server, procfs};
use crate::limits::{STEP, poll};
use crate::{Failure, Said, Symptom, said};

/// How a program spends its time while nobody asks anything of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// How often its threads woke up, did something and went to sleep again.
    pub wake_ups: u64,
    /// In how many of the samples some thread was running or wanted to.
    pub running: u32,
    /// How many samples were taken.
    pub samples: u32,
}

impl Idle {
    /// Is some thread busy practically all the time? A program that sleeps between two looks is
    /// not, however slow the machine: what counts is whether it sleeps at all.
    pub fn spins(self) -> bool {
        self.running * 10 >= self.samples * 9
    }
}

impl Server {
    /// How many descriptors it holds.
    pub fn descriptors(&self) -> Result<usize, Failure> {
        procfs::descriptors(self.process.id)
    }

    /// How many threads it has.
    pub fn tasks(&self) -> Result<usize, Failure> {
        procfs::tasks(self.process.id)
    }

    /// Waits until it holds at most `most` descriptors. Means something only after every caller
    /// has been answered: one that still waits for `accept` holds no descriptor yet.
    pub fn expect_descriptors(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.descriptors(),
            |count| {
                said! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn giữ {count} descriptor (nhiều nhất nên là {most}).",
                    en: "All clients have left, yet the program still holds {count} descriptors (at most {most} were due).",
                }
            },
        )
    }

    /// Waits until it has at most `most` threads.
    pub fn expect_tasks(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.tasks(),
            |count| {
                said! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn còn {count} thread (nhiều nhất nên là {most}).",
                    en: "All clients have left, yet the program still has {count} threads (at most {most} were due).",
                }
            },
        )
    }

    /// Watches it for `window`, in which nobody should have to do anything.
    pub fn idle(&self, window: Duration) -> Result<Idle, Failure> {
        const BETWEEN_SAMPLES: Duration = Duration::from_millis(5);
        let id = self.process.id;
        let before = procfs::sleeps(id)?;
        let (mut running, mut samples) = (0, 0);
        let start = Instant::now();
        while start.elapsed() < window {
            std::thread::sleep(BETWEEN_SAMPLES);
            samples += 1;
            running += u32::from(procfs::states(id)?.contains(&'R'));
        }
        Ok(Idle { wake_ups: procfs::sleeps(id)?.saturating_sub(before), running, samples })
    }

    /// Nothing is to be done, so nothing should run: fails when a thread spins.
    pub fn expect_rest(&self) -> Result<(), Failure> {
        const WINDOW: Duration = Duration::from_millis(250);
        let idle = self.idle(WINDOW)?;
        if !idle.spins() {
            return Ok(());
        }
        let Idle { running, samples, .. } = idle;
        Err(Failure::new(
            Symptom::Spin,
            said! {
                vi: "Không có việc gì để làm, mà trong {running}/{samples} lần nhìn chương trình đều đang chạy: nó quay vòng.",
                en: "There is nothing to do, yet at {running} of {samples} looks the program was running: it spins.",
            },
        ))
    }

    /// Do all its threads sleep at this moment?
    pub fn asleep(&self) -> Result<bool, Failure> {
        Ok(procfs::states(self.process.id)?.iter().all(|state| *state == 'S'))
    }
}

fn expect_at_most(
    most: usize,
    count: impl Fn() -> Result<usize, Failure>,
    complaint: impl Fn(usize) -> Said,
) -> Result<(), Failure> {
    let mut last = count()?;
    let settled = poll(STEP, || match count() {
        Ok(now) => {
            last = now;
            (now <= most).then_some(Ok(()))
        }
        Err(failure) => Some(Err(failure)),
    });
    settled.unwrap_or_else(|| Err(Failure::new(Symptom::Leak, complaint(last))))
}

#[cfg(target_os = "linux")]
impl Server {
    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, more: usize) -> Result<(), Failure> {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let most = (self.descriptors()? + more) as u64;
        // Only the soft limit: an unprivileged checker could not raise a hard one again.
        let limit = Rlimit { current: Some(most), maximum: getrlimit(Resource::Nofile).maximum };
        prlimit(Some(self.pid()?), Resource::Nofile, limit).map_err(|error| Failure::infra("prlimit", &error))?;
        self.log.aside(
            None,
            said! {
                vi: "chương trình chỉ còn mở thêm được {more} descriptor",
                en: "the program can open only {more} more descriptors",
            },
        );
        Ok(())
    }

    pub(super) fn pid(&self) -> Result<rustix::process::Pid, Failure> {
        i32::try_from(self.process.id)
            .ok()
            .and_then(rustix::process::Pid::from_raw)
            .ok_or_else(|| Failure::infra("pid", &self.process.id))
    }
}

#[cfg(not(target_os = "linux"))]
impl Server {
    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, _more: usize) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}
