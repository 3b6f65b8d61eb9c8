//! What a server holds while it serves nobody, and knowing that it has noticed what was done to it.

use super::Server;
use crate::limits::{STEP, poll};
use crate::{Failure, IfSupported, Symptom};

/// What a server holds; `None` where the system does not tell.
#[derive(Clone, Copy, Debug)]
pub struct Holdings {
    descriptors: Option<usize>,
    threads: Option<usize>,
}

impl<A> Server<A> {
    /// What it holds now, once it waits for something.
    pub fn holdings(&self) -> Result<Holdings, Failure> {
        // It may still be opening what it serves with; once it sleeps, it waits for a call.
        poll(STEP, || self.asleep().unwrap_or(true).then_some(()));
        Ok(Holdings { descriptors: self.descriptors().if_supported()?, threads: self.tasks().if_supported()? })
    }

    /// Waits until it has given back what it took since: by then it has noticed that a caller has gone.
    /// A thread that stays is a question of another check.
    pub fn until_back_to(&self, before: &Holdings) -> Result<(), Failure> {
        if let Some(most) = before.descriptors {
            self.expect_descriptors(most)?;
        }
        // A thread that ends the whole program does so after it has closed its connection.
        if let Some(most) = before.threads {
            match self.expect_tasks(most) {
                Err(failure) if failure.symptom == Symptom::Leak => {}
                ended_or_gone => ended_or_gone?,
            }
        }
        Ok(())
    }
}
