//! Puts a task's questions to a program, several at a time.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use crate::{Check, CheckRun, Failure, Outcome, Report, Skip, Symptom, Task, Verdict};

/// After this many deadlines have passed, the rest of a task's checks are skipped.
const MAX_TIMEOUTS: usize = 3;

/// How often a check is tried when the checker itself has trouble.
const TRIES: usize = 3;

/// What to ask, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Replays the random choices of an earlier run; `None` takes a fresh seed.
    pub seed: Option<u64>,
    /// The ids of the checks to run; empty means all.
    pub only: Vec<String>,
    /// How many checks run at the same time; each has its own instance of the program.
    pub jobs: usize,
}

impl Default for Options {
    /// All checks, a fresh seed. Checks wait more than they compute, so twice as many run at
    /// once as there are cores.
    fn default() -> Options {
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Options { seed: None, only: Vec::new(), jobs: (cores * 2).clamp(2, 8) }
    }
}

/// Judges `program` by the checks of `task`.
///
/// An id in `options.only` that the task does not have is ignored; code that takes ids
/// from a person compares them with `task.checks` first.
pub fn judge(task: &'static Task, program: &Path, options: &Options) -> Report {
    let asked = |check: &&Check| options.only.is_empty() || options.only.iter().any(|id| id == check.id);
    let checks: Vec<&'static Check> = task.checks.iter().filter(asked).collect();
    let seed = options.seed.unwrap_or_else(crate::rng::fresh_seed);
    let session = Session::new(program.to_owned(), seed);

    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    let work = || {
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(check) = checks.get(index)
        {
            let outcome = session.run(check);
            outcomes.lock().unwrap_or_else(PoisonError::into_inner).insert(index, outcome);
        }
    };
    thread::scope(|scope| {
        for _ in 1..options.jobs.clamp(1, checks.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });

    let outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    Report { task, seed, outcomes: outcomes.into_values().collect() }
}

/// What the checks of one task and one program share while they run.
pub(crate) struct Session {
    program: PathBuf,
    seed: u64,
    timeouts: AtomicUsize,
}

impl Session {
    pub(crate) fn new(program: PathBuf, seed: u64) -> Session {
        Session { program, seed, timeouts: AtomicUsize::new(0) }
    }

    /// Puts one question, again if the checker has trouble.
    pub(crate) fn run(&self, check: &'static Check) -> Outcome {
        let start = Instant::now();
        let mut verdict = self.try_once(check);
        for _ in 1..TRIES {
            if !matches!(verdict, Verdict::Infra(_)) {
                break;
            }
            verdict = self.try_once(check);
        }
        Outcome { check, verdict, elapsed: start.elapsed() }
    }

    fn try_once(&self, check: &'static Check) -> Verdict {
        if self.timeouts.load(Ordering::Relaxed) >= MAX_TIMEOUTS {
            return Verdict::Skipped(Skip::TIMEOUTS);
        }
        let mut run = CheckRun::new(&self.program, self.seed, check.id);
        // A panic here is a mistake in the check, and must not be laid at the learner's door.
        let answer = catch_unwind(AssertUnwindSafe(|| (check.run)(&mut run)));
        match answer {
            Ok(Ok(())) => Verdict::Passed,
            Ok(Err(failure)) => self.verdict_of(run.complete(failure)),
            Err(_) => Verdict::Infra(format!("the check `{}` panicked", check.id)),
        }
    }

    fn verdict_of(&self, failure: Failure) -> Verdict {
        if failure.symptom.is_timeout() {
            self.timeouts.fetch_add(1, Ordering::Relaxed);
        }
        match failure.symptom {
            Symptom::Infra => Verdict::Infra(failure.what.en),
            Symptom::Unsupported => Verdict::Skipped(Skip::UNSUPPORTED),
            Symptom::NoIpv6 => Verdict::Skipped(Skip::NO_IPV6),
            _ => Verdict::Failed(failure),
        }
    }
}
