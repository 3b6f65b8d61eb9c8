//! What a server holds and whether it works. Linux only; elsewhere a check that counts is skipped and says so.
//!
//! Whether a program rests, neither the share of a processor nor a clock can tell: on a busy machine one that spins
//! gets little, and one that rests waits long for its turn. What tells is whether it ever sleeps.

use std::time::{Duration, Instant};

use super::Server;
use crate::limits::{PROGRESS_TIMEOUT, START_TIMEOUT, poll};
use crate::process::{Program, procfs};
use crate::{Failure, IfSupported, Sentence, Symptom, sentence};

/// What a server holds; `None` where the system does not tell.
#[derive(Clone, Copy, Debug)]
pub struct ResourceUsage {
    descriptors: Option<usize>,
    threads: Option<usize>,
}

/// How a program spent some time in which it had nothing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleSample {
    /// How often its threads woke up, did something and went to sleep again.
    pub wake_ups: u64,
    /// In how many of the samples some thread was running or wanted to.
    pub running: u32,
    /// How many samples were taken.
    pub samples: u32,
    /// How long its threads had a processor.
    pub worked: Duration,
}

/// How long between two samples of [`Server::sample_idle`].
const BETWEEN_SAMPLES: Duration = Duration::from_millis(5);

impl IdleSample {
    /// Returns whether some thread was awake practically all the time.
    fn was_awake(self) -> bool {
        self.running * 10 >= self.samples * 9
    }
}

impl<A> Program for Server<A> {
    fn is_asleep(&self) -> Result<bool, Failure> {
        Ok(procfs::states(self.running()?)?.iter().all(|state| *state == 'S'))
    }
}

impl<A> Server<A> {
    /// Counts the descriptors it holds. Linux only.
    pub fn descriptors(&self) -> Result<usize, Failure> {
        procfs::descriptors(self.running()?)
    }

    /// Counts its threads. Linux only.
    pub fn threads(&self) -> Result<usize, Failure> {
        procfs::threads(self.running()?)
    }

