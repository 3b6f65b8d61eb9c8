//! `cargo course check`: builds a learner's program, judges it, and says what to do next.

use anyhow::Result;
use checks::{Lang, Options, hang};

use crate::cli::Which;
use crate::exit::Exit;
use crate::map::{Map, Place};
use crate::place::Course;
use crate::progress;
use crate::screen::Screen;
use crate::text::check as text;
use crate::verdict::{self, Judged, Stage, Verdict};

/// Runs `check`: the task that `which` names, all tasks of its lesson, or the one where the
/// learner is; with `all`, every task that was started.
///
/// # Errors
/// When `which` names nothing that there is, or this machine keeps us from building.
pub fn run(course: &Course, which: &Which, seed: Option<u64>, all: bool, screen: &Screen) -> Result<Exit> {
    let map = Map::of(course)?;
    let progress = progress::load(course)?;
    let mut places = map.named(which)?;
    if places.is_empty() {
        places = if all {
            map.tasks().filter(|place| !place.is_untouched()).collect()
        } else {
            vec![map.current(&progress)?]
        };
    }
    if places.is_empty() {
        screen.say(&text::nothing_started())?;
        return Ok(Exit::Failed);
    }
    let several = places.len() > 1;
    if let [place] = &places[..] {
        progress::update(course, |progress| progress.at = Some(place.id()))?;
    }
    let options = Options { seed, ..Options::default() };
    let mut exits = Vec::new();
    for place in &places {
        screen.line(&heading(place, map.title_of(place), screen))?;
        let verdict = verdict::reach(course, place, &options, screen.style().colour, |stage| {
            screen.passing(&match stage {
                Stage::Building(what) => text::building(what),
                Stage::Judging => text::judging(),
            });
        });
        screen.passing("");
        let verdict = verdict?;
        screen.text(&show(course, place, &verdict, screen))?;
        if !several {
            screen.text(&next_step(course, &map, place, &verdict)?)?;
        }
        exits.push(verdict.exit());
    }
    let good = exits.iter().filter(|exit| **exit == Exit::Passed).count();
    if several {
        screen.say(&text::sum(good, exits.len()))?;
    }
    Ok(match &exits[..] {
        _ if good == exits.len() => Exit::Passed,
        [only] => *only,
        _ => Exit::Failed,
    })
}

/// `03 · echo   Stream socket`, and below what the program is.
pub fn heading(place: &Place, lesson: &str, screen: &Screen) -> String {
    let name = screen.bold(&format!("{:02} · {}", place.task.number, place.task.name));
    let about = hang("", place.task.title.get(Lang::current()), screen.width());
    format!("\n{name}   {}\n{about}", screen.faint(lesson))
}

/// What is to be said about `verdict`, each line ended.
pub fn show(course: &Course, place: &Place, verdict: &Verdict, screen: &Screen) -> String {
    let file = course.relative(&place.file);
    match verdict {
        Verdict::NotStarted => {
            let number = format!("{:02}", place.task.number);
            format!("{}\n\n{}\n", text::not_started(), text::first_steps(file, number))
        }
        Verdict::DoesNotCompile(build) => {
            format!("{}\n{}\n", build.errors().trim_end(), screen.bad(&text::does_not_compile(file)))
        }
        Verdict::Judged(judged) => {
            let mut shown = judged.report.render(Lang::current(), screen.style());
            if !shown.ends_with('\n') {
                shown.push('\n');
            }
            shown.push_str(&took(place, judged, screen));
            shown
        }
    }
}

/// How long it took, and whether the compiler had something to say besides.
fn took(place: &Place, judged: &Judged, screen: &Screen) -> String {
    let seconds = |duration: std::time::Duration| text::seconds(duration.as_secs_f64());
    let whole = seconds(judged.building + judged.judging);
    let mut line = text::took(whole, seconds(judged.building), seconds(judged.judging));
    if judged.warnings > 0 {
        let command = format!("cargo build -p {} --bin {}", place.package_name(), place.program());
        line = format!("{line}\n{}", text::warnings(judged.warnings, command));
    }
    format!("\n{}\n", screen.faint(&line))
}

/// The one thing to do now.
fn next_step(course: &Course, map: &Map, place: &Place, verdict: &Verdict) -> Result<String> {
    Ok(match verdict {
        Verdict::NotStarted | Verdict::DoesNotCompile(_) => String::new(),
        Verdict::Judged(judged) if judged.report.passed() => {
            let progress = progress::load(course)?;
            match map.open_after(Some(place), &progress) {
                Some(next) => format!("{}\n", text::passed_go_on(place.words(), next.words())),
                None => format!("{}\n", text::passed_all(place.words())),
            }
        }
        Verdict::Judged(_) if verdict.exit() == Exit::Trouble => {
            format!("{}\n", text::trouble_of_our_own(place.words()))
        }
        Verdict::Judged(_) => format!("{}\n", text::failed_go_on(place.words())),
    })
}
