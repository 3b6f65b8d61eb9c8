//! What a measuring run said of claims: the file of verdicts that it leaves in `book/data`.
//!
//! A lesson that measures has no golden transcript: no two runs print the same. Its verdicts stand on a committed run
//! instead, and the page shows that run's own sentence, with its machine and its day.

use super::{Claim, ClaimVerdict};
use crate::course::{Both, Course};
use crate::markdown::escape;
use crate::page::measured::Machine;
use crate::text;
use narrate::Lang;
use serde::Deserialize;

/// A file of verdicts, as the lab writes it with `--save`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    machine: Machine,
    verdict: Vec<MeasuredVerdict>,
}

/// What it says of one claim.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredVerdict {
    claim: String,
    /// As in `claims.toml`, or `open` where that run could not tell.
    verdict: String,
    because: Both,
}

impl Claim {
    /// What is wrong with the claim's run: it cannot be read, cannot tell, or says something else than the ledger.
    pub(super) fn check_run(&self, course: &Course, file: &str) -> Result<(), String> {
        let run: Run = course.table(file).map_err(|problem| problem.to_string())?;
        let said =
            run.of(self).and_then(|said| said.verdict()).ok_or_else(|| text::claim_run_silent(&self.id, file))?;
        match self.verdict {
            Some(ledger) if ledger != said => {
                Err(text::claim_run_differs(&self.id, file, said.class(), ledger.class()))
            }
            _ => Ok(()),
        }
    }

    /// The run's own sentence; nothing where there is no run, or one that [`Claim::check_run`] refuses.
    pub(super) fn run_says(&self, course: &Course, lang: Lang) -> Option<String> {
        let run: Run = course.table(self.run.as_deref()?).ok()?;
        let because = escape(run.of(self)?.because.get(lang));
        let Machine { cpu, cores, system, date, .. } = &run.machine;
        let head = match lang {
            Lang::Vi => format!("Lần chạy ngày {date}, {cpu}, {cores} nhân, {system}:"),
            Lang::En => format!("The run of {date}, {cpu}, {cores} cores, {system}:"),
        };
        Some(format!("<p class=\"claim-run\"><span>{}</span> {because}</p>\n", escape(&head)))
    }
}

impl Run {
    fn of(&self, claim: &Claim) -> Option<&MeasuredVerdict> {
        self.verdict.iter().find(|said| said.claim == claim.id)
    }
}

impl MeasuredVerdict {
    fn verdict(&self) -> Option<ClaimVerdict> {
        ClaimVerdict::ALL.into_iter().find(|verdict| verdict.class() == self.verdict)
    }
}
