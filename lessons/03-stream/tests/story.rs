//! Lesson 03 says what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 3,
        program: env!("CARGO_BIN_EXE_lesson03"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[],
        dissected: &[
            ("tcp.flags.fin == 1", "the half-close"),
            ("tcp.flags.reset == 1", "the reset"),
            ("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting"),
        ],
        sides: true,
    }
    .test()
}
