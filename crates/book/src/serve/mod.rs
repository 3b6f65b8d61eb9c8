//! Shows the book in a browser: a small server on `std`, and a watch on the sources.
//!
//! It serves files to the reader's own browser and is meant for nothing else.

mod http;
mod watch;

use crate::course::Course;
use crate::problem::Problems;
use crate::{site, text};
use anyhow::{Context, Result};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// After an accept that failed, so that a lack of descriptors does not become a busy loop.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Counts builds; browsers wait for the next one.
#[derive(Debug, Default)]
pub struct Builds {
    count: Mutex<u64>,
    changed: Condvar,
}

impl Builds {
    /// A build is finished.
    pub fn finished(&self) {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    /// How many builds there have been.
    pub fn count(&self) -> u64 {
        *self.count.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there have been more than `seen` builds, or until `limit` has passed.
    pub fn wait_after(&self, seen: u64, limit: Duration) -> u64 {
        let count = self.count.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(count, limit, |count| *count <= seen);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A book that is built, and a socket that waits for browsers.
pub struct Preview {
    course: Course,
    out: PathBuf,
    listener: TcpListener,
    builds: Arc<Builds>,
}

impl Preview {
    /// Builds the book into `out` and listens on `address`.
    ///
    /// # Errors
    /// When the book does not build, or the address cannot be had.
    pub fn start(course: &Course, out: &Path, address: SocketAddr) -> Result<Preview> {
        site::build(course, out)?;
        let listener = TcpListener::bind(address).with_context(|| text::cannot_listen(address))?;
        Ok(Preview { course: course.clone(), out: out.to_owned(), listener, builds: Arc::default() })
    }

    /// Where browsers find the book.
    ///
    /// # Errors
    /// When the system does not know it any more.
    pub fn address(&self) -> Result<SocketAddr> {
        Ok(self.listener.local_addr()?)
    }

    /// Answers browsers, and builds the book again after each change of its sources. A build
    /// that fails is reported, and the last good one stays in place.
    ///
    /// # Errors
    /// When the sources cannot be watched. Otherwise it never returns.
    pub fn run(self) -> Result<()> {
        let _watch = watch::start(&self.course, {
            let (course, out, builds) = (self.course.clone(), self.out.clone(), Arc::clone(&self.builds));
            move || match site::build(&course, &out) {
                Ok(()) => {
                    builds.finished();
                    println!("{}", text::rebuilt());
                }
                Err(error) => match error.downcast_ref::<Problems>() {
                    Some(problems) => eprintln!("{problems}"),
                    None => eprintln!("{error:#}"),
                },
            }
        })?;
        loop {
            match self.listener.accept() {
                Ok((stream, _)) => {
                    let (out, builds) = (self.out.clone(), Arc::clone(&self.builds));
                    // A reader who has gone away is no news: the result of one answer is dropped.
                    thread::spawn(move || drop(http::answer(stream, &out, &builds)));
                }
                // Out of descriptors, or the caller hung up first: others can still be answered.
                Err(error) => {
                    eprintln!("{}", text::cannot_accept(error));
                    thread::sleep(ACCEPT_RETRY_DELAY);
                }
            }
        }
    }
}
