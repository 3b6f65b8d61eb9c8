//! How many connections a check may hold at once.

/// So many of `wanted` connections at once are possible here. Ask before the program is started: it inherits
/// this program's limit of descriptors, and the soft one is raised to the hard one first.
#[cfg(target_os = "linux")]
pub(crate) fn room_for(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// What is needed besides, in all checks that run at the same time.
    const BESIDES: u64 = 256;
    /// So many checks may want this at the same time, when several variants are judged at once.
    const AT_ONCE: u64 = 8;
    let limit = getrlimit(Resource::Nofile);
    // May fail in a sandbox; then the soft limit is what there is.
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let most = if raised.is_ok() { limit.maximum } else { limit.current };
    let share = most.map_or(usize::MAX, |most| (most.saturating_sub(BESIDES) / AT_ONCE) as usize);
    wanted.min(share.max(1))
}

/// So many of `wanted` connections at once are possible here. macOS gives a program 256 descriptors.
#[cfg(not(target_os = "linux"))]
pub(crate) fn room_for(wanted: usize) -> usize {
    const FEW: usize = 64;
    wanted.min(FEW)
}
