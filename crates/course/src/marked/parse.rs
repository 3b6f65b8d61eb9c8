//! Takes a marked solution apart.

use super::{Marked, Piece, Region};

/// What is wrong with the markers of a file, and in which line (counted from 1).
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line that shows it.
    pub line: usize,
    /// What is wrong there.
    pub mistake: Mistake,
}

/// The ways in which markers can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The file has no `//~ task`: there would be nothing to solve.
    NoTask,
    /// `//~ task` inside a region.
    Nested,
    /// The region is never closed.
    Unclosed,
    /// A directive that only a region can hold, outside of one.
    Outside(String),
    /// A directive after the answer has begun.
    AfterAnswer(String),
    /// A directive that does not exist.
    Unknown(String),
    /// A specification in one language only.
    OneLanguage,
    /// A stub without a specification.
    NoSpecification,
    /// A region without an answer.
    NoAnswer,
}

enum Directive<'a> {
    Task,
    Tests,
    Vi(&'a str),
    En(&'a str),
    Stub(&'a str),
    End,
}

impl Marked {
    /// Takes `source` apart. Line ends are folded to LF.
    ///
    /// # Errors
    /// The first [`Problem`] with its markers.
    pub fn parse(source: &str) -> Result<Marked, Problem> {
        let mut pieces = Vec::new();
        let mut open: Option<(usize, Region)> = None;
        let mut tests: Option<usize> = None;
        for (index, line) in source.lines().enumerate() {
            let at = |mistake| Problem { line: index + 1, mistake };
            let Some(marker) = line.trim_start().strip_prefix("//~") else {
                match &mut open {
                    Some((_, region)) => region.answer.push(line.to_owned()),
                    None if tests.is_some() => {}
                    None => pieces.push(Piece::Shared(line.to_owned())),
                }
                continue;
            };
            let directive = directive(marker).ok_or_else(|| at(Mistake::Unknown(named(marker))))?;
            if tests.is_some() {
                match directive {
                    Directive::End => tests = None,
                    _ => return Err(at(Mistake::Nested)),
                }
                continue;
            }
            match (directive, &mut open) {
                (Directive::Task | Directive::Tests, Some(_)) => return Err(at(Mistake::Nested)),
                (Directive::Tests, None) => {
                    tests = Some(index + 1);
                    pieces.push(Piece::Tests);
                }
                (Directive::Task, none) => {
                    let indent = line[..line.len() - line.trim_start().len()].to_owned();
                    *none = Some((index + 1, Region { indent, ..Region::default() }));
                }
                (_, None) => return Err(at(Mistake::Outside(named(marker)))),
                (Directive::End, region) => {
                    let (line, region) = region.take().unwrap_or_default();
                    region.complete().map_err(|mistake| Problem { line, mistake })?;
                    pieces.push(Piece::Region(region));
                }
                (_, Some((_, region))) if !region.answer.is_empty() => {
                    return Err(at(Mistake::AfterAnswer(named(marker))));
                }
                (Directive::Vi(text), Some((_, region))) => region.vi.push(text.to_owned()),
                (Directive::En(text), Some((_, region))) => region.en.push(text.to_owned()),
                (Directive::Stub(code), Some((_, region))) => region.stub.push(code.to_owned()),
            }
        }
        if let Some(line) = open.map(|(line, _)| line).or(tests) {
            return Err(Problem { line, mistake: Mistake::Unclosed });
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Region(_))) {
            return Err(Problem { line: 1, mistake: Mistake::NoTask });
        }
        Ok(Marked { pieces })
    }
}

impl Region {
    fn complete(&self) -> Result<(), Mistake> {
        if self.vi.is_empty() != self.en.is_empty() {
            return Err(Mistake::OneLanguage);
        }
        if !self.stub.is_empty() && self.vi.is_empty() {
            return Err(Mistake::NoSpecification);
        }
        if self.answer.iter().all(|line| line.trim().is_empty()) {
            return Err(Mistake::NoAnswer);
        }
        Ok(())
    }
}

/// Reads what follows `//~`. One space is dropped and the rest kept: a specification may indent
/// its lists and tables, and a stub is code.
fn directive(marker: &str) -> Option<Directive<'_>> {
    let marker = marker.trim_end();
    let text = marker.trim_start();
    match text {
        "task" => return Some(Directive::Task),
        "tests" => return Some(Directive::Tests),
        "end" => return Some(Directive::End),
        _ => {}
    }
    let (name, value) = text.split_once(':')?;
    let value = value.strip_prefix(' ').unwrap_or(value);
    match name {
        "vi" => Some(Directive::Vi(value)),
        "en" => Some(Directive::En(value)),
        "stub" => Some(Directive::Stub(value)),
        _ => None,
    }
}

/// The marker as a message quotes it: `//~ stub:`, without the text that follows.
fn named(marker: &str) -> String {
    let text = marker.trim();
    let end = text.find(':').map_or(text.len(), |colon| colon + 1);
    format!("//~ {}", &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mistake_is_told_apart_and_placed() {
        let cases = [
            ("fn main() {}\n", 1, Mistake::NoTask),
            ("//~ task\nx\n//~ task\n", 3, Mistake::Nested),
            ("a\n//~ task\nx\n", 2, Mistake::Unclosed),
            ("//~ task\nx\n//~ end\n//~ tests\nx\n", 4, Mistake::Unclosed),
            ("//~ tests\n//~ vi: x\n", 2, Mistake::Nested),
            ("a\n//~ end\n", 2, Mistake::Outside("//~ end".into())),
            ("//~ vi: lạc\n", 1, Mistake::Outside("//~ vi:".into())),
            ("//~ task\nx\n//~ en: late\n//~ end\n", 3, Mistake::AfterAnswer("//~ en:".into())),
            ("//~ todo\n", 1, Mistake::Unknown("//~ todo".into())),
            ("//~ task\n//~ vi: một\nx\n//~ end\n", 1, Mistake::OneLanguage),
            ("//~ task\n//~ stub: todo!()\nx\n//~ end\n", 1, Mistake::NoSpecification),
            ("//~ task\n//~ vi: a\n//~ en: a\n//~ stub: todo!()\n\n//~ end\n", 1, Mistake::NoAnswer),
        ];
        for (source, line, mistake) in cases {
            let problem = Marked::parse(source).unwrap_err();
            assert_eq!(problem, Problem { line, mistake }, "{source}");
        }
    }
}
