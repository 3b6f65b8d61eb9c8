//! What a learner has done so far: `.course/progress.json`.
//!
//! Keyed by stable task ids (`03/echo`). A task that passed remembers the hash of the checks it
//! passed; when an update of the course changes these, the task wants checking again and nothing
//! is lost. Entries and fields that this version does not know are kept as they are.

mod file;

use std::collections::BTreeMap;

use checks::{Report, Sentence, Task, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use file::{load, update};

/// The layout of the file that this version of the tool reads and writes.
const VERSION: u32 = 1;

/// All that is remembered about one learner.
#[derive(Debug, Serialize, Deserialize)]
pub struct Progress {
    version: u32,
    /// The task that the learner last turned to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    #[serde(default)]
    tasks: BTreeMap<String, Entry>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl Default for Progress {
    fn default() -> Progress {
        Progress { version: VERSION, at: None, tasks: BTreeMap::new(), unknown: Map::new() }
    }
}

/// What is remembered about one task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The hash of the checks that the program passed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passed: Option<String>,
    /// What failed last, if that was after the last pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Failed>,
    /// The ids of the hints that were shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

/// A run that did not pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// The check that failed first.
    pub check: String,
    /// How many checks passed.
    pub passed: usize,
    /// How many there were.
    pub of: usize,
    /// The hint that the first failure came with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<SavedHint>,
}

/// A hint for a symptom. Its words are kept, because only the check that saw the symptom knows
/// them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedHint {
    /// Stable within the task.
    pub id: String,
    vi: String,
    en: String,
}

impl SavedHint {
    /// The hint in both languages.
    pub fn said(&self) -> Sentence {
        Sentence { vi: self.vi.clone(), en: self.en.clone() }
    }
}

/// How a task stands, going by what is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastResult {
    /// It was never judged.
    None,
    /// It passed the checks as they are now.
    Passed,
    /// It passed, and the checks have changed since.
    PassedOlder,
    /// The last run failed: so many checks passed of so many.
    Failed { passed: usize, of: usize },
}

/// The stable id of a task.
pub fn id(task: &Task) -> String {
    format!("{:02}/{}", task.number, task.name)
}

/// The hash of a task's checks, as it is remembered.
fn checks_hash(task: &Task) -> String {
    format!("{:016x}", checks::stub_hash(task.source))
}

impl Progress {
    /// What is remembered about `task`.
    pub fn entry(&self, task: &Task) -> Entry {
        self.tasks.get(&id(task)).cloned().unwrap_or_default()
    }

    /// The same, to change it.
    pub fn entry_mut(&mut self, task: &Task) -> &mut Entry {
        self.tasks.entry(id(task)).or_default()
    }

    /// How `task` stands.
    pub fn last_result(&self, task: &Task) -> LastResult {
        let Some(entry) = self.tasks.get(&id(task)) else { return LastResult::None };
        match (&entry.failed, &entry.passed) {
            (Some(failed), _) => LastResult::Failed { passed: failed.passed, of: failed.of },
            (None, Some(hash)) if *hash == checks_hash(task) => LastResult::Passed,
            (None, Some(_)) => LastResult::PassedOlder,
            (None, None) => LastResult::None,
        }
    }

    /// Did the program of `task` ever pass its checks, the present or older ones?
    pub fn ever_passed(&self, task: &Task) -> bool {
        self.entry(task).passed.is_some()
    }

    /// Remembers a verdict on all checks of a task.
    pub fn remember(&mut self, report: &Report) {
        let entry = self.entry_mut(report.task);
        if report.passed() {
            entry.passed = Some(checks_hash(report.task));
            entry.failed = None;
            return;
        }
        let Some(first) = report.failed().next() else {
            return; // only the checker had trouble: nothing was learnt about the program
        };
        let hint = match &first.verdict {
            Verdict::Failed(failure) => failure.hint.map(|hint| SavedHint {
                id: hint.id.to_owned(),
                vi: hint.text.vi.to_owned(),
                en: hint.text.en.to_owned(),
            }),
            _ => None,
        };
        let passed = report.outcomes.iter().filter(|outcome| matches!(outcome.verdict, Verdict::Passed)).count();
        entry.failed = Some(Failed { check: first.check.id.to_owned(), passed, of: report.outcomes.len(), hint });
    }

    /// Forgets the verdicts on `task` and the hints that were shown: its file is a stub again.
    pub fn forget(&mut self, task: &Task) {
        let entry = self.entry_mut(task);
        entry.passed = None;
        entry.failed = None;
        entry.hints.clear();
    }
}

#[cfg(test)]
mod tests;
