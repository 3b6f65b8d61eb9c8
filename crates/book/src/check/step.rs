//! Each page says with which text of its counterpart it was last brought in step.

use crate::course::Course;
use crate::page::{Page, STEP_MARK};
use crate::problem::Problem;
use crate::text;
use anyhow::{Result, bail};
use narrate::Lang;
use std::fs;

/// Not a page that readers see: its two sides are compared, but carry no mark.
pub const SUMMARY: &str = "SUMMARY.md";

/// Pages that only one language has.
pub fn one_sided(course: &Course) -> Result<Vec<Problem>> {
    let (vi, en) = (course.page_names(Lang::Vi)?, course.page_names(Lang::En)?);
    let missing = |names: &[String], others: &[String], lang: Lang, other: Lang| -> Vec<Problem> {
        let alone = names.iter().filter(|name| !others.contains(name));
        let place = |name| course.pages(lang).join(name);
        alone.map(|name| Problem::new(course.relative(&place(name)), 0, text::page_one_sided(name, other))).collect()
    };
    let mut problems = missing(&vi, &en, Lang::Vi, Lang::En);
    problems.extend(missing(&en, &vi, Lang::En, Lang::Vi));
    Ok(problems)
}

/// Pages whose counterpart has changed since.
pub fn stale(vi: &Page, en: &Page) -> Vec<Problem> {
    if vi.name == SUMMARY {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for (page, other) in [(vi, en), (en, vi)] {
        match page.text.lines().next().filter(|line| line.starts_with(STEP_MARK)) {
            None => problems.push(page.problem(1, text::page_unmarked(&page.name))),
            Some(mark) if mark != mark_for(other) => {
                problems.push(page.problem(1, text::page_stale(other.file.display(), &page.name)));
            }
            Some(_) => {}
        }
    }
    problems
}

/// The first line of a page that is in step with `other` as it is now.
fn mark_for(other: &Page) -> String {
    format!("{STEP_MARK}{} {} -->", other.lang, hash(&other.text))
}

/// A hash of the page's words: marks, line breaks and indentation do not count.
/// FNV-1a, cut to 48 bits; it guards against forgetting, not against forgery.
fn hash(page: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let body = page.lines().filter(|line| !line.starts_with(STEP_MARK));
    for word in body.flat_map(str::split_whitespace) {
        for byte in word.bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{:012x}", hash & 0xffff_ffff_ffff)
}

/// Writes into both sides of each page that a person has brought them in step.
/// `pages` are names such as `03-stream`; none means all. Returns the names that changed.
///
/// # Errors
/// When a page does not exist on both sides, or cannot be written.
pub fn bless(course: &Course, pages: Option<&[String]>) -> Result<Vec<String>> {
    let names = match pages {
        Some(pages) => pages.iter().map(|page| plain_name(page)).collect(),
        None => course.page_names(Lang::Vi)?,
    };
    let mut blessed = Vec::new();
    for name in names.into_iter().filter(|name| name != SUMMARY) {
        let mut read = Vec::new();
        for lang in Lang::ALL {
            match Page::read(course, lang, &name) {
                Ok(page) => read.push(page),
                Err(problem) => bail!(problem.to_string()),
            }
        }
        let mut changed = false;
        for (page, other) in [(&read[0], &read[1]), (&read[1], &read[0])] {
            let text = marked(page, other);
            if text != page.text {
                fs::write(course.root().join(&page.file), text)?;
                changed = true;
            }
        }
        if changed {
            blessed.push(name);
        }
    }
    Ok(blessed)
}

/// The page's text with the mark that is right now.
fn marked(page: &Page, other: &Page) -> String {
    let body = match page.text.split_once('\n') {
        Some((first, rest)) if first.starts_with(STEP_MARK) => rest,
        _ => &page.text,
    };
    format!("{}\n{body}", mark_for(other))
}

/// `03-stream`, `03-stream.md` and `book/vi/03-stream.md` mean the same page.
fn plain_name(page: &str) -> String {
    let name = page.rsplit(['/', '\\']).next().unwrap_or(page);
    if name.ends_with(".md") { name.to_owned() } else { format!("{name}.md") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_a_paragraph_is_no_change_and_a_word_is_one() {
        assert_eq!(hash("one two\nthree\n"), hash("one\n  two three"));
        assert_ne!(hash("one two"), hash("one too"));
        assert_ne!(hash("one two"), hash("onetwo"));
        assert_eq!(hash("<!-- in-step-with: en 0 -->\none"), hash("one"));
    }

    #[test]
    fn a_page_may_be_named_in_three_ways() {
        for name in ["03-stream", "03-stream.md", "book/vi/03-stream.md"] {
            assert_eq!(plain_name(name), "03-stream.md");
        }
    }
}
