//! One run of the program: what it predicted, and what it said of candidates about which we know the facts.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use super::hints::*;
use super::participants::{FRAMES_PER_ROUND, Participants, Plan};
use super::{FRAMES, ROUNDS};
use crate::limits::START_TIMEOUT;
use crate::{CheckRun, Explain, Failure, Hint, InteractiveProcess, Sentence, Symptom, sentence};

/// All that is to be measured, and a silent candidate besides.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// Above this, what the program itself needs between two frames hardly counts.
const SLOW: Duration = Duration::from_millis(25);

/// The candidates of the task.
pub(super) const NAMES: [&str; 5] = ["plain", "cold", "per-connection", "slow-work", "stall"];

/// A program that has predicted, and waits for the first answer of a candidate.
pub(super) struct Run {
    pub(super) participants: Participants,
    program: InteractiveProcess,
    /// In the order of the command line.
    pub(super) names: Vec<String>,
    pub(super) predicted: Vec<String>,
}

impl Run {
    /// Starts it with these candidates; `elsewhere` are some that it will call in vain.
    pub(super) fn start(
        check: &mut CheckRun,
        names: &[&str],
        elsewhere: &[(&str, SocketAddr)],
    ) -> Result<Run, Failure> {
        let participants = Participants::open(names.len())?;
        let ours = names.iter().copied().zip(participants.addresses().iter().copied());
        let given: Vec<(&str, SocketAddr)> = ours.chain(elsewhere.iter().copied()).collect();
        let words: Vec<String> = given.iter().map(|(name, address)| format!("{name}={address}")).collect();
        let mut program = check.spawn_interactive(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
        let line =
            program.receive_line(START_TIMEOUT).hint(Symptom::Silence, &PREDICTS_TOO_LATE).or_hint(&NOT_PREDICTED)?;
        let mut predicted = words_of(&line);
        let is_it = !predicted.is_empty() && predicted.remove(0) == "PREDICTED";
        let due: BTreeSet<&str> = given.iter().map(|(name, _)| *name).collect();
        let named: BTreeSet<&str> = predicted.iter().map(String::as_str).collect();
        if !is_it || named != due || predicted.len() != given.len() {
            let due = given.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            return Err(wrong(sentence! {
                vi: "Dòng đầu tiên là \"{line}\"; lẽ ra là PREDICTED với mỗi tên một lần: {due}.",
                en: "The first line is \"{line}\"; it should be PREDICTED, with each name once: {due}.",
            }))
            .or_hint(&NOT_PREDICTED);
        }
        Ok(Run { participants, program, names: given.iter().map(|(name, _)| (*name).to_owned()).collect(), predicted })
    }

    /// Lets the candidates begin, each as its plan says, and hears what the program makes of them.
    pub(super) fn finish(&mut self, plans: Vec<Plan>) -> Result<Reported, Failure> {
        self.finish_or(plans, &NO_END)
    }

    /// The same, where `hint` is what one that never ends should look at.
    pub(super) fn finish_or(&mut self, plans: Vec<Plan>, hint: &'static Hint) -> Result<Reported, Failure> {
        self.participants.begin(plans);
        let lines = self.program.receive_to_end(ANSWER_TIMEOUT).hint(Symptom::Silence, hint)?;
        let ended = self.program.close_stdin()?;
        ended.expect_success().hint(Symptom::Panicked, &PANICS).or_hint(&DIES)?;
        Reported::read(&lines, &self.names)
    }

    /// Where this candidate stands on the command line.
    pub(super) fn place(&self, name: &str) -> Result<usize, Failure> {
        self.names.iter().position(|one| one == name).ok_or_else(|| Failure::infra("candidate", &name))
    }

    /// The candidate called `name`, which acknowledged each frame rightly, got all of them and is measured.
    pub(super) fn expect_measured(&self, report: &Reported, name: &str) -> Result<(), Failure> {
        self.is_measured(report, name).hint(Symptom::UnexpectedError, &NOT_MEASURED).or_hint(&HOW_MANY)
    }

    /// The same, without a hint. `Complaint`: it is said to be invalid.
    pub(super) fn is_measured(&self, report: &Reported, name: &str) -> Result<(), Failure> {
        let Some(Measurement { rounds, frames, .. }) = report.measured.iter().find(|one| one.name == name) else {
            return Err(Failure::new(
                Symptom::UnexpectedError,
                sentence! {
                    vi: "{name} xác nhận đúng mọi khung, mà không có dòng MEASURED nào cho nó.",
                    en: "{name} acknowledged every frame rightly, and there is no line MEASURED for it.",
                },
            ));
        };
        let place = self.place(name)?;
        let got = self.participants.seen().iter().filter(|seen| seen.place == place).count();
        let due = FRAMES_PER_ROUND * ROUNDS;
        if got == due && (*rounds, *frames) == (ROUNDS, ROUNDS * FRAMES) {
            return Ok(());
        }
        Err(wrong(sentence! {
            vi: "{name} nhận {got} khung, lẽ ra {due} (kể cả khởi động); chương trình báo {rounds} vòng, {frames} \
             khung được tính.",
            en: "{name} got {got} frames, {due} were due (warm-up included); the program reports {rounds} rounds \
             and {frames} counted frames.",
        }))
    }

    /// Is the rate that it reports for `name` possible, and near to what our clock says? It must be measured, see
    /// [`Run::is_measured`].
    pub(super) fn rate(&self, report: &Reported, name: &str) -> Result<Rate, Failure> {
        self.is_measured(report, name)?;
        let mut took = self.participants.took(self.place(name)?);
        took.sort();
        let median = took.get(ROUNDS / 2).copied().unwrap_or_default();
        let most = FRAMES as f64 / median.as_secs_f64().max(1e-9);
        let report = report.measured.iter().find(|one| one.name == name).map_or(0.0, |one| one.rate);
        let what = {
            let (report, most) = (format!("{report:.1}"), format!("{most:.1}"));
            let (told_vi, most_vi) = (report.replace('.', ","), most.replace('.', ","));
            sentence! {
                vi: "Chương trình báo {name} đạt {told_vi} khung một giây; theo đồng hồ của {name}, vòng giữa là \
                 {most_vi}.",
                en: "The program reports {report} frames a second for {name}; by the clock of {name}, its median \
                 round had {most}.",
            }
        };
        // The program's clock starts before the frame is here, and stops after the answer has left.
        if report > most * 1.01 + 0.1 {
            return Ok(Rate::TooHigh(what));
        }
        if median > SLOW && report < most / 2.0 {
            return Ok(Rate::TooLow(what));
        }
        Ok(Rate::Right)
    }

    /// `name` is said to be invalid, and is not ranked.
    pub(super) fn expect_invalid(&self, report: &Reported, name: &str) -> Result<(), Failure> {
        let invalid = report.invalid.iter().any(|one| one == name);
        if invalid && !report.ranking.iter().any(|one| one == name) {
            return Ok(());
        }
        Err(wrong(sentence! {
            vi: "{name} không đáng tin (xem ở trên), mà chương trình không loại nó: phải có dòng INVALID {name}, \
             và {name} không ở trong RANKING.",
            en: "{name} is not to be believed (see above), yet it is not ruled out: there must be a line INVALID \
             {name}, and no {name} in RANKING.",
        }))
    }
}

/// What a reported rate is, compared with the facts.
pub(super) enum Rate {
    Right,
    TooHigh(Sentence),
    TooLow(Sentence),
}

impl Rate {
    /// It is right, whichever way it would be wrong.
    pub(super) fn expect_right(self) -> Result<(), Failure> {
        match self {
            Rate::Right => Ok(()),
            Rate::TooHigh(what) => Err(wrong(what)).or_hint(&TOO_FAST),
            Rate::TooLow(what) => Err(wrong(what)).or_hint(&TOO_SLOW),
        }
    }
}

/// What the program said after its prediction.
pub(super) struct Reported {
    pub(super) measured: Vec<Measurement>,
    invalid: Vec<String>,
    pub(super) ranking: Vec<String>,
    /// Names, each with its sentence.
    pub(super) because: Vec<(String, String)>,
}

pub(super) struct Measurement {
    pub(super) name: String,
    pub(super) rate: f64,
    rounds: usize,
    frames: usize,
}

impl Reported {
    fn read(lines: &[String], names: &[String]) -> Result<Reported, Failure> {
        let mut report =
            Reported { measured: Vec::new(), invalid: Vec::new(), ranking: Vec::new(), because: Vec::new() };
        let mut reported = Vec::new();
        let mut ranked = 0;
        for line in lines {
            let words = words_of(line);
            match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["MEASURED", name, rate, rounds, frames] if ranked == 0 => {
                    let (Ok(rate), Ok(rounds), Ok(frames)) = (rate.parse(), rounds.parse(), frames.parse()) else {
                        return Err(malformed(line));
                    };
                    reported.push(name.to_owned());
                    report.measured.push(Measurement { name: name.to_owned(), rate, rounds, frames });
                }
                ["INVALID", name, _, ..] if ranked == 0 => {
                    reported.push(name.to_owned());
                    report.invalid.push(name.to_owned());
                }
                ["RANKING", ref names @ ..] => {
                    ranked += 1;
                    report.ranking = names.iter().map(|name| (*name).to_owned()).collect();
                }
                ["BECAUSE", name, ref words @ ..] if ranked == 1 => {
                    report.because.push((name.to_owned(), words.join(" ")));
                }
                _ => return Err(malformed(line)),
            }
        }
        if reported != names || ranked != 1 {
            return Err(wrong(sentence! {
                vi: "Lẽ ra mỗi ứng viên một dòng MEASURED hay INVALID, theo thứ tự trên dòng lệnh, rồi một dòng \
                 RANKING.",
                en: "There should be a line MEASURED or INVALID for each candidate, in the order of the command \
                 line, then one line RANKING.",
            }))
            .or_hint(&FORM);
        }
        Ok(report)
    }
}

fn words_of(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

fn malformed(line: &str) -> Failure {
    let failure = wrong(sentence! {
        vi: "Tôi không hiểu dòng \"{line}\" ở chỗ này.",
        en: "I do not understand the line \"{line}\" at this place.",
    });
    Failure { hint: Some(&FORM), ..failure }
}

/// What the program printed is not what the facts are.
pub(super) fn wrong(what: Sentence) -> Failure {
    Failure::new(Symptom::WrongOutput, what)
}
