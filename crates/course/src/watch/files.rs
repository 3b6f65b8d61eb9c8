//! Notices that a file of the exercise was saved.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{fs, io, thread};

use anyhow::{Result, anyhow};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode};

use super::Event;
use crate::text::watch as text;

/// Editors save in several steps (write beside, rename, set the mode). When nothing more has
/// happened for this long, the file is taken for saved.
const QUIET: Duration = Duration::from_millis(60);

/// How often `--poll` looks at the disk.
const EVERY: Duration = Duration::from_millis(500);

/// Watches one exercise at a time.
pub struct Watcher {
    inner: Box<dyn notify::Watcher>,
    watched: Arc<Mutex<Watched>>,
}

#[derive(Default)]
struct Watched {
    folder: PathBuf,
    /// Of what was last seen there.
    fingerprint: u64,
}

impl Watcher {
    /// A watcher that tells `events` of each save.
    ///
    /// # Errors
    /// When the system has no way to watch files, or no room for one more watch.
    pub fn new(poll: bool, events: Sender<Event>) -> Result<Watcher> {
        let (raw, changes) = mpsc::channel();
        // A change that nobody hears of any more is no error: the session has ended.
        let tell = move |_: notify::Result<notify::Event>| {
            let _ = raw.send(());
        };
        let config = Config::default().with_poll_interval(EVERY).with_compare_contents(true);
        let inner: Box<dyn notify::Watcher> = if poll {
            Box::new(PollWatcher::new(tell, config).map_err(cannot)?)
        } else {
            Box::new(<RecommendedWatcher as notify::Watcher>::new(tell, config).map_err(cannot)?)
        };
        let watched = Arc::new(Mutex::new(Watched::default()));
        let shared = Arc::clone(&watched);
        thread::spawn(move || settle(&changes, &shared, &events));
        Ok(Watcher { inner, watched })
    }

    /// Watches the exercise at `package` from now on, and no other.
    ///
    /// # Errors
    /// As [`Watcher::new`].
    pub fn turn_to(&mut self, package: &Path) -> Result<()> {
        // The folder and not the file: many editors save by putting a new file in its place.
        let folder = package.join("src");
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if !watched.folder.as_os_str().is_empty() {
            self.inner.unwatch(&watched.folder).map_err(cannot)?;
        }
        self.inner.watch(&folder, RecursiveMode::Recursive).map_err(cannot)?;
        watched.fingerprint = fingerprint(&folder);
        watched.folder = folder;
        Ok(())
    }
}

fn cannot(error: notify::Error) -> anyhow::Error {
    anyhow!(text::cannot_watch(error))
}

/// Waits for a change and then for quiet; tells of it when the contents are really different.
fn settle(changes: &Receiver<()>, watched: &Mutex<Watched>, events: &Sender<Event>) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
        let now = fingerprint(&watched.folder);
        if now != watched.fingerprint {
            watched.fingerprint = now;
            if events.send(Event::Saved).is_err() {
                return;
            }
        }
    }
}

/// A hash of all that stands in the Rust files below `folder`.
fn fingerprint(folder: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    // A file that vanishes while we look comes back with another event.
    let _ = add(folder, &mut hasher);
    hasher.finish()
}

fn add(folder: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            add(&path, hasher)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            path.hash(hasher);
            fs::read(&path)?.hash(hasher);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    fn watched_file(poll: bool) -> (tempfile::TempDir, PathBuf, Watcher, Receiver<Event>) {
        let package = tempfile::tempdir().unwrap();
        let file = package.path().join("src/bin/echo.rs");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "one").unwrap();
        let (events, inbox) = mpsc::channel();
        let mut watcher = Watcher::new(poll, events).unwrap();
        watcher.turn_to(package.path()).unwrap();
        (package, file, watcher, inbox)
    }

    #[test]
    fn a_save_is_noticed() {
        let (_package, file, _watcher, inbox) = watched_file(false);
        fs::write(&file, "two").unwrap();
        assert!(matches!(inbox.recv_timeout(SOON), Ok(Event::Saved)));
    }

    #[test]
    fn a_new_file_in_its_place_is_noticed_too() {
        let (_package, file, _watcher, inbox) = watched_file(false);
        let beside = file.with_extension("tmp");
        fs::write(&beside, "two").unwrap();
        fs::rename(&beside, &file).unwrap();
        assert!(matches!(inbox.recv_timeout(SOON), Ok(Event::Saved)));
    }

    #[test]
    fn polling_notices_as_well() {
        let (_package, file, _watcher, inbox) = watched_file(true);
        fs::write(&file, "two").unwrap();
        assert!(matches!(inbox.recv_timeout(SOON), Ok(Event::Saved)));
    }

    #[test]
    fn what_is_no_rust_and_what_is_the_same_again_is_passed_over() {
        let (_package, file, _watcher, inbox) = watched_file(false);
        fs::write(file.with_extension("swp"), "editor's own").unwrap();
        fs::write(&file, "one").unwrap();
        // The next real save is the first thing heard of, and the only one.
        fs::write(file.with_file_name("other.rs"), "mod").unwrap();
        assert!(matches!(inbox.recv_timeout(SOON), Ok(Event::Saved)));
        assert!(inbox.try_recv().is_err());
    }
}
