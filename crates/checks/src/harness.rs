//! `cargo test` for exercise and solution crates: one test for each check.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use crate::judge::{Options, Session};
use crate::{Check, Lang, Report, Sentence, Style, Task, Text, Verdict, rng, sentence, stub, tasks};

/// Replays an earlier run: `COURSE_SEED=0x… cargo test -p ex03`.
const SEED_ENV: &str = "COURSE_SEED";

const NOT_STARTED: Text = Text { vi: "chưa bắt đầu", en: "not started yet" };

/// The `main` of `tests/judged.rs` in `exercises/NN-*` and `solutions/NN-*`.
///
/// Makes one test `<task>::<check id>` for each check of each task with this number, for the
/// binaries that cargo built for this test. A task whose file is still the stub is ignored.
pub fn harness(number: u8) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(Options::default().jobs);
    let package = match env::var("CARGO_PKG_NAME") {
        Ok(package) => package,
        Err(_) => {
            return complain(&sentence! {
                vi: "không có CARGO_PKG_NAME: hãy chạy test này bằng `cargo test`",
                en: "CARGO_PKG_NAME is not set: run this test through `cargo test`",
            });
        }
    };
    let seed = match env::var(SEED_ENV).map(|text| rng::parse_seed(&text).ok_or(text)) {
        Ok(Ok(seed)) => seed,
        Ok(Err(text)) => {
            return complain(&sentence! {
                vi: "{SEED_ENV}={text} không phải là một số như 0x2a hay 42",
                en: "{SEED_ENV}={text} is not a number like 0x2a or 42",
            });
        }
        Err(_) => rng::fresh_seed(),
    };
    let tests =
        tasks().iter().filter(|task| task.number == number).flat_map(|task| tests_of(task, &package, seed)).collect();
    libtest_mimic::run(&arguments, tests).exit_code()
}

fn complain(what: &Sentence) -> ExitCode {
    eprintln!("checks: {}", what.get(Lang::detect()));
    ExitCode::from(2)
}

/// What the tests of one task share, so that three deadlines end them all.
struct Subject {
    task: &'static Task,
    seed: u64,
    binary: String,
    started: bool,
}

fn tests_of(task: &'static Task, package: &str, seed: u64) -> Vec<Trial> {
    let binary = format!("CARGO_BIN_EXE_{package}-{}", task.name);
    let subject = Arc::new(Subject { task, seed, binary, started: is_started(task) });
    let session = env::var_os(&subject.binary).map(|path| Arc::new(Session::new(PathBuf::from(path), seed)));
    task.checks
        .iter()
        .map(|check| {
            let (subject, session) = (Arc::clone(&subject), session.clone());
            let name = format!("{}::{}", task.name, check.id);
            Trial::ignorable_test(name, move || subject.run(session.as_deref(), check))
        })
        .collect()
}

fn is_started(task: &Task) -> bool {
    let stable_id = format!("{:02}/{}", task.number, task.name);
    let named = env::var(stub::NOT_STARTED_ENV).is_ok_and(|list| list.split(',').any(|id| id.trim() == stable_id));
    let untouched =
        env::var_os("CARGO_MANIFEST_DIR").is_some_and(|package| stub::is_untouched(Path::new(&package), task.name));
    !named && !untouched
}

impl Subject {
    fn run(&self, session: Option<&Session>, check: &'static Check) -> Result<Completion, Failed> {
        let lang = Lang::detect();
        if !self.started {
            return Ok(Completion::ignored_with(NOT_STARTED.get(lang)));
        }
        let Some(session) = session else {
            let binary = &self.binary;
            let missing = sentence! {
                vi: "không có {binary}: Cargo.toml có [[bin]] đó không?",
                en: "{binary} is not set: is that [[bin]] in Cargo.toml?",
            };
            return Err(missing.get(lang).into());
        };
        let outcome = session.run(check);
        match outcome.verdict {
            Verdict::Passed => Ok(Completion::Completed),
            Verdict::Skipped(reason) => Ok(Completion::ignored_with(reason.get(lang))),
            Verdict::Failed(_) | Verdict::Infra(_) => {
                let report = Report { task: self.task, seed: self.seed, outcomes: vec![outcome] };
                Err(report.render(lang, Style::default()).into())
            }
        }
    }
}
