//! `cargo course hint`: the next hint, each time it is asked for.

use anyhow::Result;
use checks::{Lang, Sentence, Task, hang};

use crate::arguments::Exit;
use crate::arguments::Which;
use crate::catalog::{Catalog, Exercise};
use crate::checkout::Course;
use crate::progress::{self, Entry};
use crate::screen::Screen;
use crate::text::task as text;

/// One hint, and which of how many it is.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    /// Stable within the task; remembered as shown.
    pub id: String,
    /// The hint.
    pub text: Sentence,
    /// Counted from 1.
    pub number: usize,
    /// How many there are now.
    pub of: usize,
    /// All were shown before; they begin anew.
    pub again: bool,
}

/// The hint that comes next: first the one for the symptom that the last run showed, then the
/// general ones of the task in their order; when all were shown, from the first again.
fn next(task: &Task, entry: &Entry) -> Option<Shown> {
    let symptom = entry.failed.as_ref().and_then(|failed| failed.hint.as_ref());
    let general = task.hints.iter().enumerate();
    let all: Vec<(String, Sentence)> = symptom
        .map(|hint| (hint.id.clone(), hint.said()))
        .into_iter()
        .chain(general.map(|(index, hint)| ((index + 1).to_string(), Sentence::from(*hint))))
        .collect();
    let fresh = all.iter().position(|(id, _)| !entry.hints.contains(id));
    let (id, words) = all.get(fresh.unwrap_or(0))?;
    Some(Shown {
        id: id.clone(),
        text: words.clone(),
        number: fresh.unwrap_or(0) + 1,
        of: all.len(),
        again: fresh.is_none(),
    })
}

/// Takes the next hint for `task` and remembers that it was shown. The one with the id `seen`,
/// if any, stands before the learner's eyes already.
///
/// # Errors
/// When progress cannot be read or written.
pub fn take(course: &Course, task: &Task, seen: Option<&str>) -> Result<Option<Shown>> {
    progress::update(course, |progress| {
        let entry = progress.entry_mut(task);
        if let Some(seen) = seen
            && !entry.hints.iter().any(|id| id == seen)
        {
            entry.hints.push(seen.to_owned());
        }
        advance(task, entry)
    })
}

/// The next hint, marked as shown.
fn advance(task: &Task, entry: &mut Entry) -> Option<Shown> {
    let shown = next(task, entry)?;
    if shown.again {
        entry.hints.clear();
    }
    entry.hints.push(shown.id.clone());
    Some(shown)
}

/// Runs `hint`.
///
/// # Errors
/// When `which` names nothing that there is, or progress cannot be written.
pub fn run(course: &Course, which: &Which, screen: &Screen) -> Result<Exit> {
    let catalog = Catalog::of(course)?;
    let known = progress::load(course)?;
    let exercise = catalog.one(which, &known)?;
    let Some(shown) = take(course, exercise.task, None)? else {
        screen.prose(&text::no_hints(exercise.words()))?;
        return Ok(Exit::Passed);
    };
    screen.text(&render(exercise, &shown, known.ever_passed(exercise.task), screen))?;
    Ok(Exit::Passed)
}

fn render(exercise: &Exercise, shown: &Shown, has_passed: bool, screen: &Screen) -> String {
    let title = screen.bold(&text::hint_title(exercise.words(), shown.number, shown.of));
    let body = hang("  ", shown.text.get(Lang::current()), screen.width());
    let after = if shown.again {
        text::hints_again()
    } else if shown.number == shown.of && has_passed {
        text::last_hint_passed(exercise.words())
    } else if shown.number == shown.of {
        text::last_hint(exercise.words())
    } else {
        text::more_hints()
    };
    format!("\n{title}\n\n{body}\n{}\n", screen.faint(&after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;
    use checks::{Check, Failure, Hint, Outcome, Report, Role, Symptom, Text, Verdict};

    const A: Text = Text { vi: "một", en: "one" };
    const B: Text = Text { vi: "hai", en: "two" };
    static LEFTOVER: Hint = Hint { id: "leftover", text: Text { vi: "sót lại", en: "left over" } };
    static SILENT: Hint = Hint { id: "silent", text: Text { vi: "im lặng", en: "silent" } };
    static TASK: Task = Task {
        number: 91,
        name: "whisper",
        title: A,
        role: Role::Client,
        checks: &[Check { id: "soft", title: A, points: 1, run: |_| Ok(()) }],
        hints: &[A, B],
        source: "",
    };

    fn failed(hint: &'static Hint) -> Report {
        let mut failure = Failure::new(Symptom::Silence, A);
        failure.hint = Some(hint);
        let verdict = Verdict::Failed(failure);
        let outcome = Outcome { check: &TASK.checks[0], verdict, elapsed: std::time::Duration::ZERO };
        Report { task: &TASK, seed: 1, outcomes: vec![outcome] }
    }

    /// Asks for a hint as the command does, and tells which came.
    fn ask(progress: &mut Progress) -> (String, usize, usize) {
        let shown = advance(&TASK, progress.entry_mut(&TASK)).unwrap();
        (shown.text.en, shown.number, shown.of)
    }

    #[test]
    fn before_any_run_the_general_hints_come_in_order_and_begin_anew() {
        let mut progress = Progress::default();
        assert_eq!(ask(&mut progress), ("one".into(), 1, 2));
        assert_eq!(ask(&mut progress), ("two".into(), 2, 2));
        assert_eq!(ask(&mut progress), ("one".into(), 1, 2));
        assert_eq!(ask(&mut progress), ("two".into(), 2, 2));
    }

    #[test]
    fn the_symptom_of_the_last_run_comes_first() {
        let mut progress = Progress::default();
        assert_eq!(ask(&mut progress), ("one".into(), 1, 2));
        progress.remember(&failed(&LEFTOVER));
        assert_eq!(ask(&mut progress), ("left over".into(), 1, 3));
        assert_eq!(ask(&mut progress), ("two".into(), 3, 3));
        progress.remember(&failed(&SILENT));
        assert_eq!(ask(&mut progress), ("silent".into(), 1, 3));
    }

    #[test]
    fn a_task_without_hints_has_none() {
        static BARE: Task =
            Task { number: 91, name: "bare", title: A, role: Role::Client, checks: &[], hints: &[], source: "" };
        assert_eq!(next(&BARE, &Entry::default()), None);
    }
}
