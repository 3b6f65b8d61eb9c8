//! Shows the book in a browser: a small server on `std`, and a watch on the sources.
//!
//! It serves files to the reader's own browser and is meant for nothing else.

mod http;
mod watch;

use crate::course::Course;
use crate::problem::Problems;
use crate::{site, text};
use anyhow::{Context, Result};
use narrate::Lang;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

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

/// Builds the book into `out`, serves it, and never returns while all is well.
///
/// # Errors
/// When the first build fails, or the address cannot be had. Later builds that fail are
/// reported, and the last good one stays in place.
pub fn run(course: &Course, out: &Path, address: SocketAddr, chapter: Option<u8>) -> Result<()> {
    let page = first_page(course, chapter)?;
    site::build(course, out)?;
    let listener = TcpListener::bind(address).with_context(|| text::cannot_listen(address))?;
    let address = listener.local_addr()?;
    println!("LISTENING {address}");
    println!("{}", text::serving(format_args!("http://{address}/{}/{page}", Lang::current())));

    let builds = Arc::new(Builds::default());
    let _watch = watch::start(course, {
        let (course, out, builds) = (course.clone(), out.to_owned(), Arc::clone(&builds));
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
        match listener.accept() {
            Ok((stream, _)) => {
                let (out, builds) = (out.to_owned(), Arc::clone(&builds));
                // A reader who has gone away is no news: the result of one answer is dropped.
                thread::spawn(move || drop(http::answer(stream, &out, &builds)));
            }
            // Out of descriptors for a moment, or the caller hung up first.
            Err(error) => {
                eprintln!("{}", text::cannot_accept(error));
                thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

/// The page that the printed address leads to.
fn first_page(course: &Course, chapter: Option<u8>) -> Result<String> {
    let Some(number) = chapter else { return Ok("index.html".to_owned()) };
    match course.chapter(number) {
        Some(page) => Ok(page.replace(".md", ".html")),
        None => anyhow::bail!(text::no_chapter(format_args!("{number:02}"))),
    }
}
