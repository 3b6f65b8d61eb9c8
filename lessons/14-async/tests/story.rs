//! Lesson 14 says what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 14,
        program: env!("CARGO_BIN_EXE_lesson14"),
        folder: env!("CARGO_MANIFEST_DIR"),
        // How much the kernel's buffers hold differs from machine to machine.
        varying: &["đã đi", "gone out", "Mai đã nói", "that Mai said"],
        dissected: &[
            ("tcp.payload == 78:69:6e:20:63:68", "the first half of the line"),
            ("tcp.payload contains \"+ lan\"", "the news that Lan came"),
            ("tcp.payload contains \"! line too long\"", "the refusal"),
            ("tcp.flags.reset == 1", "the end of one who does not read"),
        ],
        sides: true,
    }
    .test()
}
