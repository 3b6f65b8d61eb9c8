//! How many connections a check may hold at once.

/// At most so many, where the system does not say. macOS gives a program 256 descriptors.
#[cfg(not(target_os = "linux"))]
const FEW: usize = 64;

/// So many of `wanted` connections at once are possible here. On Linux, this program's soft limit of
/// descriptors is raised to the hard one first; the programs that it starts inherit it.
pub(crate) fn room_for(wanted: usize) -> usize {
    #[cfg(not(target_os = "linux"))]
    return wanted.min(FEW);
    #[cfg(target_os = "linux")]
    {
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
}
