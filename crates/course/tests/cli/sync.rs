//! `dev sync`: exercises follow their solutions, and nobody's work is lost.

use std::fs;

use crate::fixture::{ECHO, Fixture, SOLUTION};

const SOURCE: &str = "solutions/03-stream/src/bin/echo.rs";

#[test]
fn what_it_writes_is_in_step_and_every_other_change_is_named() {
    let course = Fixture::new();
    assert_eq!(course.run(&["dev", "sync", "--check"]).code, 0);
    let manifest = course.read("exercises/03-stream/Cargo.toml");
    assert!(manifest.contains("name = \"ex03\"") && manifest.contains("\"ex03-echo\""), "{manifest}");
    assert!(course.read(ECHO).contains("//!     cargo run -p ex03 --bin ex03-echo"));
    assert!(course.read("exercises/03-stream/stubs.txt").starts_with("echo "));
    assert!(
        manifest.contains("[lints.rust]\ndead_code = \"allow\"") && manifest.contains("unsafe_code = \"forbid\""),
        "{manifest}"
    );

    course.write("exercises/03-stream/Cargo.toml", "");
    course.write("exercises/03-stream/src/bin/stranger.rs", "fn main() {}\n");
    course.write("exercises/04-nothing/Cargo.toml", "");
    fs::remove_file(course.path("exercises/03-stream/stubs.txt")).unwrap();
    let ran = course.run(&["dev", "sync", "--check"]);
    assert_eq!(ran.code, 1);
    for name in
        ["Cargo.toml: is not what", "stubs.txt: is missing", "stranger.rs: has no solution", "04-nothing: has no"]
    {
        assert!(ran.err.contains(name), "{name}: {}", ran.err);
    }
}

#[test]
fn windows_line_ends_are_in_step() {
    let course = Fixture::new();
    course.write(ECHO, &course.read(ECHO).replace('\n', "\r\n"));
    assert_eq!(course.run(&["dev", "sync", "--check"]).code, 0);
    assert_eq!(course.run(&["check", "03", "echo"]).code, 1);
    assert!(!course.path("target").exists(), "still the stub: nothing to build");
}

#[test]
fn a_new_stub_replaces_an_untouched_one_and_no_other() {
    let course = Fixture::new();
    course.write(SOURCE, &SOLUTION.replace("of its own", "of its very own"));
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    assert!(course.read(ECHO).contains("very own"));

    course.write(ECHO, "// mine\n");
    course.write(SOURCE, SOLUTION);
    let ran = course.run(&["dev", "sync"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("cargo course reset 03 echo"), "{}", ran.err);
    assert_eq!(course.read(ECHO), "// mine\n");

    let ran = course.run(&["dev", "sync", "--force"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(course.read(".course/kept/03/echo.1.rs"), "// mine\n");
    assert!(course.read(ECHO).contains("of its own"));
}

#[test]
fn a_stub_whose_solution_is_gone_goes_too_unless_somebody_wrote_in_it() {
    let course = Fixture::new();
    course.write("solutions/03-stream/src/bin/extra.rs", SOLUTION);
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    let extra = "exercises/03-stream/src/bin/extra.rs";
    assert!(course.path(extra).exists());
    fs::remove_file(course.path("solutions/03-stream/src/bin/extra.rs")).unwrap();
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    assert!(!course.path(extra).exists());

    course.write(extra, "// mine\n");
    let ran = course.run(&["dev", "sync"]);
    assert!(ran.code == 1 && course.path(extra).exists(), "{}", ran.err);
}

#[test]
fn a_solution_with_wrong_markers_is_named_by_line() {
    let course = Fixture::new();
    course.write(SOURCE, &SOLUTION.replacen("//~ end", "", 1));
    let ran = course.run(&["dev", "sync"]);
    assert_eq!(ran.code, 1);
    let second = SOLUTION.match_indices("//~ task").nth(1).unwrap().0;
    let line = SOLUTION[..second].lines().count();
    let exercise = format!("{}:{line}: ", SOURCE.replace('/', std::path::MAIN_SEPARATOR_STR));
    assert!(ran.err.contains(&exercise) && ran.err.contains("still open"), "{}", ran.err);
}

#[test]
fn tests_of_the_solution_and_what_they_need_do_not_reach_the_exercise() {
    let course = Fixture::new();
    let manifest = "solutions/03-stream/Cargo.toml";
    let dependency = "[dev-dependencies]\nproptest = \"1\" #~ tests\n";
    course.write(manifest, &format!("{}{dependency}", course.read(manifest)));
    course.write(SOURCE, &format!("{SOLUTION}\n//~ tests\n#[cfg(test)]\nmod tests {{}}\n//~ end\n"));
    course.write("solutions/03-stream/tests-data/seed.bin", "x");
    course.write("solutions/03-stream/tests/judged.rs", "// judged\n");
    course.write("solutions/03-stream/tests/property.rs", "// only ours\n");
    let stub = course.read(ECHO);
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    assert_eq!(course.read(ECHO), stub);
    let manifest = course.read("exercises/03-stream/Cargo.toml");
    assert!(manifest.contains("[dev-dependencies]") && !manifest.contains("proptest"), "{manifest}");
    let has = |path: &str| course.path(&format!("exercises/03-stream/{path}")).exists();
    assert!(has("tests/judged.rs") && !has("tests/property.rs") && !has("tests-data"));
}

#[test]
fn a_header_that_does_not_say_how_much_there_is_to_write_is_refused() {
    let course = Fixture::new();
    course.write(SOURCE, &SOLUTION.replace("about 17 lines", "about 30 lines"));
    let ran = course.run(&["dev", "sync", "--check"]);
    assert!(
        ran.code == 1 && ran.err.contains("You write 1 function, about 17 lines; start at `fn serve`."),
        "{}",
        ran.err
    );
}
