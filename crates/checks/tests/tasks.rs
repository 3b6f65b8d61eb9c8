//! What holds for every task.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use checks::{Lang, Task, Text, tasks};
use unicode_normalization::is_nfc;

#[test]
fn tasks_stand_in_the_order_of_the_course_and_once_each() {
    let numbers: Vec<u8> = tasks().iter().map(|task| task.number).collect();
    assert!(numbers.is_sorted(), "{numbers:?}");
    let names: BTreeSet<_> = tasks().iter().map(|task| (task.number, task.name)).collect();
    assert_eq!(names.len(), tasks().len(), "a task is listed twice");
}

#[test]
fn every_task_asks_enough_and_every_check_has_a_name_of_its_own() {
    for task in tasks() {
        let ids: BTreeSet<_> = task.checks.iter().map(|check| check.id).collect();
        assert_eq!(ids.len(), task.checks.len(), "{}: two checks share an id", task.name);
        assert!(ids.len() >= 8, "{}: only {} checks", task.name, ids.len());
        for id in ids {
            let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            assert!(plain, "{}: {id} is for the command line and file names", task.name);
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    for task in tasks() {
        assert_eq!(task.hints.len(), 3, "{}: symptom, idea, where the lesson shows it", task.name);
        let titles = task.checks.iter().map(|check| check.title);
        for text in titles.chain(task.hints.iter().copied()).chain([task.title]) {
            let Text { vi, en } = text;
            assert!(!vi.is_empty() && !en.is_empty() && vi != en, "{}: {text:?}", task.name);
        }
    }
}

#[test]
fn vietnamese_is_written_in_composed_characters() {
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            assert!(is_nfc(line), "{}:{}: not NFC", path.display(), number + 1);
        }
    }
}

#[test]
fn published_ids_stay_and_new_ones_are_recorded() {
    let published: BTreeSet<String> = include_str!("ids.txt").lines().map(str::to_owned).collect();
    let present: BTreeSet<String> = check_ids().into_iter().chain(hint_ids()).collect();
    let compiled: BTreeSet<String> = tasks().iter().map(|task| place(task)).collect();
    let gone: Vec<_> = published.difference(&present).filter(|id| is_compiled(id, &compiled)).collect();
    assert!(gone.is_empty(), "saved progress, reports and patches name ids, so these must stay: {gone:#?}");
    let new: Vec<_> = present.difference(&published).collect();
    if std::env::var("COURSE_BLESS").is_ok_and(|value| value == "1") {
        let all = published.union(&present).fold(String::new(), |text, id| text + id + "\n");
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ids.txt"), all).unwrap();
        return;
    }
    assert!(
        new.is_empty(),
        "new ids are recorded in tests/ids.txt, with COURSE_BLESS=1 cargo test -p checks: {new:#?}"
    );
}

#[test]
fn hints_that_a_task_can_give_have_different_ids() {
    for task in tasks() {
        let own = place(task);
        let (exercise, _) = own.split_once('/').unwrap();
        let all = hint_ids();
        let of =
            |place: &str| all.iter().filter_map(|id| id.strip_prefix(&format!("{place} hint "))).collect::<Vec<_>>();
        let ids = [of(&own), of(exercise), of("symptom")].concat();
        let different: BTreeSet<_> = ids.iter().collect();
        assert!(ids.len() > 8, "{own}: only {} hints found: is `hint_ids` still right?", ids.len());
        assert_eq!(ids.len(), different.len(), "{own}: two hints share an id");
    }
}

#[test]
fn a_hint_that_names_a_step_of_a_lesson_names_one_that_is_there() {
    let mut seen = 0;
    for (path, text) in sources() {
        for (lang, lesson, step) in references(&text) {
            seen += 1;
            let known = steps(lesson, lang).contains(&step);
            assert!(known, "{}: lesson {lesson} has no step {step} ({lang})", path.display());
        }
    }
    assert!(seen > 10, "only {seen} references found: is `references` still right?");
}

/// Where the sources of a task stand: `ex03/echo`.
fn place(task: &Task) -> String {
    format!("ex{:02}/{}", task.number, task.name)
}

/// Is this a check of a task that these features and this system have, or a hint?
fn is_compiled(id: &str, tasks: &BTreeSet<String>) -> bool {
    id.split_once(" check ").is_none_or(|(task, _)| tasks.contains(task))
}

/// Each check as `ex03/echo check same-bytes`.
fn check_ids() -> Vec<String> {
    let ids =
        |task: &Task| task.checks.iter().map(|check| format!("{} check {}", place(task), check.id)).collect::<Vec<_>>();
    tasks().iter().flat_map(|task| ids(task)).collect()
}

/// Each hint as `ex03/echo hint stale-buffer`, from the names in `hints! { … }`: only its checks can see a hint.
fn hint_ids() -> Vec<String> {
    let symptom = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/symptom.rs");
    let text = fs::read_to_string(&symptom).unwrap();
    let files = sources().into_iter().filter(|(path, _)| path.ends_with("hints.rs")).chain([(symptom, text)]);
    files
        .flat_map(|(path, text)| {
            let place = place_of(&path);
            let names = text.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(" {"));
            let names = names.filter(|name| {
                name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
            });
            names
                .map(|name| format!("{place} hint {}", name.to_ascii_lowercase().replace('_', "-")))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// `ex03/echo` for `…/src/tasks/ex03/echo/hints.rs`, `symptom` for `…/src/symptom.rs`.
fn place_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().with_extension("");
    let folders = inside.iter().map(|part| part.to_str().unwrap()).filter(|part| !["tasks", "hints"].contains(part));
    folders.collect::<Vec<_>>().join("/").replace('_', "-")
}

/// The source of every task.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tasks"), &mut found);
    found
}

/// Each `→ Bài 03, bước 4` and `→ Lesson 03, step 4`, also across a line end.
fn references(text: &str) -> Vec<(Lang, u8, u8)> {
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != "\\").collect();
    let number = |word: &str| word.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    words
        .windows(5)
        .filter_map(|window| {
            let lang = match window {
                ["→", "Bài", _, "bước", _] => Lang::Vi,
                ["→", "Lesson", _, "step", _] => Lang::En,
                _ => return None,
            };
            Some((lang, number(window[2])?, number(window[4])?))
        })
        .collect()
}

/// The numbers of the steps in the transcript of a lesson.
fn steps(lesson: u8, lang: Lang) -> Vec<u8> {
    let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons");
    let folder = fs::read_dir(lessons)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{lesson:02}-"))))
        .unwrap_or_else(|| panic!("there is no lesson {lesson:02}"));
    let transcript = fs::read_to_string(folder.join(format!("transcript.{lang}.txt"))).unwrap();
    transcript.lines().filter_map(|line| line.get(..4)?.trim().parse().ok()).collect()
}
