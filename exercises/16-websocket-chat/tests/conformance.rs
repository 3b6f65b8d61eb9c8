//! `echo` before the public test suite for WebSocket servers: the cases of Autobahn, run by kosoku
//! (`pip install kosoku`).
//!
//! Ignored, with the name of what is missing, on a machine without it; with `COURSE_TEST_ALL=1`
//! that is a failure. It takes about a quarter of a minute.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::{env, io};

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use serde::Deserialize;

/// Compression (12 and 13) is an extension that tungstenite does not offer; all others are put.
const LEFT_OUT: [&str; 2] = ["12.*", "13.*"];

/// So many cases there are without those.
const CASES: usize = 301;

/// Text that goes wrong in the middle of a frame may be refused there or at the end of the frame.
/// tungstenite looks at the end, which RFC 6455 allows and the suite calls not strict.
const NOT_STRICT: [&str; 2] = ["6.4.3", "6.4.4"];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tests = vec![Trial::ignorable_test("every_case_of_the_public_suite", put)];
    libtest_mimic::run(&arguments, tests).exit_code()
}

fn put() -> Result<Completion, Failed> {
    if !is_started() {
        return Ok(Completion::ignored_with("not started yet · chưa bắt đầu"));
    }
    if Command::new("kosoku").arg("--help").output().is_err() {
        let missing = "kosoku is not installed (pip install kosoku)";
        if env::var("COURSE_TEST_ALL").is_ok_and(|value| value == "1") {
            return Err(missing.into());
        }
        return Ok(Completion::ignored_with(missing));
    }
    all_cases()?;
    Ok(Completion::Completed)
}

/// In an exercise, a file that is still the stub is not tested; a solution has no stub.
fn is_started() -> bool {
    let named = env::var(checks::NOT_STARTED_ENV).is_ok_and(|list| list.split(',').any(|id| id.trim() == "16/echo"));
    !named && !checks::is_untouched(Path::new(env!("CARGO_MANIFEST_DIR")), "echo")
}

fn all_cases() -> Result<(), Failed> {
    let server = Server::start()?;
    let reports = tempfile::tempdir()?;
    let output = Command::new("kosoku")
        .arg(&server.address)
        .args(LEFT_OUT.iter().flat_map(|cases| ["-x", cases]))
        .arg("--outdir")
        .arg(reports.path())
        .output()?;
    let index = fs::read_to_string(reports.path().join("index.json"))
        .map_err(|error| format!("kosoku left no report ({error}): {output:?}"))?;
    // One table for each server that was tried, and we tried one.
    let tables: BTreeMap<String, BTreeMap<String, Case>> = serde_json::from_str(&index)?;
    let cases: BTreeMap<String, Case> = tables.into_values().flatten().collect();
    let failed: Vec<String> = cases
        .iter()
        .filter(|(id, case)| !case.is_right(id))
        .map(|(id, case)| format!("{id}: {}, close: {}", case.behavior, case.behavior_close))
        .collect();
    if !failed.is_empty() || !output.status.success() {
        return Err(format!("{} cases failed ({}):\n{}", failed.len(), output.status, failed.join("\n")).into());
    }
    // A suite that puts fewer questions than it should has shown nothing.
    if cases.len() < CASES {
        return Err(format!("{} cases were put; there are {CASES}", cases.len()).into());
    }
    Ok(())
}

/// What came of one case.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    behavior: String,
    behavior_close: String,
}

impl Case {
    fn is_right(&self, id: &str) -> bool {
        let fine = |behavior: &str| matches!(behavior, "OK" | "INFORMATIONAL");
        let lenient = self.behavior == "NON-STRICT" && NOT_STRICT.contains(&id);
        (fine(&self.behavior) || lenient) && fine(&self.behavior_close)
    }
}

/// The program under test. Ends when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> io::Result<Server> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ex16-echo"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null()) // it has a word for each client that breaks the rules
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().strip_prefix("LISTENING ").unwrap_or_default().to_owned();
        Ok(Server { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only for a process that has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
