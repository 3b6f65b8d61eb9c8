//! A learner's way through a task.

use std::process::Stdio;

use crate::fixture::{ECHO, Fixture};

/// A mistake that the checks find and the compiler does not.
fn only_the_first_byte(solution: String) -> String {
    solution.replace("&buffer[..count]", "&buffer[..1]")
}

#[test]
fn an_untouched_stub_is_told_without_a_build() {
    let course = Fixture::new();
    let ran = course.run(&["check"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("Not started.") && ran.out.contains(&ECHO.replace('/', std::path::MAIN_SEPARATOR_STR)));
    assert!(ran.out.contains("cargo course book 03"), "{}", ran.out);
    assert!(!course.path("target").exists(), "something was built");
    let ran = course.run(&["--lang", "vi", "check", "03", "echo"]);
    assert!(ran.code == 1 && ran.out.contains("Chưa bắt đầu."), "{}", ran.out);
}

#[test]
fn the_compilers_own_words_come_first_and_ours_after() {
    let course = Fixture::new();
    course.solve(|solution| solution.replace("let mut buffer", "let buffer"));
    let ran = course.run(&["check", "--lang", "vi"]);
    assert_eq!(ran.code, 1);
    let theirs = ran.out.find("error[E0596]").expect(&ran.out);
    let ours = ran.out.find("chưa biên dịch được").expect(&ran.out);
    assert!(theirs < ours, "{}", ran.out);
    assert!(course.run(&["list"]).out.contains("started, not checked"));
}

#[test]
fn when_cargo_gives_up_its_own_words_are_shown() {
    let course = Fixture::new();
    course.solve(|solution| solution);
    course.write("exercises/03-stream/Cargo.toml", "[package");
    let ran = course.run(&["check"]);
    assert!(ran.code == 2 && ran.err.contains("cargo stopped") && ran.err.contains("Cargo.toml"), "{}", ran.err);
}

#[test]
fn from_failing_to_passed() {
    let course = Fixture::new();
    course.solve(only_the_first_byte);
    let ran = course.run(&["check"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("--seed 0x") && ran.out.contains("cargo course hint 03 echo"), "{}", ran.out);
    assert!(course.run(&[]).out.contains("of "), "the home screen tells how many checks passed");

    let first = course.run(&["hint"]);
    assert!(first.out.contains("03 echo · hint 1 of "), "{}", first.out);
    let symptom: String = first.out.lines().nth(3).unwrap().trim().chars().take(20).collect();
    assert!(ran.out.contains(&symptom), "the hint for the symptom comes first: {}", first.out);
    assert!(course.run(&["hint"]).out.contains("03 echo · hint 2 of "));

    let locked = course.run(&["solution"]);
    assert_eq!((locked.code, locked.out.as_str()), (1, ""));
    assert!(locked.err.contains("--anyway"), "{}", locked.err);
    let anyway = course.run(&["solution", "03", "echo", "--anyway"]);
    assert!(anyway.code == 0 && anyway.out.contains("write_all") && !anyway.out.contains("//~"), "{}", anyway.out);

    course.solve(|solution| solution);
    let ran = course.run(&["check"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("Passed"), "{}", ran.out);
    let listed = course.run(&["list"]).out;
    assert!(listed.lines().any(|line| line.contains("echo") && line.contains("✓ passed")), "{listed}");
    let solution = course.run(&["solution", "03", "echo", "--lang", "vi"]);
    assert!(solution.code == 0 && solution.out.contains("// Phục vụ mỗi client"), "{}", solution.out);
    assert!(course.read(".course/progress.json").contains("\"03/echo\""));

    let hints: String = (0..8).map(|_| course.run(&["hint", "03", "echo"]).out).collect();
    assert!(hints.contains("cargo course solution 03 echo") && !hints.contains("--anyway"), "{hints}");
    let again = "counts as not started again.";
    assert!(course.run(&["reset", "03", "echo"]).out.contains(again));
    course.write(ECHO, "// mine\n");
    assert!(!course.run(&["reset", "03", "echo"]).out.contains(again), "it had not passed");
}

#[test]
fn a_seed_is_replayed() {
    let course = Fixture::new();
    course.solve(only_the_first_byte);
    let ran = course.run(&["check", "03/echo", "--seed", "0x2a"]);
    assert!(ran.out.contains("cargo course check 03 echo --seed 0x2a"), "{}", ran.out);
}

#[test]
fn after_an_update_of_the_checks_a_pass_wants_checking_again() {
    let course = Fixture::new();
    course.solve(|solution| solution);
    course.write(".course/progress.json", r#"{"version":1,"at":"03/echo","tasks":{"03/echo":{"passed":"0123"}}}"#);
    assert!(course.run(&["list"]).out.contains("check again"));
    let home = course.run(&[]).out;
    assert!(home.contains("The course was updated; check again: 03 echo"), "{home}");
    assert_eq!(course.run(&["solution"]).code, 0, "it did pass once");
    assert_eq!(course.run(&["check", "--all"]).code, 0);
    assert!(!course.run(&["list"]).out.contains("check again"));
}

#[test]
fn reset_keeps_a_copy_and_says_where() {
    let course = Fixture::new();
    let stub = course.read(ECHO);
    assert!(course.run(&["reset", "03", "echo"]).out.contains("as it was at first"));
    for (count, text) in ["// first try\n", "// second try\n"].into_iter().enumerate() {
        course.write(ECHO, text);
        let ran = course.run(&["reset", "03", "echo"]);
        let kept = format!(".course/kept/03/echo.{}.rs", count + 1);
        assert!(ran.code == 0 && ran.out.replace('\\', "/").contains(&kept), "{}", ran.out);
        assert_eq!(course.read(&kept), text);
        assert_eq!(course.read(ECHO), stub);
    }
    assert_eq!(course.run(&["check"]).code, 1);
}

#[test]
fn a_file_that_is_gone_comes_back_with_reset() {
    let course = Fixture::new();
    let stub = course.read(ECHO);
    std::fs::remove_file(course.path(ECHO)).unwrap();
    let ran = course.run(&["check", "03", "echo"]);
    assert!(ran.code == 2 && ran.err.contains("cargo course reset 03 echo"), "{}", ran.err);
    assert_eq!(course.run(&["reset", "03", "echo"]).code, 0);
    assert_eq!(course.read(ECHO), stub);
}

#[test]
fn it_works_from_any_folder_below_and_speaks_the_language_that_was_chosen() {
    let course = Fixture::new();
    let below = "exercises/03-stream/src/bin";
    assert!(course.run_in(below, &["lang"]).out.contains("The course speaks English."));
    assert_eq!(course.run_in(below, &["lang", "vi"]).code, 0);
    assert_eq!(course.read(".course/lang"), "vi\n");
    let list = |lang: Option<&str>| {
        let mut command = course.command(below);
        command.env_remove("COURSE_LANG").args(["list"]).args(lang.map(|code| format!("--lang={code}")));
        crate::fixture::Ran::of(command.output().unwrap()).out
    };
    assert!(list(None).contains("chưa bắt đầu") && list(None).contains("03  Socket luồng"));
    assert!(list(Some("en")).contains("not started"));
}

#[test]
fn away_from_the_course_it_is_the_one_that_cargo_names() {
    let course = Fixture::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = crate::fixture::tool(elsewhere.path());
    let ran = command.env("CARGO_MANIFEST_DIR", course.path("exercises/03-stream")).arg("list").output().unwrap();
    let ran = crate::fixture::Ran::of(ran);
    assert!(ran.code == 0 && ran.out.contains("03  Stream socket"), "{}", ran.err);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let course = Fixture::new();
    let mut command = course.command("");
    let mut child = command.arg("--help").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = crate::fixture::Ran::of(child.wait_with_output().unwrap());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn next_leaves_a_task_open_and_comes_round() {
    let course = Fixture::new();
    let others = crate::fixture::tasks(3).count() - 1;
    let ran = course.run(&["next"]);
    assert_eq!(ran.code, 0);
    if others == 0 {
        assert!(ran.out.contains("Only 03 echo is still open."), "{}", ran.out);
    } else {
        assert!(ran.out.contains("03 echo stays open."), "{}", ran.out);
        assert!(!course.run(&[]).out.contains("03 · echo"));
    }
}
