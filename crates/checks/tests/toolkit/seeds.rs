//! A seed replays a failure, whatever else runs beside it.

use checks::{Check, Lang, Style, Text, Verdict};
use libtest_mimic::{Failed, Trial};

use crate::cases::{judge_self, playing, task_of};

pub fn tests() -> Vec<Trial> {
    vec![Trial::test("a seed replays the failure", replays), Trial::test("no seed, another run", differs)]
}

fn guess() -> Check {
    Check {
        id: "guess",
        title: Text { vi: "", en: "" },
        points: 1,
        run: |check| {
            let word = check.rng().word(12);
            let mut peer = check.start_with(&playing("flips"))?.connect()?;
            peer.send(word.as_bytes())?;
            peer.expect(word.as_bytes())
        },
    }
}

/// What the failure shows as due and as come; that is where the random word is.
fn shown(seed: Option<u64>) -> Result<(u64, String), Failed> {
    let report = judge_self(task_of(vec![guess()]), seed)?;
    match &report.outcomes[0].verdict {
        Verdict::Failed(failure) => {
            let text = report.render(Lang::En, Style::default());
            if !text.contains(&format!("--seed {:#x}", report.seed)) {
                return Err(format!("the seed is not in the report:\n{text}").into());
            }
            Ok((report.seed, format!("{:?}", failure.difference)))
        }
        other => Err(format!("{other:?}").into()),
    }
}

fn replays() -> Result<(), Failed> {
    let (seed, first) = shown(None)?;
    let (again, second) = shown(Some(seed))?;
    if (seed, &first) == (again, &second) { Ok(()) } else { Err(format!("{first}\n{second}").into()) }
}

fn differs() -> Result<(), Failed> {
    let ((one, first), (other, second)) = (shown(None)?, shown(None)?);
    if one != other && first != second { Ok(()) } else { Err(format!("{one} {first}").into()) }
}
