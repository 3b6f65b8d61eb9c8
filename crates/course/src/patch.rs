//! A variant of a solution as a small diff: a wrong one that a check must refuse, or a right one
//! that every check must accept.
//!
//! ```text
//! refused-by: half-close
//! hint: end-not-seen
//! vi: Không coi 0 byte là hết.
//! en: Does not take 0 bytes for the end.
//! @@ -89,3 +89,2 @@
//!          let count = match peer.read(&mut buffer) {
//! -            Ok(0) => return Ok(()),
//!              Ok(count) => count,
//! ```
//!
//! The file is called `<task>-<name>.patch`; the diff changes `src/bin/<task>.rs` of the marked
//! solution and carries one line of context. `---` and `+++` lines are accepted, and need not be there.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use diffy::{DiffOptions, Hunk, Line};

use crate::text::patch as text;

/// The lines of context around each change.
const CONTEXT: usize = 1;

/// The header and the diff of a `.patch` file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// The check that must refuse the result; right variants have none.
    pub refused_by: Option<String>,
    /// The hint that the refusal must come with, if that matters.
    pub hint: Option<String>,
    vi: Option<String>,
    en: Option<String>,
    /// The path behind `--- a/`, if the file has such a line.
    file: Option<String>,
    diff: String,
}

/// Splits the stem of a patch's file name into its task, the longest of `tasks` that fits, and
/// the variant's own name: `line-store-own-buffer` is `own-buffer` of `line-store`.
pub fn owner<'a>(stem: &'a str, tasks: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, &'a str)> {
    let fits = |task: &'a str| Some((task, stem.strip_prefix(task)?.strip_prefix('-')?));
    tasks.into_iter().filter_map(fits).max_by_key(|(task, _)| task.len())
}

/// Returns the patches in `folder`, in order; none when there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "patch") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

impl Patch {
    /// Reads a patch whose header may still lack something (see [`Patch::missing`]).
    ///
    /// # Errors
    /// A sentence that names the header line that cannot be read.
    pub fn draft(source: &str) -> Result<Patch> {
        let source = source.replace("\r\n", "\n");
        let is_diff = |line: &&str| line.starts_with("--- ") || line.starts_with("@@");
        let header: Vec<&str> = source.lines().take_while(|line| !is_diff(line)).collect();
        let mut patch = Patch::default();
        for (index, line) in header.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (name, value) = line.split_once(':').ok_or_else(|| anyhow!(text::unknown_header(index + 1, line)))?;
            let slot = match name {
                "refused-by" => &mut patch.refused_by,
                "hint" => &mut patch.hint,
                "vi" => &mut patch.vi,
                "en" => &mut patch.en,
                _ => bail!(text::unknown_header(index + 1, line)),
            };
            *slot = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
        let diff: Vec<&str> = source.lines().skip(header.len()).collect();
        patch.file = diff.first().and_then(|line| line.strip_prefix("--- ")).map(|path| {
            let path = path.split('\t').next().unwrap_or_default().trim();
            path.strip_prefix("a/").unwrap_or(path).to_owned()
        });
        patch.diff = diff.iter().flat_map(|line| [line, "\n"]).collect();
        Ok(patch)
    }

    /// Reads the patch of a variant of `task`.
    ///
    /// # Errors
    /// A sentence that names the line that cannot be read, or what is missing.
    pub fn parse(source: &str, task: &str) -> Result<Patch> {
        let patch = Patch::draft(source)?;
        if patch.diff.is_empty() {
            bail!(text::no_diff());
        }
        if patch.vi.is_none() || patch.en.is_none() {
            bail!(text::no_sentence());
        }
        match &patch.file {
            Some(file) if *file != format!("src/bin/{task}.rs") => bail!(text::other_file(task, file)),
            _ => Ok(patch),
        }
    }

    /// Returns the header fields that still have no value.
    pub fn missing(&self, wrong: bool) -> Vec<&'static str> {
        let fields = [
            ("refused-by:", wrong && self.refused_by.is_none()),
            ("vi:", self.vi.is_none()),
            ("en:", self.en.is_none()),
        ];
        fields.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| field).collect()
    }

    /// Returns the file's text, with the diff that turns `solution` into `variant`.
    pub fn write(&self, solution: &str, variant: &str, wrong: bool) -> String {
        let mut text = String::new();
        let fields = [("refused-by", &self.refused_by), ("hint", &self.hint), ("vi", &self.vi), ("en", &self.en)];
        for (name, value) in fields {
            let always = name == "vi" || name == "en" || (wrong && name == "refused-by");
            match value {
                Some(value) => _ = writeln!(text, "{name}: {value}"),
                None if always => _ = writeln!(text, "{name}:"),
                None => {}
            }
        }
        let diff = DiffOptions::new().set_context_len(CONTEXT).create_patch(solution, variant).to_string();
        text + diff.find("@@").map_or("", |hunks| &diff[hunks..])
    }

    /// Returns the solution with the patch applied. A hunk whose lines stand elsewhere than its
    /// number says is taken there, when they stand there once.
    ///
    /// # Errors
    /// When the diff is malformed, does not fit the solution any more, could fit at several
    /// places, or changes nothing.
    pub fn apply(&self, solution: &str) -> Result<String> {
        let diff = diffy::Patch::from_str(&self.diff).with_context(text::malformed)?;
        let lines: Vec<&str> = solution.split_inclusive('\n').collect();
        let (mut result, mut copied) = (String::with_capacity(solution.len()), 0);
        for hunk in diff.hunks() {
            let at = place_of(hunk, &lines, copied)?;
            result.extend(lines[copied..at].iter().copied());
            result.extend(hunk.lines().iter().filter_map(|line| match line {
                Line::Context(text) | Line::Insert(text) => Some(*text),
                Line::Delete(_) => None,
            }));
            copied = at + old_lines(hunk).count();
        }
        result.extend(lines[copied..].iter().copied());
        if result == solution {
            bail!(text::changes_nothing());
        }
        Ok(result)
    }
}

