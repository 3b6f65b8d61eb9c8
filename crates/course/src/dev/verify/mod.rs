//! `cargo course dev verify`: do the checks tell right from wrong?
//!
//! Every stub must be reported as not started, the reference and every right variant must pass
//! everything, and every wrong one must be refused by the check that its patch names.

mod record;
mod run;
mod scratch;
mod table;
mod variant;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use checks::Task;

use crate::arguments::{Exit, VerifyOptions, Which};
use crate::build::Build;
use crate::catalog::Catalog;
use crate::checkout::{Course, Numbered};
use crate::screen::Screen;
use crate::text::verify as text;
use record::{PROOF, Record, fingerprint};
use run::{Job, Tally};
use scratch::Scratch;
use variant::{Expect, Variant, VariantKind, variants};

/// What a task needs before it may call itself judged.
pub const CHECKS: usize = 8;
pub const WRONG: usize = 6;
pub const RIGHT: usize = 2;

/// What is known about one variant, ready for the table.
struct Row {
    variant: Variant,
    result: Result<Tally, String>,
}

/// Everything about one task.
struct Verified {
    task: &'static Task,
    rows: Vec<Row>,
    problems: Vec<String>,
}

/// Runs `dev verify` on the tasks that `which` names, or on all.
///
/// # Errors
/// When the course cannot be read or cargo not be run.
pub fn run(course: &Course, which: &Which, options: &VerifyOptions, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let exercises = catalog.named(which)?;
    let exercises = if exercises.is_empty() { catalog.tasks().collect() } else { exercises };
    let mut found: BTreeMap<String, (Numbered, Vec<Variant>)> = BTreeMap::new();
    for exercise in &exercises {
        let solution = course.root().join("solutions").join(&exercise.folder.name);
        let slot = found.entry(exercise.folder.name.clone()).or_insert_with(|| (exercise.folder.clone(), Vec::new()));
        slot.1.extend(variants(exercise.task, &solution)?);
    }
    let mut problems = if which.number.is_none() { unjudged(course)? } else { Vec::new() };

    let folders: Vec<&Numbered> = found.values().map(|(folder, _)| folder).collect();
    let scratch = Scratch::new(course, &folders, || screen.error(&text::waiting()))?;
    for (folder, variants) in found.values() {
        scratch.lay_out(folder, variants)?;
    }
    let mut ready = Vec::new();
    for (folder, variants) in found.into_values() {
        screen.line(&text::building(&folder.name, variants.len()))?;
        let built = scratch.build(&folder, |busy| screen.status_line(busy))?;
        screen.status_line("");
        ready.extend(variants.into_iter().map(|variant| {
            let program = program(&variant, &built);
            (variant, program)
        }));
    }

    let cores = thread::available_parallelism().map_or(2, usize::from);
    let jobs = options.jobs.unwrap_or(cores * 2);
    let mut record = Record::read(course)?;
    let mut touched = Vec::new();
    for exercise in &exercises {
        let fingerprint = fingerprint(course, exercise)?;
        if !(options.unless_recorded && record.holds(exercise.task, &fingerprint)) {
            touched.push((exercise.task, fingerprint));
        }
    }
    let repeat = |task: &Task| match touched.iter().any(|(other, _)| std::ptr::eq(*other, task)) {
        true => options.repeat,
        false => 1,
    };
    let within = options.within.map(|seconds| Duration::from_secs(seconds.into()));
    let tallies = judge_all(&ready, repeat, jobs, within, screen)?;
    let verified = gather(&exercises.iter().map(|exercise| exercise.task).collect::<Vec<_>>(), ready, tallies);
    screen.text(&table::render(&verified, screen))?;
    problems.extend(verified.iter().flat_map(|task| &task.problems).cloned());
    for problem in &problems {
        screen.error(&format!("{} {problem}", screen.red("✗")));
    }
    if options.record {
        let is_proven = |row: &Row| row.result.as_ref().is_ok_and(|tally| tally.runs == 0 || tally.held >= PROOF);
        let proven = |task| {
            verified
                .iter()
                .find(|one| std::ptr::eq(one.task, task))
                .is_some_and(|one| one.problems.is_empty() && one.rows.iter().all(is_proven))
        };
        let proven: Vec<_> = touched.into_iter().filter(|(task, _)| proven(*task)).collect();
        let count = proven.len();
        proven.into_iter().for_each(|(task, fingerprint)| record.add(task, fingerprint));
        if count > 0 {
            record.write(course)?;
            screen.line(&text::recorded(count, PROOF))?;
        } else {
            screen.line(&text::nothing_recorded(PROOF))?;
        }
    }
    if problems.is_empty() {
        screen.line(&text::all_hold(verified.len()))?;
        return Ok(Exit::Passed);
    }
    screen.error(&text::problems(problems.len()));
    Ok(Exit::Failed)
}

