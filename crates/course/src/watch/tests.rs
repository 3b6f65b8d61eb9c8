use std::fs;
use std::path::Path;
use std::time::Duration;

use checks::{Failure, Outcome, Report, Symptom, Text, Verdict as Checked};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::session::Body;
use super::*;
use crate::build::{Build, Diagnostic};
use crate::evaluation::Judged;

/// A course with exercise 03, in which nothing is started.
fn session(folder: &Path) -> Session {
    for name in ["lessons", "solutions", "exercises/03-stream/src/bin"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    fs::write(folder.join("Cargo.toml"), "").unwrap();
    fs::write(folder.join("exercises/03-stream/Cargo.toml"), "").unwrap();
    let course = Course::above(folder).unwrap();
    let catalog = Catalog::of(&course).unwrap();
    let which = Which { number: Some(3), task: Some("echo".into()) };
    let exercise = catalog.named(&which).unwrap()[0].clone();
    Session::new(course, catalog, exercise, false).unwrap()
}

/// The lines of the screen after `session` was drawn on it.
fn drawn(session: &mut Session, width: u16, height: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| full::draw(frame, session)).unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..height).map(row).collect()
}

fn judged(session: &Session, first: Checked) -> Evaluation {
    let task = session.exercise.task;
    let outcomes = task
        .checks
        .iter()
        .enumerate()
        .map(|(index, check)| {
            let verdict = if index == 0 { first.clone() } else { Checked::Passed };
            Outcome { check, verdict, elapsed: Duration::ZERO }
        })
        .collect();
    let report = Report { task, seed: 0x2a, outcomes };
    let (building, judging) = (Duration::from_millis(400), Duration::from_millis(900));
    Evaluation::Judged(Box::new(Judged { report, warnings: 0, building, judging }))
}

fn silence() -> Checked {
    Checked::Failed(Failure::new(Symptom::Silence, Text { vi: "Im lặng.", en: "Not a byte came." }))
}

#[test]
fn a_failure_stands_at_the_top_with_its_replay() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    let verdict = judged(&session, silence());
    session.take_in(Ok(verdict)).unwrap();
    let screen = drawn(&mut session, 80, 24);
    let checks = session.exercise.task.checks.len();
    assert!(screen[0].starts_with(" 03 · echo   ") && screen[0].ends_with(" tasks"), "{screen:#?}");
    assert!(screen[1].starts_with(&format!(" ✗ {} of {checks}   ✗✓✓", checks - 1)), "{screen:#?}");
    assert!(screen[1].ends_with("1.3 s"), "{screen:#?}");
    assert!(screen[3].starts_with("✗ "), "{screen:#?}");
    assert!(screen.iter().any(|line| line.contains("Not a byte came.")), "{screen:#?}");
    assert!(screen.iter().any(|line| line.contains("--seed 0x2a")), "{screen:#?}");
    assert_eq!(screen[23].trim(), crate::text::watch::keys());
}

#[test]
fn a_pass_lists_every_check_and_clears_the_hint() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    session.take_hint().unwrap();
    assert!(drawn(&mut session, 80, 24).iter().any(|line| line.contains("03 echo · hint 1 of")));
    let verdict = judged(&session, Checked::Passed);
    session.take_in(Ok(verdict)).unwrap();
    let screen = drawn(&mut session, 80, 40);
    assert!(screen[1].starts_with(" ✓ PASSED   ✓✓✓"), "{screen:#?}");
    for check in session.exercise.task.checks {
        assert!(screen.iter().any(|line| line.contains(check.id)), "{}: {screen:#?}", check.id);
    }
    assert!(!screen.iter().any(|line| line.contains("· hint")), "{screen:#?}");
}

#[test]
fn a_long_text_scrolls_and_stops_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    let rendered: String = (1..=50).map(|line| format!("error line {line}\n")).collect();
    let diagnostic = Diagnostic { target: String::new(), warning: false, rendered };
    let build = Build { diagnostics: vec![diagnostic], ..Build::default() };
    session.body = Body::Evaluation(Box::new(Evaluation::DoesNotCompile(build)));
    let screen = drawn(&mut session, 60, 16);
    assert!(screen[1].contains("DOES NOT COMPILE") && screen[3] == "error line 1", "{screen:#?}");
    assert!(screen.iter().any(|line| line.ends_with("↓ more")), "{screen:#?}");
    session.scroll = 10_000;
    let screen = drawn(&mut session, 60, 16);
    assert_eq!(screen[14], "error line 50", "{screen:#?}");
    assert!(!screen.iter().any(|line| line.contains("↓ more")), "{screen:#?}");
}

#[test]
fn the_smallest_windows_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    session.take_hint().unwrap();
    let verdict = judged(&session, silence());
    session.take_in(Ok(verdict)).unwrap();
    for (width, height) in [(1, 1), (20, 3), (40, 10), (300, 100)] {
        drawn(&mut session, width, height);
    }
}

#[test]
fn the_hint_before_the_learners_eyes_is_not_shown_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    static HINT: checks::Hint = checks::Hint { id: "seen", text: Text { vi: "đã thấy", en: "seen" } };
    let mut failure = Failure::new(Symptom::Silence, Text { vi: "", en: "" });
    failure.hint = Some(&HINT);
    let Evaluation::Judged(verdict) = judged(&session, Checked::Failed(failure)) else { unreachable!() };
    progress::update(&session.course, |progress| progress.remember(&verdict.report)).unwrap();
    session.take_in(Ok(Evaluation::Judged(verdict))).unwrap();
    session.take_hint().unwrap();
    let shown = session.hint.unwrap();
    assert_eq!((shown.number, shown.id.as_str()), (2, "1"));
}

#[test]
fn what_keeps_us_from_a_verdict_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = session(folder.path());
    session.take_in(Err(anyhow!("no cargo here"))).unwrap();
    let screen = drawn(&mut session, 80, 12);
    assert!(screen[1].contains("TROUBLE") && screen[3].contains("no cargo here"), "{screen:#?}");
}
