//! A variant of a solution as a small diff: a wrong one that a check must refuse, or a right one
//! that every check must accept.

use anyhow::{Context, Result, anyhow, bail};

use crate::text::verify as text;

/// What stands in a `.patch` file.
#[derive(Debug, PartialEq, Eq)]
pub struct Patch {
    /// The name of the task whose program it changes.
    pub task: String,
    /// The check that must refuse the result; right variants have none.
    pub refused_by: Option<String>,
    /// The hint that the refusal must come with, if that matters.
    pub hint: Option<String>,
    diff: String,
}

impl Patch {
    /// Reads a patch: header lines (`refused-by:`, `hint:`, `vi:`, `en:`), then a unified diff
    /// against `src/bin/<task>.rs`.
    ///
    /// # Errors
    /// A sentence that names the line that cannot be read, or what is missing.
    pub fn parse(source: &str) -> Result<Patch> {
        let source = source.replace("\r\n", "\n");
        let start = match source.find("\n--- ") {
            Some(newline) => newline + 1,
            None => bail!(text::no_diff()),
        };
        let (header, diff) = source.split_at(start);
        let (mut refused_by, mut hint, mut vi, mut en) = (None, None, None, None);
        for (index, line) in header.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (name, value) = line.split_once(':').ok_or_else(|| anyhow!(text::unknown_header(index + 1, line)))?;
            let slot = match name {
                "refused-by" => &mut refused_by,
                "hint" => &mut hint,
                "vi" => &mut vi,
                "en" => &mut en,
                _ => bail!(text::unknown_header(index + 1, line)),
            };
            *slot = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
        if vi.is_none() || en.is_none() {
            bail!(text::no_sentence());
        }
        let first = diff.lines().next().unwrap_or_default();
        let task = first
            .strip_prefix("--- a/src/bin/")
            .and_then(|rest| rest.split_whitespace().next()?.strip_suffix(".rs"))
            .ok_or_else(|| anyhow!(text::other_file(first)))?;
        Ok(Patch { task: task.to_owned(), refused_by, hint, diff: diff.to_owned() })
    }

    /// The solution with the patch applied.
    ///
    /// # Errors
    /// When the diff is malformed, does not fit the solution any more, or changes nothing.
    pub fn apply(&self, solution: &str) -> Result<String> {
        let diff = diffy::Patch::from_str(&self.diff).with_context(text::malformed)?;
        let result = diffy::apply(solution, &diff).with_context(text::does_not_apply)?;
        if result == solution {
            bail!(text::changes_nothing());
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
refused-by: calm
hint: spin
vi: Quay vòng.
en: It spins.

--- a/src/bin/echo.rs
+++ b/src/bin/echo.rs
@@ -1,3 +1,3 @@
 one
-two
+2
 three
";

    #[test]
    fn header_and_diff_are_read() {
        let patch = Patch::parse(GOOD).unwrap();
        assert_eq!((patch.task.as_str(), patch.refused_by.as_deref()), ("echo", Some("calm")));
        assert_eq!(patch.hint.as_deref(), Some("spin"));
        assert_eq!(patch.apply("one\ntwo\nthree\n").unwrap(), "one\n2\nthree\n");
        assert_eq!(Patch::parse(&GOOD.replace('\n', "\r\n")).unwrap(), patch);
    }

    #[test]
    fn a_diff_that_does_not_fit_any_more_is_an_error() {
        let patch = Patch::parse(GOOD).unwrap();
        assert!(patch.apply("one\nzwei\nthree\n").is_err());
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        let message = |source: &str| format!("{:#}", Patch::parse(source).unwrap_err());
        assert!(message("vi: a\nen: b\n").contains("--- a/src/bin/"));
        assert!(message(&GOOD.replace("en: It spins.\n", "")).contains("en:"));
        assert!(message(&GOOD.replace("hint:", "hnit:")).contains("hnit"));
        assert!(message(&GOOD.replace("a/src/bin/echo.rs", "a/README.md")).contains("README"));
    }
}
