//! Pages: a directive such as `{{#figure handshake}}` becomes Markdown and HTML.
//!
//! A directive stands alone on its line. One that is unknown or broken is a [`Problem`] with its
//! file and line, and no book is built. To show a directive as text, write `\{{#…}}`.

mod claims;
mod glossary;
pub(crate) mod include;
mod map;
mod measured;
mod mistakes;
mod schedule;
pub(crate) mod transcript;

pub use claims::{Claim, ClaimVerdict, Claims};
pub use glossary::{Glossary, Term};

use crate::course::Course;
use crate::markdown::Fences;
use crate::problem::{Problem, line_at};
use crate::{figure, text};
use narrate::Lang;
use std::fs;
use std::path::{Path, PathBuf};

/// The first line of each page: it was brought in step with its counterpart in another language.
pub const STEP_MARK: &str = "<!-- in-step-with: ";

/// One page of one language.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language of the page.
    pub lang: Lang,
    /// The file's name, such as `03-stream.md`.
    pub name: String,
    /// The file, relative to the top of the course.
    pub file: PathBuf,
    /// The whole file.
    pub text: String,
}

impl Page {
    /// Reads the page `name` of `lang`.
    pub fn read(course: &Course, lang: Lang, name: &str) -> Result<Page, Problem> {
        let path = course.pages(lang).join(name);
        let file = course.relative(&path).to_owned();
        let text = fs::read_to_string(&path).map_err(|error| Problem::new(&file, 0, text::cannot_read(error)))?;
        Ok(Page { lang, name: name.to_owned(), file, text })
    }

    /// A problem at `line` of this page.
    pub fn problem(&self, line: usize, message: impl Into<String>) -> Problem {
        Problem::new(&self.file, line, message)
    }

    /// The line, counted from 1, of byte `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        line_at(&self.text, offset)
    }

    /// The page's directives outside code blocks, as written, with their lines.
    pub fn directives(&self) -> Vec<(usize, &str)> {
        let mut fences = Fences::default();
        let mut found = Vec::new();
        for (number, line) in self.text.lines().enumerate() {
            fences.step(line);
            if fences.inside().is_none() && line.trim_start().starts_with("{{#") {
                found.push((number + 1, line.trim()));
            }
        }
        found
    }
}

/// What a directive knows about the place where it stands.
pub struct DirectiveContext<'a> {
    /// The course.
    pub course: &'a Course,
    /// The page.
    pub page: &'a Page,
    /// How many directives stand before this one: makes ids unique.
    pub number: usize,
}

impl DirectiveContext<'_> {
    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.page.lang
    }

    /// The page's name without `.md`.
    pub fn stem(&self) -> &str {
        self.page.name.strip_suffix(".md").unwrap_or(&self.page.name)
    }
}

/// The page with every directive replaced, and everything that is wrong with its directives.
pub fn expand(course: &Course, page: &Page) -> (String, Vec<Problem>) {
    let mut out = String::with_capacity(page.text.len() * 2);
    let mut problems = Vec::new();
    let mut fences = Fences::default();
    for (index, line) in page.text.lines().enumerate() {
        if index == 0 && line.starts_with(STEP_MARK) {
            continue; // for `check`, not for readers
        }
        fences.step(line);
        match directive(line) {
            Line::Plain => out.push_str(&line.replace("\\{{#", "{{#")),
            Line::Stray => problems.push(page.problem(index + 1, text::directive_not_alone())),
            Line::Directive(body) => {
                let context = DirectiveContext { course, page, number: index };
                match run(&context, body, fences.inside().is_some()) {
                    Ok(made) => out.push_str(&made),
                    Err(message) => problems.push(page.problem(index + 1, message)),
                }
            }
        }
        out.push('\n');
    }
    (out, problems)
}

enum Line<'a> {
    Plain,
    Stray,
    Directive(&'a str),
}

fn directive(line: &str) -> Line<'_> {
    let bare = line.replace("\\{{#", "");
    if !bare.contains("{{#") {
        return Line::Plain;
    }
    let body = line.trim().strip_prefix("{{#").and_then(|rest| rest.strip_suffix("}}"));
    match body {
        Some(body) if !body.contains("{{") && !body.contains("}}") => Line::Directive(body),
        _ => Line::Stray,
    }
}

/// Runs one directive. Problems are sentences; the caller adds file and line.
fn run(context: &DirectiveContext, body: &str, in_code: bool) -> Result<String, String> {
    let mut words = body.split_whitespace();
    let name = words.next().unwrap_or_default();
    let arguments: Vec<&str> = words.collect();
    if name == "include" {
        return match arguments[..] {
            [target] => include::expand(context, target),
            _ => Err(text::directive_usage("{{#include PATH:ANCHOR}}")),
        };
    }
    if in_code {
        return Err(text::directive_in_code(name));
    }
    let made = match (name, &arguments[..]) {
        ("figure", [name]) => {
            let id = format!("fig-{}-{name}-{}", context.stem(), context.number);
            figure::draw_file(context.course, name, context.lang(), &id)
        }
        ("figure", _) => Err(text::directive_usage("{{#figure NAME}}")),
        ("transcript", [lesson]) => transcript::expand(context, lesson, None),
        ("transcript", [lesson, steps]) => transcript::expand(context, lesson, Some(steps)),
        ("transcript", _) => Err(text::directive_usage("{{#transcript NN [STEP[-STEP]]}}")),
        ("mistakes", [lesson, task]) => mistakes::expand(context, lesson, task),
        ("mistakes", _) => Err(text::directive_usage("{{#mistakes NN TASK}}")),
        ("claim", [id]) => claims::one(context, id),
        ("claim", _) => Err(text::directive_usage("{{#claim C07}}")),
        ("claims", []) => claims::all(context),
        ("claims", _) => Err(text::directive_usage("{{#claims}}")),
        ("schedule", []) => schedule::expand(context),
        ("schedule", _) => Err(text::directive_usage("{{#schedule}}")),
        ("glossary", [group]) => glossary::expand(context, group),
        ("glossary", _) => Err(text::directive_usage("{{#glossary GROUP}}")),
        ("measured", [name, columns @ ..]) => measured::expand(context, name, columns),
        ("measured", _) => Err(text::directive_usage("{{#measured NAME [COLUMN…]}}")),
        ("map", []) => map::expand(context),
        ("map", _) => Err(text::directive_usage("{{#map}}")),
        _ => Err(text::directive_unknown(name)),
    }?;
    Ok(format!("\n{made}\n"))
}

/// The number of a lesson as directives write it: two digits.
fn lesson_number(word: &str) -> Result<u8, String> {
    match word.parse() {
        Ok(number) if word.len() == 2 => Ok(number),
        _ => Err(text::lesson_number_wanted(word)),
    }
}

/// Reads a file that a directive names; a failure names the file as the course knows it.
fn read(course: &Course, path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| text::cannot_read_file(course.relative(path).display(), error))
}
