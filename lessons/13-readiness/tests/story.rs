//! Lesson 13 says what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

/// Both processes of the story hold a descriptor for each of 10,000 connections, and a few besides.
const DESCRIPTORS: u64 = 10_064;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 13,
        program: env!("CARGO_BIN_EXE_lesson13"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[
            "EAGAIN", // how often one asks in 20 ms
            r"write\(\) →",
            "client +reads",
            "client +đọc",
            "soft limit…",
            "giới hạn mềm…",
            "1 thread,", // descriptors: those that a terminal or cargo leaves open count too
            "RSS…",
            "The kernel: some",
            "Kernel: thêm chừng",
        ],
        dissected: &[("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting of which half is read")],
        sides: true,
    }
    .test_without(too_few_descriptors())
}

/// What this machine lacks for the recorded story.
fn too_few_descriptors() -> Option<&'static str> {
    #[cfg(unix)]
    if rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum.is_some_and(|hard| hard < DESCRIPTORS) {
        return Some("10,064 descriptors for a process (ulimit -Hn)");
    }
    None
}
