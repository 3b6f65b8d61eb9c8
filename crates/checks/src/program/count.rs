//! Counting what a server holds. Linux only; elsewhere the check is skipped and says so.

use super::{Server, procfs};
use crate::limits::{STEP, poll};
use crate::{Failure, Said, Symptom, said};

impl<A> Server<A> {
    /// How many descriptors it holds.
    pub fn descriptors(&self) -> Result<usize, Failure> {
        procfs::descriptors(self.running()?)
    }

    /// How many threads it has.
    pub fn tasks(&self) -> Result<usize, Failure> {
        procfs::tasks(self.running()?)
    }

    /// Waits until it holds at most `most` descriptors. Means something only after every caller
    /// has been answered: one that still waits for `accept` holds no descriptor yet.
    pub fn expect_descriptors(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.descriptors(),
            |count| {
                said! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn giữ {count} descriptor (lẽ ra nhiều nhất là {most}).",
                    en: "All clients have left, yet the program still holds {count} descriptors (it should be {most} at most).",
                }
            },
        )
    }

    /// Waits until it has at most `most` threads.
    pub fn expect_tasks(&self, most: usize) -> Result<(), Failure> {
        expect_at_most(
            most,
            || self.tasks(),
            |count| {
                said! {
                    vi: "Mọi client đã đi rồi, mà chương trình vẫn còn {count} thread (lẽ ra nhiều nhất là {most}).",
                    en: "All clients have left, yet the program still has {count} threads (it should be {most} at most).",
                }
            },
        )
    }
}

fn expect_at_most(
    most: usize,
    count: impl Fn() -> Result<usize, Failure>,
    complaint: impl Fn(usize) -> Said,
) -> Result<(), Failure> {
    let mut last = count()?;
    let settled = poll(STEP, || match count() {
        Ok(now) => {
            last = now;
            (now <= most).then_some(Ok(()))
        }
        Err(failure) => Some(Err(failure)),
    });
    settled.unwrap_or_else(|| Err(Failure::new(Symptom::Leak, complaint(last))))
}

#[cfg(target_os = "linux")]
impl<A> Server<A> {
    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, more: usize) -> Result<(), Failure> {
        use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
        let most = (self.descriptors()? + more) as u64;
        // Only the soft limit: an unprivileged checker could not raise a hard one again.
        let limit = Rlimit { current: Some(most), maximum: getrlimit(Resource::Nofile).maximum };
        prlimit(Some(self.pid()?), Resource::Nofile, limit).map_err(|error| Failure::infra("prlimit", &error))?;
        self.log.aside(
            None,
            said! {
                vi: "chương trình chỉ còn mở thêm được {more} descriptor",
                en: "the program can open only {more} more descriptors",
            },
        );
        Ok(())
    }
}

#[cfg(not(target_os = "linux"))]
impl<A> Server<A> {
    /// From now on it can open only `more` descriptors besides those it holds.
    pub fn limit_descriptors(&self, _more: usize) -> Result<(), Failure> {
        Err(Failure::unsupported())
    }
}
