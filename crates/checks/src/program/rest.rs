//! Is a program at rest when there is nothing to do? Linux only; elsewhere the check is skipped.
//!
//! Neither the share of a processor nor a clock can tell: on a busy machine a program that spins gets
//! little, and one that rests waits long for its turn. What tells is whether it ever sleeps.

use std::time::{Duration, Instant};

use super::{Server, procfs};
use crate::limits::START;
use crate::{Failure, Symptom, said};

/// How a program spent some time in which nobody asked anything of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// How often its threads woke up, did something and went to sleep again.
    pub wake_ups: u64,
    /// In how many of the samples some thread was running or wanted to.
    pub running: u32,
    /// How many samples were taken.
    pub samples: u32,
    /// How long its threads had a processor.
    pub worked: Duration,
}

impl Idle {
    /// Was some thread awake practically all the time?
    fn was_awake(self) -> bool {
        self.running * 10 >= self.samples * 9
    }
}

impl<A> Server<A> {
    /// Watches it for `window`, in which nobody should have to do anything.
    pub fn idle(&self, window: Duration) -> Result<Idle, Failure> {
        const BETWEEN_SAMPLES: Duration = Duration::from_millis(5);
        let id = self.running()?;
        let (slept, worked) = (procfs::sleeps(id)?, procfs::worked(id)?);
        let (mut running, mut samples) = (0, 0);
        let start = Instant::now();
        while start.elapsed() < window {
            std::thread::sleep(BETWEEN_SAMPLES);
            samples += 1;
            running += u32::from(procfs::states(id)?.contains(&'R'));
        }
        Ok(Idle {
            wake_ups: procfs::sleeps(id)?.saturating_sub(slept),
            running,
            samples,
            worked: procfs::worked(id)?.saturating_sub(worked),
        })
    }

    /// Nothing is to be done, so nothing should run: fails when a thread spins.
    pub fn expect_rest(&self) -> Result<(), Failure> {
        const WINDOW: Duration = Duration::from_millis(250);
        /// Awake all the time may also mean: waiting for a turn on a busy machine. Who spins has
        /// worked this much before long; who rests never does.
        const WORK: Duration = Duration::from_millis(50);
        let start = Instant::now();
        let mut worked = Duration::ZERO;
        while start.elapsed() < START {
            let idle = self.idle(WINDOW)?;
            worked += idle.worked;
            if !idle.was_awake() {
                return Ok(());
            }
            if worked >= WORK {
                let Idle { running, samples, .. } = idle;
                return Err(Failure::new(
                    Symptom::Spin,
                    said! {
                        vi: "Không có việc gì để làm, mà tôi nhìn {samples} lần thì {running} lần chương trình đang chạy: nó quay vòng.",
                        en: "There is nothing to do, yet {running} of the {samples} times I looked, the program was running: it spins.",
                    },
                ));
            }
        }
        Err(Failure::infra("watch", &"the machine is too busy to see whether the program rests"))
    }

    /// Do all its threads sleep at this moment?
    pub fn asleep(&self) -> Result<bool, Failure> {
        Ok(procfs::states(self.running()?)?.iter().all(|state| *state == 'S'))
    }
}
