//! How many descriptors this process may hold: the soft limit holds now, the hard one is how far it may be raised.

/// Descriptors that a process needs besides its connections: its screen, files that it reads, a child's pipe.
pub(crate) const OTHER_DESCRIPTORS: usize = 64;

/// Both limits; `None` for no limit.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) soft: Option<u64>,
    pub(crate) hard: Option<u64>,
}

/// Formats a limit for the screen.
pub(crate) fn display(limit: Option<u64>) -> String {
    limit.map_or("∞".into(), |limit| limit.to_string())
}

/// Returns the limits as they are. Windows has none of this kind.
#[cfg(unix)]
// ANCHOR: raise
pub(crate) fn current() -> Limit {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    Limit { soft: limit.current, hard: limit.maximum }
}

/// Raises the soft limit to `wanted`, or as far as the hard one allows.
/// Any process may do so for itself.
#[cfg(unix)]
pub(crate) fn raise(wanted: u64) -> Limit {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = current();
    let soft = limit.hard.map_or(wanted, |hard| hard.min(wanted));
    if limit.soft.is_some_and(|now| now < soft) {
        // May fail: macOS has a ceiling below its hard limit. What there is has to do, then.
        let raised = Rlimit { current: Some(soft), maximum: limit.hard };
        let _ = setrlimit(Resource::Nofile, raised);
    }
    current()
}
// ANCHOR_END: raise

#[cfg(not(unix))]
pub(crate) fn current() -> Limit {
    Limit { soft: None, hard: None }
}

#[cfg(not(unix))]
pub(crate) fn raise(_wanted: u64) -> Limit {
    current()
}
