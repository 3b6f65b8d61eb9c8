//! Lesson 16 says what its transcripts say, and behaves as every lesson does.

mod attack;
mod overheard;

use std::process::ExitCode;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 16,
        program: env!("CARGO_BIN_EXE_lesson16"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[
            "Sec-WebSocket-Key:…",
            "Sec-WebSocket-Accept:…",
            // What a client sends is masked with random bytes.
            "client → server   8…",
            // What the kernel takes before we have to keep it, and what a page of memory holds.
            "(?:at write|ở lần)",
            "(?:pictures sent:|đã gửi số ảnh:)",
            "(?:kernel still held:|trong kernel còn số ảnh:)",
            "read_buffer_size [0-9]+ KiB:…",
            "(?:that is|gấp)",
            // python3 with `websockets` may be missing.
            "script  …",
        ],
        dissected: &[
            ("http.response.code == 101", "the answer to the upgrade"),
            ("websocket.opcode == 1 && websocket.mask == 1", "text from a client, masked"),
            ("websocket.opcode == 1 && websocket.mask == 0", "text from a server, not masked"),
            ("websocket.opcode == 2", "a binary message"),
            ("websocket.opcode == 9", "a ping"),
            ("websocket.opcode == 10", "a pong"),
            ("websocket.payload.close.status_code == 1000", "a proper end"),
            ("websocket.payload.close.status_code == 1007", "text that is not UTF-8"),
        ],
        sides: true,
    }
    .test_with(None, attack::trials().into_iter().chain(overheard::trials()).collect())
}
