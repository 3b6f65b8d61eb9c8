//! `dev verify`: finds checks that cannot tell right from wrong, and says which.

use std::fmt::Write as _;
use std::fs;

use crate::fixture::{Fixture, SOLUTION};

/// A patch that replaces one line of the fixture's solution.
fn patch(header: &str, old: &str, new: &str) -> String {
    let line = SOLUTION.lines().position(|line| line.trim() == old).unwrap() + 1;
    let indent = " ".repeat(SOLUTION.lines().nth(line - 1).unwrap().find(|first| first != ' ').unwrap());
    let mut patch = String::from(header);
    patch += "vi: Sai.\nen: Wrong.\n";
    let _ = write!(patch, "@@ -{line} +{line} @@\n-{indent}{old}\n+{indent}{new}\n");
    patch
}

fn course() -> Fixture {
    let course = Fixture::new();
    fs::write(course.path("Cargo.lock"), "version = 4\n").unwrap();
    course
}

#[test]
fn each_kind_of_variant_is_held_to_its_promise() {
    let course = course();
    let write = "peer.write_all(&buffer[..count])?;";
    let variants = [
        ("right/echo-bigger", patch("", "let mut buffer = [0; 4096];", "let mut buffer = [0; 8192];")),
        ("right/echo-not-right", patch("", write, "peer.write_all(&buffer[..1])?;")),
        ("wrong/echo-first-byte", patch("refused-by: same-bytes\n", write, "peer.write_all(&buffer[..1])?;")),
        (
            "wrong/echo-other-hint",
            patch("refused-by: same-bytes\nhint: moon\n", write, "peer.write_all(&buffer[..1])?;"),
        ),
        ("wrong/echo-not-wrong", patch("refused-by: same-bytes\n", "if count == 0 {", "if count < 1 {")),
        ("wrong/echo-no-such-check", patch("refused-by: moon\n", "if count == 0 {", "if count < 1 {")),
        ("wrong/echo-torn", patch("refused-by: same-bytes\n", write, "x").replace("-        peer", "-        pear")),
        ("wrong/echo-broken", patch("refused-by: same-bytes\n", write, "peer.wriet_all(&buffer[..1])?;")),
    ];
    for (name, text) in &variants {
        course.write(&format!("solutions/03-stream/{name}.patch"), text);
    }
    let ran = course.run(&["dev", "verify", "03", "echo", "--repeat", "2", "--jobs", "4"]);
    assert_eq!(ran.code, 1, "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains("judging ") && ran.out.contains(" programs, 2 times each"), "{}", ran.out);
    let row = |name: &str| ran.out.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    for held in ["stub", "reference", "bigger", "first-byte"] {
        assert!(row(held).contains("✓ 2/2"), "{held}: {}\n{}", ran.out, ran.err);
    }
    for (name, why) in [
        ("right not-right", "right, and refused"),
        ("wrong other-hint", "the hint has to be `moon`"),
        ("wrong not-wrong", "`same-bytes` does not catch this mistake"),
        ("wrong no-such-check", "no check `moon`"),
        ("wrong torn", "does not fit the solution any more"),
        ("wrong broken", "no method named `wriet_all`"),
    ] {
        let told = format!("03 echo · {name}: ");
        let start = ran.err.find(&told).unwrap_or_else(|| panic!("{told}\n{}", ran.err));
        assert!(ran.err[start..].contains(why), "{name}: {}", ran.err);
    }
}

#[test]
fn too_few_variants_are_not_enough() {
    let course = course();
    let ran = course.run(&["dev", "verify", "03", "echo", "--record"]);
    assert_eq!(ran.code, 1);
    assert!(!course.path("solutions/verified.txt").exists(), "nothing was proven");
    assert!(ran.out.contains("nothing new to record"), "{}", ran.out);
    assert!(ran.err.contains("03 echo: 0 wrong variants") && ran.err.contains("at least 6"), "{}", ran.err);
    assert!(ran.err.contains("03 echo: 0 right variants") && ran.err.contains("at least 2"), "{}", ran.err);
}

#[test]
fn a_stub_that_warns_is_refused() {
    let course = course();
    let warns = SOLUTION.replace("//~ stub: todo!(", "//~ stub: arrival.is_ok();\n    //~ stub: todo!(");
    course.write("solutions/03-stream/src/bin/echo.rs", &warns);
    let ran = course.run(&["dev", "verify", "03", "echo"]);
    assert!(ran.code == 1 && ran.err.contains("without warnings"), "{}", ran.err);
    assert!(ran.err.contains("must be used"), "{}", ran.err);
}

#[test]
fn several_exercises_are_built_in_one_go() {
    let course = course();
    course.add_solutions(4, "04-framing");
    let ran = course.run(&["dev", "verify"]);
    assert_eq!(ran.out.lines().filter(|line| line.contains("building")).count(), 2, "{}", ran.out);
    assert!(!ran.out.contains("no program"), "{}\n{}", ran.out, ran.err);
    assert!(ran.err.contains("04 length-prefix · reference: right, and refused"), "an echo is no framing server");
}
