//! `cargo course check`: builds a learner's program, judges it, and says what to do next.

use anyhow::Result;
use checks::{Lang, Options, hang};

use crate::arguments::Exit;
use crate::arguments::Which;
use crate::catalog::{Catalog, Exercise};
use crate::checkout::Course;
use crate::evaluation::{self, Evaluation, Judged};
use crate::progress;
use crate::screen::Screen;
use crate::text::check as text;

/// Runs `check`: the task that `which` names, all tasks of its lesson, or the one where the
/// learner is; with `all`, every task that was started.
///
/// # Errors
/// When `which` names nothing that there is, or this machine keeps us from building.
pub fn run(course: &Course, which: &Which, seed: Option<u64>, all: bool, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let progress = progress::load(course)?;
    let mut exercises = catalog.named(which)?;
    if exercises.is_empty() {
        exercises = if all {
            catalog.tasks().filter(|exercise| !exercise.is_untouched()).collect()
        } else {
            vec![catalog.current(&progress)?]
        };
    }
    if exercises.is_empty() {
        screen.prose(&text::nothing_started())?;
        return Ok(Exit::Failed);
    }
    let several = exercises.len() > 1;
    if let [exercise] = &exercises[..] {
        progress::update(course, |progress| progress.at = Some(exercise.id()))?;
    }
    let options = Options { seed, ..Options::default() };
    let mut exits = Vec::new();
    for exercise in &exercises {
        screen.line(&heading(exercise, catalog.title_of(exercise), screen))?;
        let verdict = evaluation::evaluate(course, exercise, &options, screen.style().colour, |phase| {
            screen.status_line(&phase.words());
        });
        screen.status_line("");
        let verdict = verdict?;
        screen.text(&show(course, exercise, &verdict, screen))?;
        if !several {
            screen.text(&next_step(course, &catalog, exercise, &verdict)?)?;
        }
        exits.push(verdict.exit());
    }
    let good = exits.iter().filter(|exit| **exit == Exit::Passed).count();
    if several {
        screen.prose(&text::sum(good, exits.len()))?;
    }
    Ok(match &exits[..] {
        _ if good == exits.len() => Exit::Passed,
        [only] => *only,
        _ => Exit::Failed,
    })
}

/// `03 · echo   Stream socket`, and below what the program is.
pub fn heading(exercise: &Exercise, lesson: &str, screen: &Screen) -> String {
    let name = screen.bold(&format!("{:02} · {}", exercise.task.number, exercise.task.name));
    let about = hang("", exercise.task.title.get(Lang::current()), screen.width());
    format!("\n{name}   {}\n{about}", screen.faint(lesson))
}

/// What is to be said about `verdict`, each line ended.
pub fn show(course: &Course, exercise: &Exercise, verdict: &Evaluation, screen: &Screen) -> String {
    let file = course.relative(&exercise.file);
    match verdict {
        Evaluation::NotStarted => {
            let number = format!("{:02}", exercise.task.number);
            format!("{}\n\n{}\n", text::not_started(), text::first_steps(file, number))
        }
        Evaluation::DoesNotCompile(build) => {
            format!("{}\n{}\n", build.errors().trim_end(), screen.red(&text::does_not_compile(file)))
        }
        Evaluation::Judged(judged) => {
            let mut shown = judged.report.render(Lang::current(), screen.style());
            if !shown.ends_with('\n') {
                shown.push('\n');
            }
            shown.push_str(&took(exercise, judged, screen));
            shown
        }
    }
}

/// How long it took, and whether the compiler had something to say besides.
fn took(exercise: &Exercise, judged: &Judged, screen: &Screen) -> String {
    let seconds = |duration: std::time::Duration| text::seconds(duration.as_secs_f64());
    let whole = seconds(judged.building + judged.judging);
    let mut line = text::took(whole, seconds(judged.building), seconds(judged.judging));
    if judged.warnings > 0 {
        let command = format!("cargo build -p {} --bin {}", exercise.package_name(), exercise.program());
        line = format!("{line}\n{}", text::warnings(judged.warnings, command));
    }
    format!("\n{}\n", screen.faint(&line))
}

/// The one thing to do now.
fn next_step(course: &Course, catalog: &Catalog, exercise: &Exercise, verdict: &Evaluation) -> Result<String> {
    Ok(match verdict {
        Evaluation::NotStarted | Evaluation::DoesNotCompile(_) => String::new(),
        Evaluation::Judged(judged) if judged.report.passed() => {
            let progress = progress::load(course)?;
            match catalog.open_after(Some(exercise), &progress) {
                Some(next) => format!("{}\n", text::passed_go_on(exercise.words(), next.words())),
                None => format!("{}\n", text::passed_all(exercise.words())),
            }
        }
        Evaluation::Judged(_) if verdict.exit() == Exit::InternalError => {
            format!("{}\n", text::trouble_of_our_own(exercise.words()))
        }
        Evaluation::Judged(_) => format!("{}\n", text::failed_go_on(exercise.words())),
    })
}
