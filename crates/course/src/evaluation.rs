//! From a saved file to a verdict: is it a stub, does it compile, what do the checks say?

use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use checks::{Options, Report};

use crate::arguments::Exit;
use crate::build::{Build, build};
use crate::catalog::Exercise;
use crate::checkout::Course;
use crate::progress;
use crate::text::check as text;

/// What came of looking at one task.
#[derive(Debug)]
pub enum Evaluation {
    /// The file is the stub that the course wrote; nothing was built.
    NotStarted,
    /// The compiler refused it.
    DoesNotCompile(Build),
    /// The checks have spoken.
    Judged(Box<Judged>),
}

/// A verdict of the checks, and what it took.
#[derive(Debug)]
pub struct Judged {
    /// What the checks found.
    pub report: Report,
    /// How many warnings the compiler had.
    pub warnings: usize,
    /// How long the build took.
    pub building: Duration,
    /// How long the checks took.
    pub judging: Duration,
}

impl Evaluation {
    /// Did the program pass?
    pub fn passed(&self) -> bool {
        matches!(self, Evaluation::Judged(judged) if judged.report.passed())
    }

    /// As the exit code says it. Where only the checker itself had trouble, nothing was learnt
    /// about the program.
    pub fn exit(&self) -> Exit {
        match self {
            Evaluation::Judged(judged) if judged.report.passed() => Exit::Passed,
            Evaluation::Judged(judged) if judged.report.failed().next().is_none() => Exit::InternalError,
            Evaluation::Judged(_) | Evaluation::NotStarted | Evaluation::DoesNotCompile(_) => Exit::Failed,
        }
    }

    /// The hint that comes with the first failure.
    pub fn hint_id(&self) -> Option<&'static str> {
        let Evaluation::Judged(judged) = self else { return None };
        match &judged.report.failed().next()?.verdict {
            checks::Verdict::Failed(failure) => failure.hint_id(),
            _ => None,
        }
    }
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It has just begun.
    Starting,
    /// cargo is busy with this.
    Building(String),
    /// The checks run.
    Judging,
}

impl Phase {
    /// Returns what to show while the reader waits.
    pub fn words(&self) -> String {
        match self {
            Phase::Starting => crate::text::watch::starting(),
            Phase::Building(what) => text::building(what),
            Phase::Judging => text::judging(),
        }
    }
}

/// Looks at the task at `exercise`, and remembers what the checks said of it.
///
/// # Errors
/// When cargo cannot be run or progress cannot be written.
pub fn evaluate(
    course: &Course,
    exercise: &Exercise,
    options: &Options,
    colour: bool,
    on_phase: impl Fn(Phase) + Send + Sync,
) -> Result<Evaluation> {
    if exercise.is_untouched() {
        return Ok(Evaluation::NotStarted);
    }
    if !exercise.file.is_file() {
        bail!(text::file_is_gone(course.relative(&exercise.file), exercise.words()));
    }
    let (package, program) = (exercise.package_name(), exercise.program());
    let arguments = ["--package", &package, "--bin", &program];
    let built = build(course.root(), &arguments, colour, |busy| on_phase(Phase::Building(busy.to_owned())))?;
    match (built.success, built.errors()) {
        (true, _) => {}
        (false, errors) if errors.is_empty() => bail!(text::cargo_failed(built.complaint.trim_end())),
        (false, _) => return Ok(Evaluation::DoesNotCompile(built)),
    }
    let path = built.programs.get(&program).ok_or_else(|| anyhow!(text::no_program(&program)))?;
    on_phase(Phase::Judging);
    let start = std::time::Instant::now();
    let report = checks::judge(exercise.task, path, options);
    let judging = start.elapsed();
    progress::update(course, |progress| progress.remember(&report))?;
    let judged = Judged { report, warnings: built.warnings(), building: built.elapsed, judging };
    Ok(Evaluation::Judged(Box::new(judged)))
}
