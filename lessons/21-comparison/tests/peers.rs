//! The Python programs of `peers/`: their own tests, and the lab, which takes them for what they are.
//!
//! They need packages. The environment is the lab's own, beside the build: `lesson21 measure --peers` makes it, and fetches
//! packages to do so. These tests use it if it is there, and have it made only if COURSE_TEST_ALL=1 says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use libtest_mimic::{Arguments, Trial};
use narrate::testing::{Failed, must, needing};
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_lesson21");
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../crates/lab/peers");
const ENVIRONMENT: &str = "the Python environment: lesson21 measure --peers makes it";

/// One of each family, beside ours.
const MEASURED: [&str; 5] = ["tcp", "py socket", "py fastapi-best", "py grpcio-unary", "py websockets"];

/// Prints the names of all test classes, the longest first: they run side by side, and it should not be the last to begin.
const CLASSES: &str = "
import unittest
suites = [unittest.defaultTestLoader.loadTestsFromName(module) for module in ('test_peers', 'test_driver')]
names = [f'{type(test).__module__}.{type(test).__name__}' for suite in suites for tests in suite for test in tests]
for name in sorted(set(names), key=lambda name: (name != 'test_peers.AServerThatStandsStill', names.index(name))):
    print(name)
";

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One of them waits most of its time for what a server that stands still does not say.
    let threads = thread::available_parallelism().map_or(2, |cores| cores.get() + 1);
    arguments.test_threads.get_or_insert(threads);
    libtest_mimic::run(&arguments, trials()).exit_code()
}

fn trials() -> Vec<Trial> {
    let lab = "the lab measures Python peers and leaves none out";
    let own = "the Python peers pass their own tests";
    if !is_made() && std::env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
        // Fails if the environment cannot be made, and says why; then the others fail for want of it.
        let _ = measured();
    }
    if !is_made() {
        return vec![needing(Some(ENVIRONMENT), lab, measured), needing(Some(ENVIRONMENT), own, || Ok(()))];
    }
    let mut trials = Vec::new();
    match classes() {
        Ok(classes) => trials.extend(classes.lines().map(|class| {
            let class = class.to_owned();
            needing(None, &format!("peers: {class}"), move || unittest(&class))
        })),
        Err(why) => trials.push(needing(None, own, move || Err(why))),
    }
    trials.push(needing(None, lab, measured));
    trials
}

/// Where the lab keeps its environment.
fn home() -> PathBuf {
    Path::new(PROGRAM).ancestors().nth(2).unwrap_or(Path::new(".")).join("lab").join("python")
}

/// Whether the environment is there, and is the one that is wanted now.
fn is_made() -> bool {
    let text = |name| fs::read_to_string(Path::new(PEERS).join(name)).unwrap_or_default();
    let wanted = text("requirements.txt") + &text("requirements.lock");
    fs::read_to_string(home().join("installed.txt")).is_ok_and(|installed| installed == wanted)
}

fn python(words: &[&str]) -> Result<String, Failed> {
    let interpreter = home().join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let output = Command::new(interpreter).args(words).current_dir(PEERS).stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    must(output.status.success(), || said.clone())?;
    Ok(said)
}

fn classes() -> Result<String, Failed> {
    let classes = python(&["-B", "-c", CLASSES])?;
    must(classes.lines().count() > 1, || format!("these are not the names of tests: {classes}"))?;
    Ok(classes)
}

fn unittest(class: &str) -> Result<(), Failed> {
    let said = python(&["-B", "-m", "unittest", class])?;
    must(!said.contains("Ran 0 tests"), || said)
}

fn measured() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let output = Command::new(PROGRAM)
        .args(["measure", "--quick", "--debug-anyway", "--peers", "--rounds", "2", "--millis", "20", "--lang", "en"])
        .args(["--only", &MEASURED.join(","), "--out"])
        .arg(folder.path())
        .stdin(Stdio::null())
        .output()?;
    must(output.status.success(), || String::from_utf8_lossy(&output.stderr).into_owned())?;
    let report: Value = serde_json::from_str(&fs::read_to_string(folder.path().join("report.json"))?)?;
    let names = |list: &str| -> Vec<&str> {
        report[list].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str()).collect()
    };
    let excluded = report["excluded"].as_array().is_some_and(Vec::is_empty);
    must(excluded, || format!("excluded: {}", report["excluded"]))?;
    for name in MEASURED {
        must(names("candidates").contains(&name), || format!("{name} takes no part; {}", report["lacking"]))?;
        must(names("cells").contains(&name), || format!("{name} was not measured"))?;
    }
    Ok(())
}
