//! Lesson 01 prints what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    Story::new(1, env!("CARGO_BIN_EXE_lesson01"), env!("CARGO_MANIFEST_DIR"))
        .varying(&["pid", "fd", "inode", "socket:"])
        .dissected(&[
            ("tcp.payload == 78:69:6e:20:63:68:61:6f:0a", "the client's greeting"),
            ("tcp.payload == 63:68:61:6f:20:62:61:6e:0a", "the server's answer"),
            ("tcp.flags.fin == 1", "the end that the kernel sent for the client"),
        ])
        .standalone("src/server.rs")
        .run()
}
