//! Lesson 21 prints what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    Story::new(21, env!("CARGO_BIN_EXE_lesson21"), env!("CARGO_MANIFEST_DIR"))
        .varying(&[
            // What a client sends is masked with random bytes.
            "client → server   8…",
            // The server's date is an index while the second is the same, else it is written out.
            "server → client   00 00 [0-9a-f]{2} 01 04[^\\n]*\\n *…",
            "(?:besides the picture: 67 bytes; the answer|ngoài ảnh: 67 byte; câu trả lời)",
            // Speeds of this run.
            "tcp  …",
            "http1  …",
            "websocket  …",
            "grpc-unary  …",
            "(?:fastest : slowest|nhanh nhất : chậm nhất)…",
        ])
        .dissected(&[
            ("http.request.method == POST && http.content_length > 40000", "the frame over HTTP/1.1"),
            ("websocket.opcode == 2 && websocket.mask == 1", "the frame over WebSocket, masked"),
        ])
        .run()
}
