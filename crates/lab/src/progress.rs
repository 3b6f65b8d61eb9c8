//! What is going on, on the terminal, while the lab runs.

use std::cell::RefCell;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A line on standard error that shows the stage, the candidate, and how much is done. Into a pipe it says nothing.
pub(crate) struct Progress {
    bar: RefCell<ProgressBar>,
}

impl Progress {
    pub(crate) fn new() -> Progress {
        Progress { bar: RefCell::new(ProgressBar::hidden()) }
    }

    /// The next stage, of so many steps.
    pub(crate) fn stage(&self, what: String, steps: usize) {
        self.bar.borrow().finish_and_clear();
        let bar = ProgressBar::new(steps as u64);
        // The template is fixed and right: `unwrap_or` keeps the default bar should a later version not know it.
        let style = ProgressStyle::with_template(" {prefix:<34} {bar:24} {pos:>4}/{len} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_prefix(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        *self.bar.borrow_mut() = bar;
    }

    /// One step of the stage begins, with this candidate.
    pub(crate) fn step(&self, candidate: &str) {
        let bar = self.bar.borrow();
        bar.set_message(candidate.to_owned());
        bar.inc(1);
    }

    /// All is done.
    pub(crate) fn end(&self) {
        self.bar.borrow().finish_and_clear();
    }
}