/// Returns the index of the first line of `lines` that `hunk` is about; not before `from`.
fn place_of(hunk: &Hunk<'_, str>, lines: &[&str], from: usize) -> Result<usize> {
    let old: Vec<&str> = old_lines(hunk).collect();
    let fits = |at: usize| at >= from && lines.get(at..at + old.len()).is_some_and(|there| there == old);
    // A hunk without old lines names the line behind which it inserts.
    let said = if old.is_empty() { hunk.old_range().start() } else { hunk.old_range().start().saturating_sub(1) };
    if fits(said) {
        return Ok(said);
    }
    let mut elsewhere = (from..lines.len()).filter(|at| !old.is_empty() && fits(*at));
    match (elsewhere.next(), elsewhere.next()) {
        (Some(at), None) => Ok(at),
        (Some(_), Some(_)) => bail!(text::fits_twice(hunk.old_range().start())),
        (None, _) => bail!(text::does_not_apply(hunk.old_range().start())),
    }
}

fn old_lines<'a>(hunk: &'a Hunk<'_, str>) -> impl Iterator<Item = &'a str> {
    hunk.lines().iter().filter_map(|line| match line {
        Line::Context(text) | Line::Delete(text) => Some(*text),
        Line::Insert(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
refused-by: calm
hint: spin
vi: Quay vòng.
en: It spins.
@@ -1,3 +1,3 @@
 one
-two
+2
 three
";

    #[test]
    fn parse_reads_header_and_diff_with_and_without_file_lines() {
        let patch = Patch::parse(GOOD, "echo").unwrap();
        assert_eq!(patch.refused_by.as_deref(), Some("calm"));
        assert_eq!(patch.hint.as_deref(), Some("spin"));
        assert_eq!(patch.apply("one\ntwo\nthree\n").unwrap(), "one\n2\nthree\n");
        assert_eq!(Patch::parse(&GOOD.replace('\n', "\r\n"), "echo").unwrap(), patch);
        let named = GOOD.replace("@@ -1", "\n--- a/src/bin/echo.rs\n+++ b/src/bin/echo.rs\n@@ -1");
        let named = Patch::parse(&named, "echo").unwrap();
        assert_eq!(named.apply("one\ntwo\nthree\n").unwrap(), "one\n2\nthree\n");
    }

    #[test]
    fn parse_names_what_is_missing_or_unknown() {
        let message = |source: &str| format!("{:#}", Patch::parse(source, "echo").unwrap_err());
        assert!(message("vi: a\nen: b\n").contains("@@"));
        assert!(message(&GOOD.replace("en: It spins.\n", "")).contains("en:"));
        assert!(message(&GOOD.replace("hint:", "hnit:")).contains("hnit"));
        assert!(message(&GOOD.replace("@@ -1", "--- a/README.md\n+++ b/README.md\n@@ -1")).contains("README"));
    }

    #[test]
    fn apply_moves_a_hunk_that_fits_once_and_refuses_one_that_fits_twice_or_never() {
        let patch = Patch::parse(GOOD, "echo").unwrap();
        assert_eq!(patch.apply("zero\none\ntwo\nthree\n").unwrap(), "zero\none\n2\nthree\n");
        assert!(patch.apply("one\nzwei\nthree\n").is_err());
        let message = format!("{:#}", patch.apply("zero\none\ntwo\nthree\none\ntwo\nthree\n").unwrap_err());
        assert!(message.contains("--remake"), "{message}");
    }

    #[test]
    fn write_gives_what_parse_and_apply_take() {
        let (old, new) = ("a\nb\nc\nd\ne\nf\n", "a\nb\nC\nd\ne\nf\ng\n");
        let patch = Patch::parse(GOOD, "echo").unwrap();
        let text = patch.write(old, new, true);
        let start = "refused-by: calm\nhint: spin\nvi: Quay vòng.\nen: It spins.\n@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n@@";
        assert!(text.starts_with(start), "{text}");
        assert_eq!(Patch::parse(&text, "echo").unwrap().apply(old).unwrap(), new);
        let fresh = Patch::default().write(old, new, true);
        assert!(fresh.starts_with("refused-by:\nvi:\nen:\n@@"), "{fresh}");
        assert_eq!(Patch::draft(&fresh).unwrap().missing(true), ["refused-by:", "vi:", "en:"]);
    }

    #[test]
    fn owner_takes_the_longest_task() {
        let tasks = ["line", "line-store"];
        assert_eq!(owner("line-store-own-buffer", tasks), Some(("line-store", "own-buffer")));
        assert_eq!(owner("line-stored", tasks), Some(("line", "stored")));
        assert_eq!(owner("store-line", tasks), None);
    }
}
