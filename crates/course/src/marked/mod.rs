//! The marked solution: one file from which the exercise's stub and the shown solution are made.
//!
//! ```text
//!     //~ task
//!     //~ vi: Đọc từ `peer` …
//!     //~ en: Read from `peer` …
//!     //~ stub: todo!("send back what the peer sends")
//!     …the answer…
//!     //~ end
//! ```
//!
//! In the stub the two specifications become comments and the `stub:` lines replace the answer.
//! A region with nothing but an answer (an import that only the answer needs) disappears.
//! `//~ tests` … `//~ end` holds unit tests of the solution: they reach neither the stub nor the
//! solution as it is shown. Everything outside the regions is the same on both sides.

mod language;
mod parse;
mod write;

use narrate::Lang;

#[cfg(test)]
pub use language::is_vietnamese;
pub use parse::Mistake;

/// In which languages a stub speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// In both, as it is committed.
    #[default]
    Bilingual,
    /// In one.
    In(Lang),
}

/// A solution file, taken apart at its markers.
#[derive(Debug)]
pub struct Marked {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    /// A line that solution and stub share.
    Shared(String),
    /// What the learner is to write.
    Region(Region),
    /// Tests of the solution.
    Tests,
}

#[derive(Debug, Default)]
struct Region {
    /// The white space in front of `//~ task`.
    indent: String,
    vi: Vec<String>,
    en: Vec<String>,
    stub: Vec<String>,
    answer: Vec<String>,
}

impl Region {
    fn specification(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}
