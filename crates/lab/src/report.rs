//! How results are shown: on a terminal, as a page, as files for other programs, and to the book.

mod book;
mod chart;
mod files;
#[cfg(test)]
pub(crate) mod fixture;
mod headline;
mod number;
mod page;
mod table;
mod tables;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod view;

pub(crate) use book::book;
pub(crate) use files::{read, write};
pub use number::prose;
pub(crate) use terminal::{terminal, written};
