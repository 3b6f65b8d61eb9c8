//! `dev patch`: small patches from edited copies, and again after the solution has changed.

use crate::fixture::{Fixture, SOLUTION};

const SOURCE: &str = "solutions/03-stream/src/bin/echo.rs";
const COPY: &str = ".course/patch/03/echo-first-byte.rs";
const PATCH: &str = "solutions/03-stream/wrong/echo-first-byte.patch";

const CHANGED: (&str, &str) = ("&buffer[..count]", "&buffer[..1]");

/// A fixture in which the wrong variant `first-byte` was laid out, edited and written.
fn with_patch() -> Fixture {
    let course = Fixture::new();
    assert_eq!(course.run(&["dev", "patch", "03", "echo", "first-byte", "--edit"]).code, 0);
    course.write(COPY, &course.read(COPY).replace(CHANGED.0, CHANGED.1));
    course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    course
}

fn git(course: &Fixture, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"];
    let mut git = std::process::Command::new("git");
    let status = git.current_dir(course.path("")).args(identity).args(arguments).status().unwrap();
    assert!(status.success(), "git {arguments:?}");
}

#[test]
fn a_variants_name_is_small_letters_digits_and_hyphens() {
    let course = Fixture::new();
    for name in ["Bad_Name", "bad_name", "-x", "a.b"] {
        let ran = course.run(&["dev", "patch", "03", "echo", "--edit", "--", name]);
        assert!(ran.code == 2 && ran.err.contains("is not the name of a variant"), "{name}: {}", ran.err);
    }
}

#[test]
fn a_new_patch_shows_the_change_and_says_what_its_header_lacks() {
    let course = Fixture::new();
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(ran.code == 2 && ran.err.contains("03 echo first-byte --edit"), "{}", ran.err);
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte", "--edit"]);
    assert!(ran.code == 0 && ran.out.contains("echo-first-byte.rs"), "{}", ran.out);
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(ran.code == 2 && ran.err.contains("Edit it first"), "{}", ran.err);

    course.write(COPY, &course.read(COPY).replace(CHANGED.0, CHANGED.1));
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(ran.code == 1 && ran.out.contains("changed lines 2"), "{}\n{}", ran.out, ran.err);
    assert!(ran.err.contains("refused-by: vi: en:") && ran.err.contains("same-bytes"), "{}", ran.err);
    let line = SOLUTION.lines().position(|line| line.contains(CHANGED.0)).unwrap();
    let patch = course.read(PATCH);
    assert!(
        patch.starts_with(&format!("refused-by:\nvi:\nen:\n@@ -{line},3 +{line},3 @@\n         }}\n-  ")),
        "{patch}"
    );
    assert!(!course.path(COPY).exists(), "the copy has become the patch");
}

#[test]
fn the_header_stays_when_a_patch_is_edited_again() {
    let course = with_patch();
    let patch = course.read(PATCH).replace("refused-by:\nvi:\nen:", "refused-by: same-bytes\nvi: Sai.\nen: Wrong.");
    course.write(PATCH, &patch);
    assert_eq!(course.run(&["dev", "patch", "03", "echo", "first-byte", "--edit"]).code, 0);
    assert!(course.read(COPY).contains(CHANGED.1));
    course.write(COPY, &course.read(COPY).replace(CHANGED.1, "&buffer[..2]"));
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(ran.code == 0 && ran.out.contains("dev verify 03 echo"), "{}\n{}", ran.out, ran.err);
    assert_eq!(course.read(PATCH), patch.replace(CHANGED.1, "&buffer[..2]"));
    let ran = course.run(&["dev", "patch", "03", "--remake"]);
    assert!(ran.code == 0 && ran.out.contains("0 of 1") || ran.out.contains("again: 0"), "{}", ran.out);
}

#[test]
fn a_patch_follows_its_solution_and_a_conflict_is_named() {
    let course = with_patch();
    course.write(PATCH, &course.read(PATCH).replace("vi:\nen:", "vi: Sai.\nen: Wrong."));
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "one"]] {
        git(&course, arguments);
    }
    // The lines move, and a line of the context changes.
    let moved = SOLUTION.replace("use std::io;\n", "use std::io;\n\n").replace(
        "            return Ok(());\n        }\n",
        "            return Ok(());\n        } // everything was sent\n",
    );
    course.write(SOURCE, &moved);
    let ran = course.run(&["dev", "patch", "03", "echo", "--remake"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let patch = course.read(PATCH);
    assert!(patch.contains("} // everything was sent") && patch.contains("en: Wrong."), "{patch}");

    git(&course, &["commit", "-qam", "two"]);
    course.write(SOURCE, &moved.replace(CHANGED.0, "&buffer[0..count]"));
    let ran = course.run(&["dev", "patch", "03", "--remake"]);
    assert!(ran.code == 1 && ran.err.contains("echo-first-byte.patch: the variant and the new"), "{}", ran.err);
    assert!(course.read(COPY).contains("<<<<<<<"));
    let ran = course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(ran.code == 2 && ran.err.contains("Resolve them"), "{}", ran.err);
    course.write(COPY, &moved.replace(CHANGED.0, "&buffer[0..1]"));
    course.run(&["dev", "patch", "03", "echo", "first-byte"]);
    assert!(course.read(PATCH).contains("+        peer.write_all(&buffer[0..1])?;"));
}
