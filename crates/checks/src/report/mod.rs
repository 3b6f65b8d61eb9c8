//! What came of putting a task's questions to a program.

mod bytes;
mod render;
mod wrap;

use std::time::Duration;

pub use render::Style;
pub use wrap::hang;

use crate::Text;
use crate::failure::{Failure, Skip};
use crate::task::{Check, Task};

/// All that was found out about one program.
#[derive(Debug)]
pub struct Report {
    /// The task that the program was judged by.
    pub task: &'static Task,
    /// Every random choice followed from this number; it replays them.
    pub seed: u64,
    /// One for each check that was asked for, in the order of the task.
    pub outcomes: Vec<Outcome>,
}

impl Report {
    /// Did every check that was asked for pass? One that this system cannot ask does not count
    /// against the program; trouble of the checker does, since nothing was shown.
    pub fn passed(&self) -> bool {
        !self.outcomes.is_empty()
            && self.outcomes.iter().all(|outcome| match outcome.verdict {
                Verdict::Passed => true,
                Verdict::Skipped(reason) => reason != Skip::TIMEOUTS,
                Verdict::Failed(_) | Verdict::Infra(_) => false,
            })
    }

    /// The checks that the program failed.
    pub fn failed(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Failed(_)))
    }

    /// The points of the checks that passed.
    pub fn points(&self) -> u32 {
        let passed = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Passed);
        self.outcomes.iter().filter(passed).map(|outcome| outcome.check.points).sum()
    }

    /// The points of all checks that were asked for.
    pub fn points_possible(&self) -> u32 {
        self.outcomes.iter().map(|outcome| outcome.check.points).sum()
    }

    /// Did every check stop at the `todo!()` of the stub?
    pub fn not_started(&self) -> bool {
        let not_started = |outcome: &Outcome| match &outcome.verdict {
            Verdict::Failed(failure) => failure.symptom == crate::Symptom::NotStarted,
            _ => false,
        };
        !self.outcomes.is_empty() && self.outcomes.iter().all(not_started)
    }

    /// The command that replays this run.
    pub fn replay(&self) -> String {
        let Task { number, name, .. } = self.task;
        format!("cargo course check {number:02} {name} --seed {:#x}", self.seed)
    }
}

/// One check and what came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The question.
    pub check: &'static Check,
    /// The answer.
    pub verdict: Verdict,
    /// How long it took, start of the program included.
    pub elapsed: Duration,
}

/// What came of one check.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// The program did what the check's title says.
    Passed,
    /// It did not.
    Failed(Failure),
    /// The question was not put; the reason is one of those in [`Skip`].
    Skipped(Text),
    /// The checker itself had trouble, three times over. Says nothing about the program.
    Infra(String),
}
