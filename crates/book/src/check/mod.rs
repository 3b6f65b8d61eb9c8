//! Refuses a book that is broken, stale, or on one side only.
//!
//! mdBook builds a page whose include or link leads nowhere, and nothing in it knows that there
//! are two languages. Each module here looks for one kind of fault and names file and line.

mod code;
mod glossary;
mod links;
mod parity;
mod prose;
mod readme;
mod spelling;
mod step;

pub use step::bless;

use crate::course::Course;
use crate::page::{self, Claims, Page};
use crate::problem::{Problem, Problems};
use crate::{site, text};
use anyhow::Result;
use narrate::Lang;
use std::fmt;

/// What was looked at, when nothing is wrong.
#[derive(Debug)]
pub struct Report {
    /// Pages of both languages.
    pub pages: usize,
    /// Links and fragments followed in the built book.
    pub links: usize,
    /// Words looked up, or none when there is no dictionary.
    pub words: Option<usize>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", text::check_passed(self.pages, self.links))?;
        match self.words {
            Some(words) => write!(f, "\n{}", text::check_spelled(words)),
            None => write!(f, "\n{}", text::check_no_dictionary()),
        }
    }
}

/// Where a spelling dictionary comes from.
#[derive(Debug)]
pub enum Dictionary {
    /// The one that Debian's package `hunspell-vi` installs, when it is there.
    Installed,
    /// This text of a `.dic` file: one word a line behind a first line with their number.
    Given(String),
    /// None at all; spelling is reported as skipped.
    None,
}

/// Checks the whole book.
///
/// # Errors
/// [`Problems`] with everything that is wrong; other errors when the disk refuses.
pub fn run(course: &Course) -> Result<Report> {
    run_with(course, &Dictionary::Installed)
}

/// [`run`] with a dictionary of the caller's choice.
pub fn run_with(course: &Course, dictionary: &Dictionary) -> Result<Report> {
    let mut problems = step::one_sided(course)?;
    let pairs = pairs(course, &mut problems);
    for (vi, en) in &pairs {
        problems.extend(parity::problems(vi, en));
        problems.extend(step::stale(vi, en));
        for page in [vi, en] {
            problems.extend(code::problems(course, page));
            problems.extend(prose::unwritten(page));
            problems.extend(page::expand(course, page).1);
        }
    }
    match Claims::read(course) {
        Ok(claims) => problems.extend(claims.problems(course)),
        Err(problem) => problems.push(problem),
    }
    match page::Glossary::read(course) {
        Ok(glossary) => {
            for (vi, en) in &pairs {
                problems.extend(glossary::problems(&glossary, vi, en));
            }
        }
        Err(problem) => problems.push(problem),
    }
    problems.extend(readme::problems(course));
    let prose = prose::collect(course, pairs.iter().map(|(vi, _)| vi));
    problems.extend(prose::problems(course, &prose));
    let words = spelling::problems(course, &prose, dictionary, &mut problems);
    Problems::check(problems)?;

    let built = tempfile::tempdir()?;
    let out = built.path().join("book");
    site::build(course, &out)?;
    let (links, broken) = links::problems(course, &out)?;
    Problems::check(broken)?;
    Ok(Report { pages: pairs.len() * 2, links, words })
}

/// Every page that exists in both languages, the Vietnamese one first.
fn pairs(course: &Course, problems: &mut Vec<Problem>) -> Vec<(Page, Page)> {
    let mut pairs = Vec::new();
    for name in course.page_names(Lang::Vi).unwrap_or_default() {
        if !course.pages(Lang::En).join(&name).exists() {
            continue; // `step::one_sided` has said so
        }
        match (Page::read(course, Lang::Vi, &name), Page::read(course, Lang::En, &name)) {
            (Ok(vi), Ok(en)) => pairs.push((vi, en)),
            (vi, en) => problems.extend([vi.err(), en.err()].into_iter().flatten()),
        }
    }
    pairs
}
