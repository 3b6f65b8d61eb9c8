//! A page that uses an agreed term in English uses its agreed rendering in Vietnamese.

use super::prose::words_of;
use crate::page::{Glossary, Page};
use crate::problem::Problem;
use crate::text;

/// Terms whose Vietnamese side says something else, section by section.
pub fn problems(glossary: &Glossary, vi: &Page, en: &Page) -> Vec<Problem> {
    let (left, right) = (words_of(vi), words_of(en));
    let mut problems = Vec::new();
    // With unequal sections the two sides cannot be compared; `parity` has said so.
    if left.len() != right.len() {
        return problems;
    }
    for (vietnamese, english) in left.iter().zip(&right) {
        for term in &glossary.term {
            let used = term.forms.iter().find_map(|form| english.line_of(form));
            let rendered = term.renderings.iter().any(|form| vietnamese.line_of(form).is_some());
            if let Some(line) = used.filter(|_| !rendered) {
                let place = format!("{}:{line}", en.file.display());
                problems
                    .push(vi.problem(vietnamese.line, text::term_missing(&term.en, place, term.renderings.join(", "))));
            }
        }
    }
    problems
}
