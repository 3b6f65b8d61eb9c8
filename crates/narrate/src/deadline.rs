//! A story ends, even when one side waits for what never comes.
//!
//! Reads of a story have a limit of their own; calls such as `accept()` have none in std.

use std::process;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a story may take. It needs about a second; a busy machine gets more.
pub(crate) const STORY: Duration = Duration::from_secs(45);

/// Unless the program has ended before, it ends after `limit` with `complaint` and exit code 1.
pub(crate) fn end_after(limit: Duration, complaint: String) {
    after(limit, move || {
        eprintln!("{complaint}");
        process::exit(1);
    });
}

fn after(limit: Duration, act: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    thread::spawn(move || {
        thread::sleep(limit);
        act();
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn who_waits_for_ever_is_stopped() {
        let (stop, stopped) = mpsc::channel();
        after(Duration::from_millis(1), move || stop.send(()).unwrap());
        assert_eq!(stopped.recv_timeout(Duration::from_secs(30)), Ok(()));
    }
}
