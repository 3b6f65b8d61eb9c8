//! Every sentence of the tool, both languages side by side, one file for each part of it.

pub(crate) mod check;
pub(crate) mod error;
pub(crate) mod help;
pub(crate) mod hint;
pub(crate) mod home;
pub(crate) mod map;
pub(crate) mod progress;
pub(crate) mod sync;
pub(crate) mod turn;
pub(crate) mod usage;
pub(crate) mod verify;
pub(crate) mod watch;
