//! Letting a program finish what it is doing before the next thing happens to it.

use std::time::Duration;

use super::Server;
use crate::limits::{STEP, poll};
use crate::{Failure, IfSupported};

impl Server {
    /// Waits until it has done all it can do for now, and sleeps. Fails if it has ended instead. A program that
    /// never sleeps is not waited for any longer than a step: that it spins is the question of another check.
    pub fn settle(&self) -> Result<(), Failure> {
        /// In so many looks, one after the other, all its threads must be asleep.
        const STILL: u32 = 4;
        /// Long enough to do anything, where nobody can look.
        const PACE: Duration = Duration::from_millis(20);
        let mut still = 0;
        let settled = poll(STEP, || match self.asleep().if_supported() {
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
