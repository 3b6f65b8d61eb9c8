//! `{{#include PATH:ANCHOR}}`: lines of a source file, by name and never by number.

use super::{DirectiveContext, Page, read};
use crate::course::Course;
use crate::text;
use std::path::{Component, Path, PathBuf};

/// The lines between `ANCHOR: name` and `ANCHOR_END: name`, moved to the left margin.
/// Without an anchor the whole file, which then must hold no anchors.
pub fn expand(context: &DirectiveContext, target: &str) -> Result<String, String> {
    let (path, anchor) = split(target);
    let path = resolve(context.course, context.page, path).ok_or_else(|| text::include_outside(path))?;
    let source = read(context.course, &path)?;
    let file = context.course.relative(&path).display().to_string().replace('\\', "/");
    let lines = match anchor {
        Some(name) if name.starts_with(|c: char| c.is_ascii_digit()) => {
            return Err(text::include_by_number(name));
        }
        Some(name) => between(&source, name).ok_or_else(|| text::include_no_anchor(&file, name))?,
        None if source.lines().any(is_anchor) => return Err(text::include_has_anchors(&file)),
        None => without_tests(&source).filter(|line| !is_mark(line)).collect(),
    };
    let made = to_the_margin(&lines);
    if made.trim().is_empty() { Err(text::include_empty(target)) } else { Ok(made) }
}

/// Splits `PATH:ANCHOR`. Neither part of a path in the course contains a colon.
pub fn split(target: &str) -> (&str, Option<&str>) {
    target.split_once(':').map_or((target, None), |(path, anchor)| (path, Some(anchor)))
}

/// The file that `path` means on this page, unless it lies outside the course.
pub fn resolve(course: &Course, page: &Page, path: &str) -> Option<PathBuf> {
    let mut parts: Vec<&std::ffi::OsStr> = Vec::new();
    let start = page.file.parent()?;
    let joined = start.join(Path::new(path));
    for part in joined.components() {
        match part {
            Component::Normal(name) => parts.push(name),
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(course.root().join(parts.iter().collect::<PathBuf>()))
}

/// The lines of a solution without its tests: those between `//~ tests` and `//~ end`.
fn without_tests(source: &str) -> impl Iterator<Item = &str> {
    let mut tests = false;
    source.lines().filter(move |line| {
        let mark = line.trim();
        tests = (tests || mark == "//~ tests") && mark != "//~ end";
        !tests
    })
}

fn is_anchor(line: &str) -> bool {
    marker(line, "ANCHOR:").is_some() || marker(line, "ANCHOR_END:").is_some()
}

/// Whether a line is a mark of the solutions' format (`//~ task`, `//~ end`), which is for the
/// tool that makes exercises and not for readers.
pub fn is_mark(line: &str) -> bool {
    line.trim_start().starts_with("//~")
}

/// The name after `keyword` in a comment line such as `// ANCHOR: name`.
fn marker<'a>(line: &'a str, keyword: &str) -> Option<&'a str> {
    let (_, name) = line.split_once(keyword)?;
    name.split_whitespace().next()
}

fn between<'a>(source: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let mut lines = source.lines().skip_while(|line| marker(line, "ANCHOR:") != Some(name));
    lines.next()?;
    let mut inside = Vec::new();
    for line in lines {
        if marker(line, "ANCHOR_END:") == Some(name) {
            return Some(inside);
        }
        if !is_anchor(line) && !is_mark(line) {
            inside.push(line);
        }
    }
    None // the anchor is never closed
}

/// The same lines without the indentation that all of them share.
pub fn to_the_margin(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let moved: Vec<&str> = lines.iter().map(|line| line.get(shared..).unwrap_or("")).collect();
    moved.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "fn f() {\n    // ANCHOR: a\n    one();\n    // ANCHOR: b\n        two();\n    // ANCHOR_END: b\n\n    // ANCHOR_END: a\n}\n// ANCHOR: open\n";

    #[test]
    fn an_anchor_gives_its_lines_without_inner_anchors() {
        assert_eq!(between(SOURCE, "a").unwrap(), ["    one();", "        two();", ""]);
    }

    #[test]
    fn an_anchor_that_is_missing_or_never_closed_gives_nothing() {
        assert_eq!(between(SOURCE, "c"), None);
        assert_eq!(between(SOURCE, "open"), None);
    }

    #[test]
    fn without_tests_leaves_the_program_and_its_tasks() {
        let source = "a\n//~ task\nb\n//~ end\n//~ tests\nmod tests {}\n//~ end\nc\n";
        let lines: Vec<&str> = without_tests(source).filter(|line| !is_mark(line)).collect();
        assert_eq!(lines, ["a", "b", "c"]);
    }

    #[test]
    fn lines_move_to_the_margin_together() {
        assert_eq!(to_the_margin(&["    one", "        two", "", "    three"]), "one\n    two\n\nthree");
    }
}
