//! `{{#mistakes 03 echo}}`: the deliberately wrong solutions of a task, as mistakes to avoid.

use super::include::{is_mark, to_the_margin};
use super::{DirectiveContext, lesson_number, read};
use crate::markdown::{fenced, inline};
use crate::text;
use narrate::{Lang, Text};
use std::fs;
use std::path::Path;

const REFUSED_BY: Text = Text { vi: "Phép kiểm tra bắt lỗi này:", en: "The check that refuses it:" };

/// The header of a wrong solution's patch, and the change below it.
#[derive(Debug, PartialEq, Eq)]
struct Mistake<'a> {
    refused_by: &'a str,
    vi: &'a str,
    en: &'a str,
    change: String,
}

/// One `<details>` for each wrong solution that changes the program of `task`.
pub fn expand(context: &DirectiveContext, lesson: &str, task: &str) -> Result<String, String> {
    let number = lesson_number(lesson)?;
    let folder =
        context.course.numbered("solutions", number).ok_or_else(|| text::solutions_missing(lesson))?.join("wrong");
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .map_err(|error| text::cannot_read_file(context.course.relative(&folder).display(), error))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "patch"))
        .collect();
    paths.sort();

    let tasks = tasks(&folder.with_file_name("src").join("bin"), task);
    let mut blocks = Vec::new();
    for path in paths {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if owner(&stem, &tasks) != Some(task) {
            continue;
        }
        let patch = read(context.course, &path)?;
        let mistake =
            parse(&patch).map_err(|field| text::patch_header(context.course.relative(&path).display(), field))?;
        blocks.push(show(&mistake, context.lang()));
    }
    if blocks.is_empty() { Err(text::mistakes_none(lesson, task)) } else { Ok(blocks.join("\n\n")) }
}

fn show(mistake: &Mistake, lang: Lang) -> String {
    let sentence = match lang {
        Lang::Vi => mistake.vi,
        Lang::En => mistake.en,
    };
    format!(
        "<details class=\"mistake\">\n<summary>{}</summary>\n\n{}\n\n<p class=\"refused-by\">{} <code>{}</code></p>\n\n</details>",
        inline(sentence),
        fenced("diff", &mistake.change),
        REFUSED_BY.get(lang),
        mistake.refused_by,
    )
}

/// The tasks whose programs stand in `folder`, and `task` itself.
fn tasks(folder: &Path, task: &str) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned()));
    names.chain([task.to_owned()]).collect()
}

/// The task that a patch called `stem` is about: the longest that its name begins with.
fn owner<'a>(stem: &str, tasks: &'a [String]) -> Option<&'a str> {
    let fits = |task: &&String| stem.strip_prefix(task.as_str()).is_some_and(|rest| rest.starts_with('-'));
    tasks.iter().filter(fits).max_by_key(|task| task.len()).map(String::as_str)
}

/// Reads a patch; the error is the header field that is missing or unknown.
fn parse(patch: &str) -> Result<Mistake<'_>, &str> {
    let (mut refused_by, mut vi, mut en) = (None, None, None);
    let mut lines = patch.lines().peekable();
    while let Some(line) = lines.next_if(|line| !line.starts_with("--- ") && !line.starts_with("@@")) {
        match line.split_once(':').map(|(field, value)| (field, value.trim())) {
            Some(("refused-by", value)) => refused_by = Some(value),
            Some(("vi", value)) => vi = Some(value),
            Some(("en", value)) => en = Some(value),
            Some(("hint", _)) => {}
            _ if line.trim().is_empty() => {}
            _ => return Err(line),
        }
    }
    let mut change = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("--- ") && lines.next_if(|next| next.starts_with("+++ ")).is_some() {
            continue; // the file's name says which program it changes
        } else if line.starts_with("@@") {
            if !change.is_empty() {
                change.push((' ', "⋮"));
            }
        } else if line.is_empty() {
            change.push((' ', "")); // some tools drop the blank that begins an empty line
        } else if let Some(sign @ (' ' | '+' | '-')) = line.chars().next().filter(|_| !is_mark(&line[1..])) {
            change.push((sign, &line[1..]));
        }
    }
    Ok(Mistake {
        refused_by: refused_by.ok_or("refused-by:")?,
        vi: vi.ok_or("vi:")?,
        en: en.ok_or("en:")?,
        change: shown(&change),
    })
}

/// The changed lines at the left margin, each behind its sign.
fn shown(change: &[(char, &str)]) -> String {
    let lines: Vec<&str> = change.iter().map(|(_, line)| *line).collect();
    let moved = to_the_margin(&lines);
    let signed = change.iter().zip(moved.lines()).map(|((sign, _), line)| format!("{sign} {line}"));
    signed.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATCH: &str = "refused-by: coalesced\nhint: leftover\nvi: Một câu.\nen: One sentence: really.\n--- a/src/bin/echo.rs\n+++ b/src/bin/echo.rs\n@@ -1,2 +1,2 @@\n fn main() {\n-    right();\n+    wrong();\n@@ -9,1 +9,1 @@\n-a\n+b\n";

    #[test]
    fn a_patch_gives_its_header_and_its_change() {
        let mistake = parse(PATCH).unwrap();
        assert_eq!(mistake.refused_by, "coalesced");
        assert_eq!(mistake.en, "One sentence: really.");
        assert_eq!(mistake.change, "  fn main() {\n-     right();\n+     wrong();\n  ⋮\n- a\n+ b");
        let bare = PATCH.replace("--- a/src/bin/echo.rs\n+++ b/src/bin/echo.rs\n", "");
        assert_eq!(parse(&bare).unwrap(), mistake);
    }

    #[test]
    fn owner_is_the_longest_task_that_the_name_begins_with() {
        let tasks = ["line".to_owned(), "line-store".to_owned()];
        assert_eq!(owner("line-store-late", &tasks), Some("line-store"));
        assert_eq!(owner("line-stored", &tasks), Some("line"));
        assert_eq!(owner("store", &tasks), None);
    }

    #[test]
    fn a_change_stands_at_the_margin_without_the_marks_of_the_solution() {
        let patch = "refused-by: x\nvi: a\nen: b\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n     //~ task\n-    right();\n+    wrong();\n\n     //~ end\n";
        assert_eq!(parse(patch).unwrap().change, "- right();\n+ wrong();");
    }

    #[test]
    fn a_header_that_lacks_a_field_or_has_an_unknown_one_is_refused() {
        assert_eq!(parse("vi: a\nen: b\n--- a/x\n"), Err("refused-by:"));
        assert_eq!(parse("refused-by: x\nvi: a\n--- a/x\n"), Err("en:"));
        assert_eq!(parse("refused: x\n--- a/x\n"), Err("refused: x"));
    }
}