/// The program of `variant`, or why there is none.
fn program(variant: &Variant, built: &Build) -> Result<PathBuf, String> {
    if let Err(error) = &variant.source {
        return Err(format!("{error:#}"));
    }
    let name = variant.program();
    let said = |warnings: bool| {
        let about = built.diagnostics.iter().filter(|said| said.target == name && said.warning == warnings);
        about.map(|said| said.rendered.as_str()).collect::<String>()
    };
    let Some(program) = built.programs.get(&name) else {
        let errors = said(false);
        let why = if errors.is_empty() { &built.complaint } else { &errors };
        return Err(text::does_not_compile(why.trim_end()));
    };
    let warnings = said(true);
    if variant.kind == VariantKind::Stub && !warnings.is_empty() {
        return Err(text::stub_warns(warnings.trim_end()));
    }
    Ok(program.clone())
}

fn judge_all(
    ready: &[(Variant, Result<PathBuf, String>)],
    repeat: impl Fn(&Task) -> u32,
    jobs: usize,
    within: Option<Duration>,
    screen: &Screen,
) -> Result<Vec<Tally>> {
    let begun = Instant::now();
    let programs: Vec<Job> = ready
        .iter()
        .enumerate()
        .filter(|(_, (variant, _))| variant.expect != Expect::Built)
        .filter_map(|(index, (variant, program))| {
            Some(Job { index, variant, program: program.as_deref().ok()?, repeat: repeat(variant.task) })
        })
        .collect();
    let runs: usize = programs.iter().map(|job| job.repeat as usize).sum();
    let most = programs.iter().map(|job| job.repeat).max().unwrap_or(0);
    let often = programs.iter().filter(|job| job.repeat == most).count();
    screen.line(&match often == programs.len() {
        true => text::judging_alike(often, most),
        false => text::judging(programs.len(), often, most),
    })?;
    // Whole rounds, so that no program is judged less often than another of its kind.
    let is_over = || within.is_some_and(|within| begun.elapsed() > within);
    let (tallies, rounds) = run::all(&programs, ready.len(), jobs, is_over, |done, label| {
        screen.status_line(&format!("[{done}/{runs}] {label}"));
    });
    screen.status_line("");
    if rounds < most {
        screen.error(&text::time_is_over(rounds, most));
    }
    Ok(tallies)
}

/// Puts results beside their tasks, and says what is missing.
fn gather(
    tasks: &[&'static Task],
    ready: Vec<(Variant, Result<PathBuf, String>)>,
    tallies: Vec<Tally>,
) -> Vec<Verified> {
    let mut rows: Vec<Row> = ready
        .into_iter()
        .zip(tallies)
        .map(|((variant, program), tally)| Row { variant, result: program.map(|_| tally) })
        .collect();
    tasks
        .iter()
        .map(|task| {
            let (own, others) = rows.drain(..).partition(|row: &Row| std::ptr::eq(row.variant.task, *task));
            rows = others;
            let problems = problems(task, &own);
            Verified { task, rows: own, problems }
        })
        .collect()
}

fn problems(task: &Task, rows: &[Row]) -> Vec<String> {
    let label = format!("{:02} {}", task.number, task.name);
    let count = |kind| rows.iter().filter(|row| row.variant.kind == kind).count();
    let mut found = Vec::new();
    for (there, needed, what) in [
        (task.checks.len(), CHECKS, text::checks()),
        (count(VariantKind::Wrong), WRONG, text::wrong()),
        (count(VariantKind::Right), RIGHT, text::right()),
    ] {
        if there < needed {
            found.push(text::too_few(&label, there, what, needed));
        }
    }
    for row in rows {
        let label = row.variant.label();
        match &row.result {
            Err(why) => found.push(format!("{label}: {why}")),
            Ok(tally) => found.extend(tally.problem.iter().map(|why| format!("{label}: {why}"))),
        }
    }
    found
}

/// The solutions that nothing judges.
fn unjudged(course: &Course) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in course.numbered("solutions")? {
        let programs = course.root().join("solutions").join(&folder.name).join("src").join("bin");
        for entry in fs::read_dir(&programs).with_context(|| programs.display().to_string())? {
            let path = entry?.path();
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if checks::task(folder.number, &name).is_none() {
                found.push(text::nobody_judges(course.relative(&path)));
            }
        }
    }
    found.sort();
    Ok(found)
}
