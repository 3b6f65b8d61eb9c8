//! A client: the program that connects to us, prints what it learns, and ends.

use std::process::ExitStatus;
use std::sync::Arc;

use crate::limits::{PROGRESS_TIMEOUT, START_TIMEOUT, poll};
use crate::log::Log;
use crate::process::{Process, how_it_ended, printable, procfs};
use crate::{Difference, Failure, Sentence, Symptom, Text, sentence};

/// A client that runs. It ends with the check.
pub struct Client {
    pub(super) process: Arc<Process>,
    log: Log,
}

impl Client {
    pub(crate) fn started(process: Arc<Process>, log: Log) -> Client {
        Client { process, log }
    }

    /// Waits until it has printed something, and then rests.
    pub fn wait_printed(&self) -> Result<(), Failure> {
        let begun =
            self.process.stdout.wait_for(PROGRESS_TIMEOUT, |output| (output.total > 0 || output.ended).then_some(()));
        self.wait_idle();
        begun.ok_or_else(|| {
            Failure::new(
                Symptom::Silence,
                Text {
                    vi: "Kết nối đã mở, mà chương trình chưa in gì ra stdout.",
                    en: "The connection is open, and the program has printed nothing on stdout yet.",
                },
            )
        })
    }

    /// Waits until all its threads sleep or have ended, so that what it has begun to do has happened.
    /// Where the system does not show threads, and with a program that never rests, this changes nothing.
    pub(super) fn wait_idle(&self) {
        let rests = |states: Vec<char>| states.iter().all(|state| matches!(state, 'S' | 'Z'));
        poll(PROGRESS_TIMEOUT, || match procfs::states(self.process.id) {
            Ok(states) => rests(states).then_some(()),
            Err(_) => Some(()),
        });
    }

    /// Returns whether it has printed anything yet.
    pub(super) fn has_printed(&self) -> bool {
        self.process.stdout.look(|output| output.total > 0)
    }

    /// Waits until it has ended by itself.
    pub(super) fn ended(&self) -> Result<ExitStatus, Failure> {
        self.process.wait(START_TIMEOUT).ok_or_else(|| {
            let seconds = START_TIMEOUT.as_secs();
            Failure::new(
                Symptom::StillRunning,
                sentence! {
                    vi: "Tôi không còn gì để nói, mà sau {seconds} giây chương trình vẫn chưa kết thúc.",
                    en: "I have nothing more to say, and after {seconds} seconds the program has not ended.",
                },
            )
        })
    }

    /// Waits until it has ended, and gives what it printed.
    pub fn finish(&self) -> Result<ProgramExit, Failure> {
        Ok(ProgramExit::of(&self.process, self.ended()?, &self.log))
    }
}

/// A program that has ended by itself.
#[derive(Debug)]
pub struct ProgramExit {
    pub(super) status: ExitStatus,
    pub(super) how: Sentence,
    stdout: Vec<u8>,
    pub(super) stderr: String,
    panicked: bool,
}

impl ProgramExit {
    /// What is left of `process`, which has ended with `status`.
    pub(super) fn of(process: &Process, status: ExitStatus, log: &Log) -> ProgramExit {
        process.end();
        let how = how_it_ended(status);
        let Sentence { vi, en } = &how;
        log.note(None, sentence! { vi: "chương trình kết thúc, {vi}", en: "the program ends, {en}" });
        let stdout = process.stdout.look(|output| output.head.clone());
        let stderr = process.stderr.look(|output| String::from_utf8_lossy(&output.head).into_owned());
        ProgramExit { status, how, stdout, stderr, panicked: process.panicked() }
    }

    /// What it printed on stdout (the first 64 KiB).
    pub fn stdout(&self) -> &[u8] {
        &self.stdout
    }

