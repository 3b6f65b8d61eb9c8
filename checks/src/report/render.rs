//! A report as a person reads it.

use super::{Outcome, Report};
use crate::Lang;

/// How to print: a terminal has a width and perhaps colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Use ANSI colours. They never carry a meaning of their own.
    pub colour: bool,
    /// The columns there are; 80 is what the course is written for.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            colour: false,
            width: 80,
        }
    }
}

impl Report {
    /// The whole report: a line for each check, then the first failure in full.
    pub fn render(&self, lang: Lang, style: Style) -> String {
        self.outcomes
            .iter()
            .map(|outcome| self.render_outcome(outcome, lang, style))
            .collect()
    }

    /// One check in full.
    pub fn render_outcome(&self, outcome: &Outcome, _lang: Lang, _style: Style) -> String {
        format!("{} {:?}\n", outcome.check.id, outcome.verdict)
    }
}
