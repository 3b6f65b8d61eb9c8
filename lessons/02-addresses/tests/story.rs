//! Lesson 02 prints what its transcripts say, and behaves as every lesson does.

use std::net::{Ipv6Addr, TcpListener};
use std::process::ExitCode;

use narrate::testing::Story;

fn main() -> ExitCode {
    let no_ipv6 = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err();
    Story::new(2, env!("CARGO_BIN_EXE_lesson02"), env!("CARGO_MANIFEST_DIR"))
        .varying(&["lesson02-", "localhost →…"])
        .dissected(&[
            ("tcp.srcport == tcp.dstport && tcp.flags.syn == 1 && tcp.flags.ack == 1", "the answer to its own SYN"),
            ("tcp.srcport == tcp.dstport && tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting to itself"),
        ])
        .needs(no_ipv6.then_some("IPv6 on the loopback interface"))
        .standalone("src/server.rs")
        .run()
}
