//! A program that reads commands from its stdin, line by line, and answers each line on its stdout.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Client, ProgramExit};
use crate::limits::{EXIT_GRACE, OUTPUT_HEAD, PROGRESS_TIMEOUT, poll};
use crate::log::{Direction, Event, Log};
use crate::process::{Process, how_it_ended, printable, procfs};
use crate::{Failure, Sentence, Symptom, Text, sentence};

/// How much of a line the record shows.
const SHOWN: usize = 100;

/// A program to which we talk through its stdin and stdout. It ends with the check.
pub struct InteractiveProcess {
    process: Arc<Process>,
    log: Log,
    /// How many bytes of its stdout have been received.
    received: usize,
}

impl InteractiveProcess {
    pub(crate) fn new(process: Arc<Process>, log: Log) -> InteractiveProcess {
        InteractiveProcess { process, log, received: 0 }
    }

    /// Writes `line` to its stdin.
    pub fn send_line(&self, line: &str) {
        self.record(Direction::Out, line);
        self.process.write_stdin(&format!("{line}\n"));
    }

    /// Returns the next line of its stdout, within `timeout`.
    pub fn receive_line(&mut self, timeout: Duration) -> Result<String, Failure> {
        let line = self.process.stdout.wait_for(timeout, |output| {
            let rest = output.head.get(self.received..).unwrap_or_default();
            match rest.iter().position(|byte| *byte == b'\n') {
                Some(end) => Some(Ok(rest[..end].to_vec())),
                None if output.total > OUTPUT_HEAD => Some(Err(Symptom::RunawayOutput)),
                None => output.ended.then_some(Err(Symptom::Exited)),
            }
        });
        match line {
            Some(Ok(bytes)) => {
                self.received += bytes.len() + 1;
                let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
                self.record(Direction::In, &line);
                Ok(line)
            }
            Some(Err(Symptom::Exited)) => Err(self.ended()),
            Some(Err(symptom)) => Err(Failure::new(
                symptom,
                Text { vi: "Chương trình in ra stdout quá nhiều.", en: "The program prints too much on stdout." },
            )),
            None => {
                let seconds = timeout.as_secs_f32().ceil();
                self.log.note(None, sentence! { vi: "im lặng {seconds} giây", en: "silence for {seconds} s" });
                Err(Failure::new(
                    Symptom::Silence,
                    sentence! {
                        vi: "Tôi chờ {seconds} giây mà không có câu trả lời nào trên stdout.",
                        en: "I waited {seconds} seconds, and no answer came on stdout.",
                    },
                ))
            }
        }
    }

    /// Returns all further lines, once it has closed its stdout; within `timeout`.
    pub fn receive_to_end(&mut self, timeout: Duration) -> Result<Vec<String>, Failure> {
        let mut lines = Vec::new();
        let deadline = Instant::now() + timeout;
        loop {
            match self.receive_line(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => lines.push(line),
                Err(failure) if failure.symptom == Symptom::Exited => return Ok(lines),
                Err(failure) => return Err(failure),
            }
        }
    }

    /// Waits until it has read its stdin, and done all it can do for now: its threads sleep. Fails if it has
    /// ended instead; skips the check where the system does not show threads.
    pub fn wait_idle(&self) -> Result<(), Failure> {
        /// How many looks, one after the other, must find all its threads asleep.
        const STILL: u32 = 4;
        let mut still = 0;
        let waits = poll(PROGRESS_TIMEOUT, || {
            if self.process.ended().is_some() {
                return Some(Err(self.ended()));
            }
            match procfs::states(self.process.id) {
                Ok(states) => {
                    let asleep = self.process.has_read_stdin() == Some(true) && states.iter().all(|one| *one == 'S');
                    still = if asleep { still + 1 } else { 0 };
                    (still == STILL).then_some(Ok(()))
                }
                Err(failure) => Some(Err(failure)),
            }
        });
        // A program that never rests is asked what it has to say all the same.
        waits.unwrap_or(Ok(()))
    }

    /// Closes its stdin, and waits until it has ended by itself.
    pub fn close_stdin(&self) -> Result<ProgramExit, Failure> {
        self.log.note(None, Text { vi: "tôi đóng stdin của nó", en: "I close its stdin" });
        self.process.close_stdin();
        Client::started(Arc::clone(&self.process), self.log.clone()).finish()
    }

    /// Kills it (SIGKILL).
    pub fn kill(&self) {
        self.log.note(None, Text { vi: "tôi kill nó (SIGKILL)", en: "I kill it (SIGKILL)" });
        self.process.end();
    }

    fn record(&self, direction: Direction, line: &str) {
        let mut shown = printable(line);
        if let Some((end, _)) = shown.char_indices().nth(SHOWN) {
            shown.truncate(end);
            shown.push('…');
        }
        self.log.add(Event { direction, ..Event::note(None, sentence! { vi: "{shown}", en: "{shown}" }) });
    }

    fn ended(&self) -> Failure {
        let Sentence { vi, en } = match self.process.wait(EXIT_GRACE) {
            Some(status) => how_it_ended(status),
            None => sentence! { vi: "nó đóng stdout", en: "it closed its stdout" },
        };
        Failure::new(
            Symptom::Exited,
            sentence! {
                vi: "Chương trình kết thúc ({vi}) mà chưa trả lời.",
                en: "The program ended ({en}) without an answer.",
            },
        )
    }
}