    /// Waits until it holds at most `most` descriptors. Means something only after every client
    /// has been answered: one that still waits for `accept` holds no descriptor yet.
    pub fn expect_descriptors(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.descriptors(),
            |count| {
                sentence! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn giữ {count} descriptor (lẽ ra nhiều nhất là {most}).",
                    en: "All clients have left, yet the program still holds {count} descriptors (it should be {most} at most).",
                }
            },
        )
    }

    /// Waits until it has at most `most` threads.
    pub fn expect_threads(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.threads(),
            |count| {
                sentence! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn còn {count} thread (lẽ ra nhiều nhất là {most}).",
                    en: "All clients have left, yet the program still has {count} threads (it should be {most} at most).",
                }
            },
        )
    }

    /// Returns what it holds now, once it waits for something: the baseline for
    /// [`wait_released`](Server::wait_released).
    pub fn resources(&self) -> Result<ResourceUsage, Failure> {
        // It may still be opening what it serves with; once it sleeps, it waits for a call.
        poll(PROGRESS_TIMEOUT, || self.is_asleep().unwrap_or(true).then_some(()));
        Ok(ResourceUsage { descriptors: self.descriptors().if_supported()?, threads: self.threads().if_supported()? })
    }

    /// Waits until it has given back what it took since: by then it has noticed that a client has gone.
    /// A thread that stays is a question of another check.
    pub fn wait_released(&self, before: &ResourceUsage) -> Result<(), Failure> {
        if let Some(most) = before.descriptors {
            self.expect_descriptors(most)?;
        }
        // A thread that ends the whole program does so after it has closed its connection.
        if let Some(most) = before.threads {
            match self.expect_threads(most) {
                Err(failure) if failure.symptom == Symptom::Leak => {}
                ended_or_gone => ended_or_gone?,
            }
        }
        Ok(())
    }

    /// Watches it for `window`, in which it has nothing to do.
    pub fn sample_idle(&self, window: Duration) -> Result<IdleSample, Failure> {
        self.sample(window, u32::MAX)
    }

    /// Watches it for `window`, or until it was asleep in `enough` samples.
    fn sample(&self, window: Duration, enough: u32) -> Result<IdleSample, Failure> {
        let id = self.running()?;
        let (slept, worked) = (procfs::sleeps(id)?, procfs::worked(id)?);
        let (mut running, mut samples) = (0, 0);
        let start = Instant::now();
        while start.elapsed() < window && samples - running < enough {
            std::thread::sleep(BETWEEN_SAMPLES);
            samples += 1;
            running += u32::from(procfs::states(id)?.contains(&'R'));
        }
        Ok(IdleSample {
            wake_ups: procfs::sleeps(id)?.saturating_sub(slept),
            running,
            samples,
            worked: procfs::worked(id)?.saturating_sub(worked),
        })
    }

    /// Fails when a thread spins although there is nothing to do. Linux only.
    pub fn expect_idle(&self) -> Result<(), Failure> {
        const WINDOW: Duration = Duration::from_millis(250);
        /// The window has at most fifty samples, and a program that sleeps in more than a tenth of them was
        /// not awake: after so many sleeping samples the rest of the window cannot change that.
        const ENOUGH: u32 = (WINDOW.as_millis() / BETWEEN_SAMPLES.as_millis() / 10) as u32 + 1;
        /// A thread that is awake all the time may also wait for its turn on a busy machine. One that spins has
        /// worked this much before long; one that rests never does.
        const WORK: Duration = Duration::from_millis(50);
        let start = Instant::now();
        let mut worked = Duration::ZERO;
        while start.elapsed() < START_TIMEOUT {
            let idle = self.sample(WINDOW, ENOUGH)?;
            worked += idle.worked;
            if !idle.was_awake() {
                return Ok(());
            }
            if worked >= WORK {
                let IdleSample { running, samples, .. } = idle;
                return Err(Failure::new(
                    Symptom::BusyLoop,
                    sentence! {
                        vi: "Không có việc gì để làm, mà tôi nhìn {samples} lần thì {running} lần chương trình đang chạy: nó quay vòng.",
                        en: "There is nothing to do, yet {running} of the {samples} times I looked, the program was running: it spins.",
                    },
                ));
            }
        }
        Err(Failure::infra("watch", &"the machine is too busy to see whether the program rests"))
    }

    /// Waits until it has done all it can do for now, and sleeps. Fails if it has ended instead. A program that
    /// never sleeps is not waited for any longer than a step: that it spins is the question of another check.
    pub fn wait_idle(&self) -> Result<(), Failure> {
        /// How many looks, one after the other, must find all its threads asleep.
        const STILL: u32 = 4;
        /// Long enough to do anything, where the system does not show threads.
        const PACE: Duration = Duration::from_millis(20);
        let mut still = 0;
        let settled = poll(PROGRESS_TIMEOUT, || match self.is_asleep().if_supported() {
            Ok(Some(asleep)) => {
                still = if asleep { still + 1 } else { 0 };
                (still == STILL).then_some(Ok(()))
            }
            Ok(None) => {
                std::thread::sleep(PACE);
                Some(Ok(()))
            }
            Err(failure) => Some(Err(failure)),
        });
        settled.unwrap_or(Ok(()))
    }
}

fn expect_at_most(
    most: usize,
    count: impl Fn() -> Result<usize, Failure>,
    complaint: impl Fn(usize) -> Sentence,
) -> Result<(), Failure> {
    let mut last = count()?;
    let settled = poll(PROGRESS_TIMEOUT, || match count() {
        Ok(now) => {
            last = now;
            (now <= most).then_some(Ok(()))
        }
        Err(failure) => Some(Err(failure)),
    });
    settled.unwrap_or_else(|| Err(Failure::new(Symptom::Leak, complaint(last))))
}
