use std::fs;
use std::path::Path;

use checks::{Check, Outcome, Role, Task, Text};

use super::*;
use crate::checkout::Course;

const NO_TEXT: Text = Text { vi: "", en: "" };

static BEFORE: Task = Task {
    number: 90,
    name: "shout",
    title: NO_TEXT,
    role: Role::Server,
    checks: &[Check { id: "loud", title: NO_TEXT, points: 1, run: |_| Ok(()) }],
    hints: &[],
    source: "the checks as they were",
};

/// The same task after an update of the course.
static AFTER: Task = Task { source: "the checks as they are now", ..copy(&BEFORE) };

const fn copy(task: &Task) -> Task {
    Task {
        number: task.number,
        name: task.name,
        title: task.title,
        role: task.role,
        checks: task.checks,
        hints: task.hints,
        source: task.source,
    }
}

fn report(task: &'static Task, verdict: Verdict) -> Report {
    let outcome = Outcome { check: &task.checks[0], verdict, elapsed: std::time::Duration::ZERO };
    Report { task, seed: 1, outcomes: vec![outcome] }
}

fn failed() -> Verdict {
    Verdict::Failed(checks::Failure::new(checks::Symptom::Silence, NO_TEXT))
}

/// A course with nothing in it but the folders by which it is known.
fn course(folder: &Path) -> Course {
    for name in ["lessons", "exercises", "solutions"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    fs::write(folder.join("Cargo.toml"), "").unwrap();
    Course::above(folder).unwrap()
}

#[test]
fn a_pass_is_remembered_until_the_checks_change() {
    let folder = tempfile::tempdir().unwrap();
    let course = course(folder.path());
    update(&course, |progress| progress.remember(&report(&BEFORE, Verdict::Passed))).unwrap();
    let progress = load(&course).unwrap();
    assert_eq!(progress.last_result(&BEFORE), LastResult::Passed);
    assert_eq!(progress.last_result(&AFTER), LastResult::PassedOlder);
    assert!(progress.ever_passed(&AFTER));
}

#[test]
fn a_failure_after_a_pass_counts_and_the_pass_is_not_forgotten() {
    let mut progress = Progress::default();
    progress.remember(&report(&BEFORE, Verdict::Passed));
    progress.remember(&report(&BEFORE, failed()));
    assert_eq!(progress.last_result(&BEFORE), LastResult::Failed { passed: 0, of: 1 });
    assert!(progress.ever_passed(&BEFORE));
    progress.remember(&report(&BEFORE, Verdict::Passed));
    assert_eq!(progress.last_result(&BEFORE), LastResult::Passed);
    progress.forget(&BEFORE);
    assert_eq!(progress.last_result(&BEFORE), LastResult::None);
}

#[test]
fn trouble_of_the_checker_says_nothing_about_the_program() {
    let mut progress = Progress::default();
    progress.remember(&report(&BEFORE, Verdict::Passed));
    progress.remember(&report(&BEFORE, Verdict::Infra("no port".into())));
    assert_eq!(progress.last_result(&BEFORE), LastResult::Passed);
}

#[test]
fn what_this_version_does_not_know_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let course = course(folder.path());
    fs::create_dir(course.state_dir()).unwrap();
    let path = course.state_dir().join("progress.json");
    let old = r#"{"version":1,"streak":7,"tasks":{"02/gone":{"passed":"00ff","medal":"gold"}}}"#;
    fs::write(&path, old).unwrap();
    update(&course, |progress| progress.remember(&report(&BEFORE, Verdict::Passed))).unwrap();
    let now: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(now["streak"], 7);
    assert_eq!(now["tasks"]["02/gone"]["passed"], "00ff");
    assert_eq!(now["tasks"]["02/gone"]["medal"], "gold");
    assert_eq!(now["tasks"]["90/shout"]["passed"].as_str().map(str::len), Some(16));
}

#[test]
fn a_broken_file_is_set_aside_and_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let course = course(folder.path());
    fs::create_dir(course.state_dir()).unwrap();
    let path = course.state_dir().join("progress.json");
    for (count, broken) in [r#"{"version":1,"tasks""#, r#"["not progress"]"#].into_iter().enumerate() {
        fs::write(&path, broken).unwrap();
        let message = load(&course).unwrap_err().to_string();
        let aside = format!("progress.broken-{}.json", count + 1);
        assert!(message.contains(&aside), "{message}");
        assert_eq!(fs::read_to_string(course.state_dir().join(aside)).unwrap(), broken);
        assert_eq!(load(&course).unwrap().last_result(&BEFORE), LastResult::None);
    }
}

#[test]
fn a_file_of_a_newer_version_stays_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let course = course(folder.path());
    fs::create_dir(course.state_dir()).unwrap();
    let path = course.state_dir().join("progress.json");
    fs::write(&path, r#"{"version":2,"tasks":[]}"#).unwrap();
    assert!(load(&course).is_err());
    assert!(update(&course, |_| ()).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), r#"{"version":2,"tasks":[]}"#);
}
