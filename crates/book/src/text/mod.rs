//! Every sentence that this program says in a terminal, both languages side by side.

mod check;
mod figure;
mod page;
mod program;

pub(crate) use check::*;
pub(crate) use figure::*;
pub(crate) use page::*;
pub(crate) use program::*;