    /// It must have ended with exit code 0.
    pub fn expect_success(&self) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if self.status.success() {
            return Ok(());
        }
        let Sentence { vi, en } = &self.how;
        Err(Failure::new(
            Symptom::WrongExitCode,
            sentence! {
                vi: "Lẽ ra phải thành công, nhưng chương trình báo lỗi ({vi}).",
                en: "It should have succeeded, yet the program reports a failure ({en}).",
            },
        ))
    }

    /// It must have ended with another exit code than 0, and not by a panic.
    pub fn expect_failure(&self) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if !self.status.success() {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongExitCode,
            Text {
                vi: "Lẽ ra phải báo lỗi, mà chương trình kết thúc như không có gì (mã thoát 0).",
                en: "It should have failed, yet the program ended as if all were well (exit code 0).",
            },
        ))
    }

    /// It must have said on stderr what went wrong; the wording is free.
    pub fn expect_error_message(&self) -> Result<(), Failure> {
        if !self.stderr.trim().is_empty() {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            Text {
                vi: "Chương trình báo lỗi, mà trên stderr không có câu nào nói vì sao.",
                en: "The program failed, and not a word on stderr says why.",
            },
        ))
    }

    /// It must have said on stderr that the system refused with `error`.
    pub fn expect_os_error(&self, error: &std::io::Error) -> Result<(), Failure> {
        self.expect_error_message()?;
        if self.stderr.contains(&error.to_string()) {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Kernel từ chối với lý do \"{error}\", mà stderr nói chuyện khác.",
                en: "The kernel refused with \"{error}\", but stderr says something else.",
            },
        ))
    }

    /// Its stdout must be exactly `expected`. CRLF counts as LF, since a program on Windows may
    /// print either.
    pub fn expect_output(&self, expected: &str) -> Result<(), Failure> {
        let printed = String::from_utf8_lossy(&self.stdout).replace("\r\n", "\n");
        if printed == expected {
            return Ok(());
        }
        let (shown, due) = (quoted(&printed), quoted(expected));
        let mut failure = Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Chương trình in {shown}, lẽ ra là {due}.",
                en: "The program printed {shown}; I expected {due}.",
            },
        );
        let shorter = printed.len().min(expected.len());
        failure.difference = Some(Box::new(
            Difference::find(expected.as_bytes(), printed.as_bytes())
                .unwrap_or_else(|| Difference::at(shorter, expected.as_bytes(), printed.as_bytes())),
        ));
        Err(failure)
    }

    pub(super) fn expect_no_panic(&self) -> Result<(), Failure> {
        if !self.panicked {
            return Ok(());
        }
        Err(Failure::new(Symptom::Panicked, Text { vi: "Chương trình đã panic.", en: "The program panicked." }))
    }

    /// It must have ended with exit code `expected`, and not by a panic.
    pub fn expect_code(&self, expected: i32) -> Result<(), Failure> {
        self.expect_no_panic()?;
        if self.status.code() == Some(expected) {
            return Ok(());
        }
        let Sentence { vi, en } = &self.how;
        Err(Failure::new(
            Symptom::WrongExitCode,
            sentence! {
                vi: "Chương trình kết thúc ({vi}), lẽ ra phải với mã thoát {expected}.",
                en: "The program ended ({en}); it should have been with exit code {expected}.",
            },
        ))
    }

    /// One of the lines on its stderr must be `expected`.
    pub fn expect_stderr_line(&self, expected: &str) -> Result<(), Failure> {
        if self.stderr.lines().any(|line| line.trim_end() == expected) {
            return Ok(());
        }
        Err(Failure::new(
            Symptom::WrongOutput,
            sentence! {
                vi: "Trên stderr không có dòng nào là \"{expected}\".",
                en: "No line on stderr says \"{expected}\".",
            },
        ))
    }
}

fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let shown: String = text.escape_debug().take(LONGEST).collect();
    let more = if text.escape_debug().count() > LONGEST { "…" } else { "" };
    format!("\"{}\"{more}", printable(&shown))
}
