//! Memory that has been freed stays with the process.

/// Called once, by each end of every transport, before its first frame.
///
/// Libraries make a buffer for each message. When one of several MB is freed, glibc gives its pages back to the kernel, and
/// the next buffer gets new ones, one fault and 4 KiB of zeros at a time, which can cost as much as carrying the
/// message. It stops doing so once a larger piece has been freed (mallopt(3), `M_MMAP_THRESHOLD`): here is one, of untouched
/// memory, just below the 32 MiB up to which it learns. Elsewhere it does nothing.
pub(crate) fn stays() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(31 << 20)));
}
