//! The tasks of the course, one folder each.

mod ex01 {
    pub(super) mod greet;
    pub(super) mod who_are_you;
}
mod ex02 {
    pub(super) mod connect_any;
    pub(super) mod first_free;
}
mod ex03 {
    pub(super) mod echo;
    pub(super) mod tally;
}
mod ex04 {
    mod hints;
    pub(super) mod length_prefix;
    pub(super) mod line_store;
}
mod ex08 {
    pub(super) mod echo;
    pub(super) mod resolve;
}
#[cfg(unix)]
mod ex11 {
    pub(super) mod echo;
    pub(super) mod journal;
}
mod ex13 {
    pub(super) mod event_echo;
    pub(super) mod idle_reaper;
}
mod ex14 {
    pub(super) mod chat;
    pub(super) mod drain;
}
#[cfg(feature = "websocket")]
mod ex16 {
    pub(super) mod echo;
    pub(super) mod room;
}
#[cfg(feature = "frames")]
mod ex21 {
    pub(super) mod predict;
    pub(super) mod transport;
}
mod lifecycle;

use crate::Task;

/// Every task, in the order of the course.
pub fn tasks() -> &'static [&'static Task] {
    TASKS
}

/// The task called `name` in exercise `number`.
pub fn task(number: u8, name: &str) -> Option<&'static Task> {
    tasks().iter().copied().find(|task| task.number == number && task.name == name)
}

static TASKS: &[&Task] = &[
    &ex01::greet::TASK,
    &ex01::who_are_you::TASK,
    &ex02::first_free::TASK,
    &ex02::connect_any::TASK,
    &ex03::echo::TASK,
    &ex03::tally::TASK,
    &ex04::length_prefix::TASK,
    &ex04::line_store::TASK,
    &ex08::echo::TASK,
    &ex08::resolve::TASK,
    #[cfg(unix)]
    &ex11::echo::TASK,
    #[cfg(unix)]
    &ex11::journal::TASK,
    &ex13::event_echo::TASK,
    &ex13::idle_reaper::TASK,
    &ex14::chat::TASK,
    &ex14::drain::TASK,
    #[cfg(feature = "websocket")]
    &ex16::echo::TASK,
    #[cfg(feature = "websocket")]
    &ex16::room::TASK,
    #[cfg(feature = "frames")]
    &ex21::predict::TASK,
    #[cfg(feature = "frames")]
    &ex21::transport::TASK,
];
