//! The lab as its user meets it: a command line, a report, and a check that lies do not pass.

use std::fs;
use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn lab(words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lesson21"));
    command.args(words).args(["--lang", "en"]).stdin(Stdio::null()).env("NO_COLOR", "1").output().unwrap()
}

/// What a run with these words found out.
fn results(words: &[&str]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let usual = ["measure", "--quick", "--debug-anyway", "--rounds", "3", "--millis", "10", "--out", out];
    let said = lab(&[&usual[..], words].concat());
    assert!(said.status.success(), "{}", complaint(&said));
    serde_json::from_str(&fs::read_to_string(folder.path().join("report.json")).unwrap()).unwrap()
}

fn complaint(said: &Output) -> String {
    String::from_utf8_lossy(&said.stderr).into_owned()
}

#[test]
fn measure_has_a_cell_for_each_setting_and_a_latency_for_every_frame() {
    let results = results(&["--only", "tcp"]);
    assert_eq!(results["machine"]["build"], if cfg!(debug_assertions) { "debug" } else { "release" });
    let names: Vec<&str> =
        results["candidates"].as_array().unwrap().iter().map(|who| who["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["tcp", "tcp (again)"], "the control is always there");
    let cells = results["cells"].as_array().unwrap();
    for name in names {
        let of = cells.iter().filter(|cell| cell["name"] == name);
        // One and eight at a time for three kinds; for the JPEG also paced, on one core, and with work.
        assert_eq!(of.count(), 3 * 2 + 3);
    }
    for cell in cells {
        assert_eq!(cell["rounds"].as_array().unwrap().len(), 3);
        let (low, high) = (cell["fps"]["low"].as_f64().unwrap(), cell["fps"]["high"].as_f64().unwrap());
        let median = cell["fps"]["median"].as_f64().unwrap();
        assert!(0.0 < low && low <= median && median <= high, "{cell}");
        let bins: u64 = cell["latency"]["bins"].as_array().unwrap().iter().map(|bin| bin[1].as_u64().unwrap()).sum();
        assert_eq!(bins, cell["latency"]["frames"].as_u64().unwrap());
    }
    let worked = cells.iter().find(|cell| cell["setting"]["work-ms"] == 25).unwrap();
    // 25 ms of work leave at most 40 frames a second: an upper bound, whatever the machine does.
    assert!(worked["fps"]["high"].as_f64().unwrap() <= 40.0, "{worked}");
}

#[test]
fn measure_refuses_a_debug_build() {
    if !cfg!(debug_assertions) {
        return;
    }
    let said = lab(&["measure", "--quick"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(said.stdout.is_empty() && complaint(&said).contains("cargo run --release -p lesson21 -- measure"));
}

#[test]
fn bad_command_lines_are_refused_with_a_sentence() {
    let nobody = ["measure", "--to", "127.0.0.1:1", "--debug-anyway", "--quick"];
    for (words, code, part) in [
        (&["list", "fly"][..], 2, "no command “list”"),
        (&["measure", "--only", "smoke"], 2, "no transport “smoke”. There are: tcp"),
        (&["measure", "--link=weather=bad", "--debug-anyway"], 1, "“weather=bad” makes no sense"),
        (&nobody, 1, "no program listens there"),
        (&["report", "/nowhere.json"], 1, "does not read as the results of a run"),
        (&["serve", "tcp", "--host", "here"], 2, "here"),
    ] {
        let said = lab(words);
        assert_eq!(said.status.code(), Some(code), "{words:?}: {}", complaint(&said));
        assert!(complaint(&said).contains(part), "{words:?}: {}", complaint(&said));
        assert_eq!(complaint(&said).trim().lines().count(), 1);
    }
}

#[test]
fn serve_starts_servers_on_request_that_end_with_the_lab() {
    let mut far = Ended(
        Command::new(env!("CARGO_BIN_EXE_lesson21"))
            .args(["serve", "--lang", "en"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(far.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("LISTENING ").unwrap();
    let found = results(&["--only", if cfg!(unix) { "tcp,unix" } else { "tcp" }, "--to", address]);
    assert_eq!(found["candidates"][0]["name"], "tcp");
    assert!(found["machine"]["network"]["en"].as_str().unwrap().contains(address));
    if cfg!(unix) {
        let out = &found["excluded"][0];
        assert!(out["name"] == "unix" && out["why"].as_str().unwrap().contains("inside one machine"), "{out}");
    }
}

/// A process of this test, ended with it.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A contestant written in a few lines of shell, which lies in the way that `answer` says.
#[cfg(unix)]
fn lying_driver(folder: &Path, answer: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let file = folder.join("lying-driver");
    let script = format!(
        "#!/bin/sh\nif [ \"$1\" = serve ]; then echo LISTENING nowhere; cat >/dev/null; exit; fi\n\
         echo READY\nwhile read -r command number sum file; do {answer}; done\n"
    );
    fs::write(&file, script).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    file
}

#[cfg(unix)]
#[test]
fn verify_refuses_a_false_acknowledgement_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    for (answer, reason) in [
        ("echo ack $number $sum", "the server copies what it is told"),
        ("echo ack $((number + 1)) $sum", "the acknowledgement is of frame"),
        ("echo ack $number 0000000000000000", "did not arrive whole"),
        ("echo done", "“ack NUMBER CHECKSUM” expected"),
        ("exit 1", "it has ended"),
    ] {
        let program = lying_driver(folder.path(), answer);
        let said = lab(&["verify", "--add", program.to_str().unwrap()]);
        let shown = String::from_utf8_lossy(&said.stdout).into_owned();
        assert_eq!(said.status.code(), Some(1), "{answer}: {shown}");
        assert!(shown.contains("refused   lying-driver") && shown.contains(reason), "{answer}: {shown}");
    }
}

/// Knows every checksum, since it computes them where the frame is sent: only a server that stands still gives it away.
#[cfg(target_os = "linux")]
#[test]
fn verify_finds_a_driver_that_acknowledges_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let inner = env!("CARGO_BIN_EXE_lesson21");
    // An honest pair of its own behind it, which the lab neither sees nor stops.
    let answer = format!(
        "printf 'send %s %s %s\\n' \"$number\" \"$sum\" \"$file\" | {{ {inner} drive tcp \"$there\" --frames /tmp; }} | sed -n 2p"
    );
    let program = lying_driver(folder.path(), &answer);
    let mut honest =
        Ended(Command::new(inner).args(["serve", "tcp"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(honest.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let there = line.trim().strip_prefix("LISTENING ").unwrap();
    let mut command = Command::new(inner);
    let said = command.args(["verify", "--lang", "en", "--add"]).arg(&program).env("there", there).output().unwrap();
    let shown = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(shown.contains("the driver made it up"), "{shown}");
}

#[test]
fn verify_accepts_every_transport() {
    let said = lab(&["verify"]);
    let shown = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.status.success(), "{shown}");
    let listed = String::from_utf8_lossy(&lab(&["list"]).stdout).lines().count();
    assert_eq!(shown.lines().filter(|line| line.trim().starts_with("right")).count(), listed);
}
