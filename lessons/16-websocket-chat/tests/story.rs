//! Lesson 16 prints what its transcripts say, and behaves as every lesson does.

mod attack;
mod tape;

use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    Story::new(16, env!("CARGO_BIN_EXE_lesson16"), env!("CARGO_MANIFEST_DIR"))
        .varying(&[
            "Sec-WebSocket-Key:…",
            "Sec-WebSocket-Accept:…",
            // What a client sends is masked with random bytes.
            "client → server   8…",
            // What the kernel takes before the library has to keep it, and what a page of memory holds.
            "(?:at write|ở lần)",
            "→ OK ×…",
            "(?:pictures sent:|đã gửi số ảnh:)",
            "(?:still on the way:|số ảnh còn trên đường:)",
            "read_buffer_size [0-9]+ KiB[^:]*:…",
            // python3 with `websockets` may be missing.
            "script  …",
        ])
        .dissected(&[
            ("http.response.code == 101", "the answer to the upgrade"),
            ("websocket.opcode == 1 && websocket.mask == 1", "text from a client, masked"),
            ("websocket.opcode == 1 && websocket.mask == 0", "text from a server, not masked"),
            ("websocket.opcode == 2", "a binary message"),
            ("websocket.opcode == 9", "a ping"),
            ("websocket.opcode == 10", "a pong"),
            ("websocket.payload.close.status_code == 1000", "a proper end"),
            ("websocket.payload.close.status_code == 1007", "text that is not UTF-8"),
        ])
        .standalone("src/server.rs")
        .attacked_by(attack::by_strangers())
        .attacked_by(attack::by_members())
        .also(tape::trials())
        .run()
}
