//! How many descriptors this process may hold: the soft limit holds now, the hard one is how far it may be raised.

/// A limit in numbers; `None` for no limit.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) soft: Option<u64>,
    pub(crate) hard: Option<u64>,
}

/// A limit for the screen.
pub(crate) fn shown(limit: Option<u64>) -> String {
    limit.map_or("∞".into(), |limit| limit.to_string())
}

/// The limit as it is. Windows has none of this kind.
#[cfg(unix)]
// ANCHOR: raise
pub(crate) fn of_descriptors() -> Limit {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    Limit { soft: limit.current, hard: limit.maximum }
}

/// Raises the soft limit to `wanted`, or as far as the hard one allows.
/// Any process may do so for itself.
#[cfg(unix)]
pub(crate) fn raise(wanted: u64) -> Limit {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = of_descriptors();
    let soft = limit.hard.map_or(wanted, |hard| hard.min(wanted));
    if limit.soft.is_some_and(|now| now < soft) {
        // Refused (macOS has a ceiling below its hard limit)? We go on with what we have.
        let raised = Rlimit { current: Some(soft), maximum: limit.hard };
        let _ = setrlimit(Resource::Nofile, raised);
    }
    of_descriptors()
}
// ANCHOR_END: raise

#[cfg(not(unix))]
pub(crate) fn of_descriptors() -> Limit {
    Limit { soft: None, hard: None }
}

#[cfg(not(unix))]
pub(crate) fn raise(_wanted: u64) -> Limit {
    of_descriptors()
}
