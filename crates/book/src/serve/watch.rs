//! Calls back when a source of the book has changed.

use crate::course::Course;
use crate::text;
use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// An editor saves a file in several small steps; a build waits until they are over.
const QUIET: Duration = Duration::from_millis(120);
/// What the book is made from, below the top of the course.
const SOURCES: [&str; 3] = ["book", "lessons", "solutions"];

/// Watches the sources and calls `changed` after each burst of changes, on a thread of its own.
/// The watch ends when the returned value is dropped.
pub fn start(course: &Course, mut changed: impl FnMut() + Send + 'static) -> Result<RecommendedWatcher> {
    let (sender, receiver) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            // Nobody listens any more once the program is ending.
            let _ = sender.send(());
        }
    })
    .context(text::cannot_watch())?;
    for folder in SOURCES.iter().map(|source| course.root().join(source)).chain([Course::assets()]) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive).context(text::cannot_watch())?;
        }
    }
    thread::spawn(move || {
        while receiver.recv().is_ok() {
            loop {
                match receiver.recv_timeout(QUIET) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            changed();
        }
    });
    Ok(watcher)
}

/// Reading is no change, and neither is what npm and cargo leave behind.
fn is_change(event: &Event) -> bool {
    let ours = |path: &Path| !path.iter().any(|part| part == "node_modules" || part == "target");
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| ours(path))
}
