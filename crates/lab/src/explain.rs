//! `--explain`: one change at a time, before and after in turns, and again with 25 ms of work a frame.
//!
//! The note ranks programs. Here everything stays as it was but one choice of the programmer, and the
//! figures show what that choice costs: often more than the whole way from TCP to gRPC.

use std::path::Path;
use std::time::Duration;

use crate::candidate::Candidate;
use crate::pair::RunConfig;
use crate::results::{CandidateRate, Change, Excluded, PayloadSize, Sentence, Setting};
use crate::rounds::Rounds;
use crate::settings;
use crate::subject::Choice;

/// Rounds of each change, and how long each measurement is; with work, each frame takes 25 ms.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_millis(120);
const WORK: (usize, Duration) = (3, Duration::from_millis(250));

/// Measures every change for which both sides are among `candidates`. Adds the candidates that fail to `excluded`.
pub(crate) fn changes(
    choices: &[Choice],
    candidates: &[Candidate],
    kinds: &[PayloadSize],
    frames: &Path,
    config: &RunConfig,
    step: &dyn Fn(&str),
    excluded: &mut Vec<Excluded>,
) -> Vec<Change> {
    let named = |name: &str| candidates.iter().find(|candidate| candidate.name == name).cloned();
    let mut changes = Vec::new();
    for choice in choices {
        let (Some(before), Some(after)) = (named(choice.before), named(choice.after)) else { continue };
        let Some(kind) = kinds.iter().find(|kind| kind.name == choice.payload) else { continue };
        step(&after.name);
        let pair = [before, after];
        let setting = settings::in_turn(kind);
        let free = measured(&pair, &setting, config.clone(), (ROUNDS, TIME), frames, excluded);
        let (Some(before), Some(after)) = free else { continue };
        let work = Duration::from_millis(settings::WORK_MS);
        let worked = Setting { work_ms: settings::WORK_MS, ..setting };
        let (before_work, after_work) = measured(&pair, &worked, config.working(work), WORK, frames, excluded);
        let sentence = |say: fn() -> String| -> Sentence { Sentence::of(say) };
        changes.push(Change {
            id: choice.id.to_owned(),
            title: sentence(choice.title),
            why: sentence(choice.why),
            kind: choice.payload.to_owned(),
            before,
            after,
            before_work,
            after_work,
        });
    }
    changes
}

/// How many changes will be measured.
pub(crate) fn count(choices: &[Choice], candidates: &[Candidate]) -> usize {
    let there = |name: &str| candidates.iter().any(|candidate| candidate.name == name);
    choices.iter().filter(|choice| there(choice.before) && there(choice.after)).count()
}

fn measured(
    pair: &[Candidate; 2],
    setting: &Setting,
    config: RunConfig,
    (rounds, time): (usize, Duration),
    frames: &Path,
    excluded: &mut Vec<Excluded>,
) -> (Option<CandidateRate>, Option<CandidateRate>) {
    let quiet = |_: &str| {};
    let mut both = Rounds::start(pair, frames, config.only_up_to(setting.bytes), &quiet);
    (0..rounds).for_each(|round| both.round(round, std::slice::from_ref(setting), time));
    for out in both.excluded.drain(..) {
        if !excluded.iter().any(|known| known.name == out.name) {
            excluded.push(out);
        }
    }
    let cells = both.cells();
    let of = |candidate: &Candidate| {
        let cell = cells.iter().find(|cell| cell.name == candidate.name)?;
        Some(CandidateRate { name: cell.name.clone(), fps: cell.fps })
    };
    (of(&pair[0]), of(&pair[1]))
}
