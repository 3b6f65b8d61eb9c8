//! Bad input gets a sentence that says what, where and what to do; exit code 2; no panic.

use std::fs;

use crate::fixture::{Fixture, Ran, tool};

#[test]
fn what_cannot_be_understood_is_named_in_both_languages() {
    let course = Fixture::new();
    let cases: [(&[&str], &str, &str); 15] = [
        (&["chekc"], "there is no command `chekc`", "không có lệnh `chekc`"),
        (&["check", "99"], "there is no lesson 99. There are: 03", "không có bài 99. Có các bài: 03"),
        (&["check", "300"], "`300` is not the number of a lesson", "`300` không phải số bài"),
        (&["check", "echo"], "`echo` is not the number of a lesson", "`echo` không phải số bài"),
        (&["hint", "03", "ehco"], "lesson 03 has no task `ehco`", "bài 03 không có bài tập `ehco`"),
        (&["watch", "99"], "there is no lesson 99", "không có bài 99"),
        (&["check", "03", "echo", "more"], "`more` is one too many", "thừa `more`"),
        (&["check", "--sed", "1"], "no option `--sed`", "không có tùy chọn `--sed`"),
        (&["check", "--seed"], "`--seed` needs a value", "`--seed` cần một giá trị"),
        (&["check", "--seed", "0xyz"], "`0xyz` is not a seed", "`0xyz` không phải seed"),
        (&["reset", "03"], "reset needs the lesson and the task", "reset cần đủ số bài"),
        (&["lang", "fr"], "there is no language `fr`", "không có ngôn ngữ `fr`"),
        (&["dev"], "after `dev` comes `new`", "sau `dev` phải là"),
        (&["dev", "verify", "--repeat", "0"], "`--repeat` needs a number, 1 or more", "`--repeat` cần một số từ 1"),
        (&["dev", "sync", "42"], "there is no solution for 42", "không có lời giải nào cho 42"),
    ];
    for (arguments, en, vi) in cases {
        let ran = course.run(arguments);
        assert_eq!((ran.code, ran.err.contains(en)), (2, true), "{arguments:?}: {}", ran.err);
        let ran = Ran::of(course.command("").env("COURSE_LANG", "vi").args(arguments).output().unwrap());
        assert_eq!((ran.code, ran.err.contains(vi)), (2, true), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn the_language_asked_for_holds_for_what_stands_before_it_too() {
    let ran = Fixture::new().run(&["chekc", "--lang", "vi"]);
    assert!(ran.err.contains("không có lệnh `chekc`"), "{}", ran.err);
}

#[test]
fn outside_of_the_course_it_says_so() {
    let elsewhere = tempfile::tempdir().unwrap();
    let ran = Ran::of(tool(elsewhere.path()).arg("check").output().unwrap());
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is not inside the course"), "{}", ran.err);
    let ran = Ran::of(tool(elsewhere.path()).args(["--lang", "vi", "list"]).output().unwrap());
    assert!(ran.err.contains("không nằm trong khóa học"), "{}", ran.err);
    let ran = Ran::of(tool(elsewhere.path()).arg("--help").output().unwrap());
    assert_eq!(ran.code, 0);
}

#[test]
fn broken_progress_is_set_aside_and_the_next_command_works() {
    let course = Fixture::new();
    course.write(".course/progress.json", "{ torn");
    let ran = course.run(&["check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains(".course") && ran.err.contains("progress.broken-1.json"), "{}", ran.err);
    assert_eq!(course.read(".course/progress.broken-1.json"), "{ torn");
    assert_eq!(course.run(&["list"]).code, 0);
}

#[test]
fn exercises_without_tasks_are_told() {
    let course = Fixture::new();
    fs::remove_dir_all(course.path("exercises/03-stream")).unwrap();
    let ran = course.run(&["list"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("git restore exercises"), "{}", ran.err);
}

#[test]
fn help_and_version_stand_everywhere_in_both_languages() {
    let course = Fixture::new();
    for command in ["check", "watch", "hint", "solution", "reset", "next", "list", "lang", "dev sync", "dev verify"] {
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        for (lang, usage) in [("en", "Usage: cargo course"), ("vi", "Cách dùng: cargo course")] {
            let ran = Ran::of(course.command("").env("COURSE_LANG", lang).args(&words).output().unwrap());
            assert!(ran.code == 0 && ran.out.contains(&format!("{usage} {command}")), "{command}: {}", ran.out);
            assert!(ran.out.contains("--lang vi|en"), "{}", ran.out);
        }
    }
    assert_eq!(course.run(&["check", "--version"]).out, format!("cargo course {}\n", env!("CARGO_PKG_VERSION")));
}
