//! Lesson 04 prints what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    Story::new(4, env!("CARGO_BIN_EXE_lesson04"), env!("CARGO_MANIFEST_DIR"))
        .dissected(&[
            ("tcp.payload == 68:61:69", "the second of three writes"),
            ("tcp.payload contains 68:61:69:0d:0a", "a line that ends in CR LF"),
            ("tcp.payload contains 00:00:00:06:68:61:69:0a", "a frame with an LF inside"),
            ("tcp.payload == ff:ff:ff:ff", "the length that is rejected"),
        ])
        .run()
}
