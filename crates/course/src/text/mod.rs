//! Every sentence of the tool, both languages side by side, one file for each part of it.

pub(crate) mod arguments;
pub(crate) mod check;
pub(crate) mod error;
pub(crate) mod help;
pub(crate) mod patch;
pub(crate) mod status;
pub(crate) mod sync;
pub(crate) mod task;
pub(crate) mod verify;
pub(crate) mod watch;
