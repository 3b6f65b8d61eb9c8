//! From a saved file to a verdict: is it a stub, does it compile, what do the checks say?

use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use checks::{Options, Report};

use crate::build::{Build, build};
use crate::exit::Exit;
use crate::map::Place;
use crate::place::Course;
use crate::progress;
use crate::text::check as text;

/// What came of looking at one task.
#[derive(Debug)]
pub enum Verdict {
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

impl Verdict {
    /// Did the program pass?
    pub fn passed(&self) -> bool {
        matches!(self, Verdict::Judged(judged) if judged.report.passed())
    }

    /// As the exit code says it. Where only the checker itself had trouble, nothing was learnt
    /// about the program.
    pub fn exit(&self) -> Exit {
        match self {
            Verdict::Judged(judged) if judged.report.passed() => Exit::Passed,
            Verdict::Judged(judged) if judged.report.failed().next().is_none() => Exit::Trouble,
            Verdict::Judged(_) | Verdict::NotStarted | Verdict::DoesNotCompile(_) => Exit::Failed,
        }
    }

    /// The hint that comes with the first failure.
    pub fn hint_id(&self) -> Option<&'static str> {
        let Verdict::Judged(judged) = self else { return None };
        match &judged.report.failed().next()?.verdict {
            checks::Verdict::Failed(failure) => failure.hint_id(),
            _ => None,
        }
    }
}

/// What is going on, for whoever waits.
#[derive(Debug)]
pub enum Stage<'a> {
    /// cargo is busy with this.
    Building(&'a str),
    /// The checks run.
    Judging,
}

/// Looks at the task at `place`, and remembers what the checks said of it.
///
/// # Errors
/// When cargo cannot be run or progress cannot be written.
pub fn reach(
    course: &Course,
    place: &Place,
    options: &Options,
    colour: bool,
    on_stage: impl Fn(Stage) + Send + Sync,
) -> Result<Verdict> {
    if place.is_untouched() {
        return Ok(Verdict::NotStarted);
    }
    if !place.file.is_file() {
        bail!(text::file_is_gone(course.relative(&place.file), place.words()));
    }
    let (package, program) = (place.package_name(), place.program());
    let arguments = ["--package", &package, "--bin", &program];
    let built = build(course.root(), &arguments, colour, |busy| on_stage(Stage::Building(busy)))?;
    match (built.success, built.errors()) {
        (true, _) => {}
        (false, errors) if errors.is_empty() => bail!(text::cargo_failed(built.complaint.trim_end())),
        (false, _) => return Ok(Verdict::DoesNotCompile(built)),
    }
    let path = built.programs.get(&program).ok_or_else(|| anyhow!(text::no_program(&program)))?;
    on_stage(Stage::Judging);
    let start = std::time::Instant::now();
    let report = checks::judge(place.task, path, options);
    let judging = start.elapsed();
    progress::update(course, |progress| progress.remember(&report))?;
    let judged = Judged { report, warnings: built.warnings(), building: built.elapsed, judging };
    Ok(Verdict::Judged(Box::new(judged)))
}
