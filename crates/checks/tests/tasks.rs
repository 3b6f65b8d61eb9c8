//! What holds for every task, whoever wrote it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use checks::{Lang, Text, tasks};
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
fn hints_of_one_task_have_names_of_their_own() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path.ends_with("hints.rs")) {
        let ids: Vec<&str> = text.lines().filter_map(|line| line.trim().strip_prefix("id: ")).collect();
        let different: BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), different.len(), "{}: two hints share an id", path.display());
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
