//! `lang`: untouched stubs in one language, and everything around them that must stay true.

use std::process::Command;

use crate::fixture::{ECHO, Fixture, SOLUTION};

const STUBS: &str = "exercises/03-stream/stubs.txt";
const SOURCE: &str = "solutions/03-stream/src/bin/echo.rs";

fn git(folder: &std::path::Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn commit(course: &Fixture) {
    git(&course.path(""), &["init", "-q", "-b", "main"]);
    course.write(".gitignore", "/.course\n/target\n");
    git(&course.path(""), &["add", "."]);
    git(&course.path(""), &["commit", "-qm", "one"]);
}

#[test]
fn an_untouched_stub_speaks_one_language_stays_untouched_and_comes_back() {
    let course = Fixture::new();
    commit(&course);
    let bilingual = course.read(ECHO);
    for (lang, own, other) in [("vi", "Phục vụ mỗi client", "Serve each"), ("en", "Serve each client", "Phục vụ")]
    {
        let ran = course.run(&["lang", lang]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("cargo course update"), "{}", ran.out);
        let stub = course.read(ECHO);
        assert!(stub.contains(own) && !stub.contains(other) && !stub.contains(" · the port"), "{stub}");
        let ran = course.run(&["check", "03", "echo"]);
        assert!(ran.code == 1 && ran.out.contains("Not started."), "{}", ran.out);
        let ran = course.run(&["dev", "sync", "--check"]);
        assert!(ran.code == 0 && ran.out.contains("cargo course lang both"), "{}\n{}", ran.out, ran.err);
        assert_eq!(course.run(&["dev", "sync"]).code, 0);
        assert_eq!(course.read(ECHO), stub, "sync leaves the chosen form");
    }
    course.write(ECHO, "// mine\n");
    course.run(&["reset", "03", "echo"]);
    assert!(!course.read(ECHO).contains("Phục vụ"), "reset speaks the chosen language");
    let ran = course.run(&["lang", "both"]);
    assert!(ran.code == 0 && ran.out.contains("The screen still speaks English."), "{}", ran.out);
    assert!(ran.out.contains("cargo course lang vi"), "{}", ran.out);
    assert_eq!(course.read(ECHO), bilingual);
    assert_eq!(git(&course.path(""), &["status", "--short"]), "");
}

#[test]
fn an_edited_file_is_left_alone() {
    let course = Fixture::new();
    course.write(ECHO, &format!("{}// mine\n", course.read(ECHO)));
    let edited = course.read(ECHO);
    course.run(&["lang", "vi"]);
    assert_eq!(course.read(ECHO), edited);
}

#[test]
fn a_committed_stub_in_one_language_is_out_of_step() {
    let course = Fixture::new();
    course.run(&["lang", "vi"]);
    std::fs::remove_file(course.path(".course/stubs")).unwrap();
    let ran = course.run(&["dev", "sync", "--check"]);
    assert!(ran.code == 1 && ran.err.contains("one language only"), "{}", ran.err);
}

#[test]
fn a_former_stub_still_counts_as_untouched() {
    let course = Fixture::new();
    commit(&course);
    let former = course.read(ECHO);
    let hashes = course.read(STUBS);
    course.write(SOURCE, &SOLUTION.replace("of its own", "of its very own"));
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    assert!(course.read(STUBS).contains(" former\n"));
    for line in hashes.lines() {
        assert!(course.read(STUBS).contains(line.rsplit_once(' ').unwrap().0), "{line}");
    }
    course.write(ECHO, &former);
    let ran = course.run(&["check", "03", "echo"]);
    assert!(ran.code == 1 && ran.out.contains("Not started."), "{}", ran.out);
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    assert!(course.read(ECHO).contains("very own"));
}

#[test]
fn update_pulls_a_changed_stub_although_it_stood_in_one_language() {
    let course = Fixture::new();
    commit(&course);
    let learner = tempfile::tempdir().unwrap();
    git(learner.path(), &["clone", "-q", course.path("").to_str().unwrap(), "course"]);
    let folder = learner.path().join("course");
    let run =
        |arguments: &[&str]| crate::fixture::Ran::of(crate::fixture::tool(&folder).args(arguments).output().unwrap());
    assert_eq!(run(&["lang", "vi"]).code, 0);

    course.write(SOURCE, &SOLUTION.replace("riêng.", "của riêng nó."));
    assert_eq!(course.run(&["dev", "sync"]).code, 0);
    git(&course.path(""), &["commit", "-qam", "two"]);
    let ran = run(&["update"]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    let stub = std::fs::read_to_string(folder.join(ECHO)).unwrap();
    assert!(stub.contains("của riêng nó") && !stub.contains("Serve each"), "{stub}");
}
