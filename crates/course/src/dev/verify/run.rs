//! Judges the variants, several at a time and each as often as asked.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// Judges each of `programs` `repeat` times, `jobs` runs at a time. `on_done` hears how many
/// runs are done. Gives `slots` tallies, those of `programs` at their index.
pub fn all(
    programs: &[Job],
    slots: usize,
    repeat: u32,
    jobs: usize,
    on_done: impl Fn(usize, &str) + Sync,
) -> Vec<Tally> {
    let tallies = Mutex::new(vec![Tally::default(); slots]);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let runs = programs.len() * repeat as usize;
    let work = || {
        while let run = next.fetch_add(1, Ordering::Relaxed)
            && run < runs
        {
            // The same variant's runs lie far apart, so that they meet different neighbours.
            let job = &programs[run % programs.len()];
            let found = judge(job);
            let mut tallies = tallies.lock().unwrap_or_else(PoisonError::into_inner);
            tallies[job.index].add(found);
            drop(tallies);
            on_done(done.fetch_add(1, Ordering::Relaxed) + 1, &job.variant.label());
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.min(runs) {
            scope.spawn(work);
        }
    });
    tallies.into_inner().unwrap_or_else(PoisonError::into_inner)
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
            Some(wanted) if failure.hint_id() != Some(wanted) => {
                RunResult::Problem(text::other_hint(by, wanted, failure.hint_id().unwrap_or("-"), shown(report)))
            }
            _ => RunResult::Held,
        },
        Some(Verdict::Skipped(_)) => RunResult::Unasked,
        _ => RunResult::Problem(text::not_refused(by, format!("{:#x}", report.seed))),
    }
}

fn shown(report: &Report) -> String {
    report.render(Lang::current(), Style { colour: false, ..Style::default() })
}
