//! Lesson 04 says what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 4,
        program: env!("CARGO_BIN_EXE_lesson04"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[],
        dissected: &[
            ("tcp.payload == 68:61:69", "the second of three writes"),
            ("tcp.payload contains 68:61:69:0d:0a", "a line that ends in CR LF"),
            ("tcp.payload contains 00:00:00:06:68:61:69:0a", "a frame with an LF inside"),
            ("tcp.payload == ff:ff:ff:ff", "the length that is refused"),
        ],
        sides: true,
    }
    .test()
}
