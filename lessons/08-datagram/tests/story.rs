//! Lesson 08 prints what its transcripts say, and behaves as every lesson does.

use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    Story::new(8, env!("CARGO_BIN_EXE_lesson08"), env!("CARGO_MANIFEST_DIR"))
        .udp()
        // How many datagrams fit the receive buffer depends on the kernel and its settings.
        .varying(&["bộ đệm nhận:…", "receive buffer:…", "đọc được:…", "received:…", "bị mất: số…", "lost: number…"])
        .dissected(&[
            ("udp.length == 8", "the empty datagram"),
            ("udp.length == 65515", "the largest datagram"),
            ("udp.payload == 78:69:6e:20:63:68:c3:a0:6f:20:62:e1:ba:a1:6e", "the datagram that was cut, whole"),
            ("udp.payload[12:12] == 05:62:61:69:30:38:04:74:65:73:74:00 && udp.length == 36", "the DNS question"),
            ("icmp.type == 3 && icmp.code == 3 && udp.payload", "the refusal, with the datagram that it quotes"),
        ])
        .run()
}
