//! Judges the variants, several at a time and each as often as asked.

use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use checks::{Options, Report, Style, Verdict};
use narrate::Lang;

use super::variant::{Expect, Variant};
use crate::text::verify as text;

/// A variant and the program that was built from it.
pub struct Job<'a> {
    /// Where its tally belongs.
    pub index: usize,
    /// What it is.
    pub variant: &'a Variant,
    /// What to judge.
    pub program: &'a Path,
    /// How often.
    pub repeat: u32,
}

/// How often the checks said what they must.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// As it must be.
    pub held: u32,
    /// Not answered, because this system cannot ask the question.
    pub unasked: u32,
    /// All.
    pub runs: u32,
    /// The first thing that was not as it must be.
    pub problem: Option<String>,
}

/// Judges each of `programs` as often as it says, `jobs` runs at a time, in rounds: the runs of one program lie far
/// apart, so that they meet different neighbours. No round begins once `is_over`, but the first. Calls `on_done` with
/// the number of runs done. Returns `slots` tallies, those of `programs` at their index, and the number of rounds.
pub fn all(
    programs: &[Job],
    slots: usize,
    jobs: usize,
    is_over: impl Fn() -> bool + Sync,
    on_done: impl Fn(usize, &str) + Sync,
) -> (Vec<Tally>, u32) {
    let tallies = Mutex::new(vec![Tally::default(); slots]);
    let (done, rounds) = (AtomicUsize::new(0), AtomicU32::new(0));
    let most = programs.iter().map(|job| job.repeat).max().unwrap_or(0);
    let runs =
        (0..most).flat_map(|round| programs.iter().filter(move |job| round < job.repeat).map(move |job| (round, job)));
    let runs = Mutex::new(runs);
    // A round that has begun is finished, whatever the time is.
    let next = || {
        let mut runs = runs.lock().unwrap_or_else(PoisonError::into_inner);
        let (round, job) = runs.next()?;
        if round >= rounds.load(Ordering::Relaxed) {
            if round > 0 && is_over() {
                runs.by_ref().for_each(drop);
                return None;
            }
            rounds.store(round + 1, Ordering::Relaxed);
        }
        Some(job)
    };
    let work = || {
        while let Some(job) = next() {
            let found = judge(job);
            let mut tallies = tallies.lock().unwrap_or_else(PoisonError::into_inner);
            tallies[job.index].add(found);
            drop(tallies);
            on_done(done.fetch_add(1, Ordering::Relaxed) + 1, &job.variant.label());
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(work);
        }
    });
    (tallies.into_inner().unwrap_or_else(PoisonError::into_inner), rounds.into_inner())
}

impl Tally {
    fn add(&mut self, found: RunResult) {
        self.runs += 1;
        match found {
            RunResult::Held => self.held += 1,
            RunResult::Unasked => self.unasked += 1,
            RunResult::Problem(problem) => self.problem = self.problem.take().or(Some(problem)),
        }
    }
}

enum RunResult {
    Held,
    Unasked,
    Problem(String),
}

fn judge(job: &Job) -> RunResult {
    let only = match &job.variant.expect {
        Expect::Refused { by, .. } => vec![by.clone()],
        Expect::Built | Expect::NotStarted | Expect::Passed => Vec::new(),
    };
    let options = Options { seed: None, only, jobs: 1 };
    let report = checks::judge(job.variant.task, job.program, &options);
    if let Some(outcome) = report.outcomes.iter().find(|outcome| matches!(outcome.verdict, Verdict::Infra(_))) {
        return RunResult::Problem(text::infra(outcome.check.id, shown(&report)));
    }
    match &job.variant.expect {
        Expect::Built => RunResult::Held,
        Expect::NotStarted => stub(&report),
        Expect::Passed if report.passed() => RunResult::Held,
        Expect::Passed => RunResult::Problem(text::should_pass(shown(&report))),
        Expect::Refused { by, hint } => refused(&report, by, hint.as_deref()),
    }
}

/// A check that passes with a stub asks nothing.
fn stub(report: &Report) -> RunResult {
    let passed: Vec<&str> = report
        .outcomes
        .iter()
        .filter(|outcome| matches!(outcome.verdict, Verdict::Passed))
        .map(|outcome| outcome.check.id)
        .collect();
    if !passed.is_empty() {
        return RunResult::Problem(text::stub_passes(passed.join(", ")));
    }
    if report.not_started() { RunResult::Held } else { RunResult::Problem(text::stub_not_told(shown(report))) }
}

fn refused(report: &Report, by: &str, hint: Option<&str>) -> RunResult {
    let verdict = report.outcomes.iter().find(|outcome| outcome.check.id == by).map(|outcome| &outcome.verdict);
    match verdict {
        Some(Verdict::Failed(failure)) => match hint {
            Some(wanted) if failure.hint_id() != Some(wanted) => RunResult::Problem(match failure.hint_id() {
                Some(got) => text::other_hint(by, wanted, got, shown(report)),
                None => text::no_hint(by, wanted, shown(report)),
            }),
            _ => RunResult::Held,
        },
        Some(Verdict::Skipped(_)) => RunResult::Unasked,
        _ => RunResult::Problem(text::not_refused(by, format!("{:#x}", report.seed))),
    }
}

fn shown(report: &Report) -> String {
    report.render(Lang::current(), Style { colour: false, ..Style::default() })
}
