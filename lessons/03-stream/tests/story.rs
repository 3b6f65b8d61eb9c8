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
    .test_under_attack(honest)
}

fn honest(address: std::net::SocketAddr) -> std::io::Result<()> {
    use std::io::{Read, Write};
    let mut peer = std::net::TcpStream::connect(address)?;
    peer.set_read_timeout(Some(std::time::Duration::from_secs(5)))?;
    peer.write_all(b"xin chao")?;
    let mut answer = [0; 8];
    peer.read_exact(&mut answer)?;
    if answer == *b"xin chao" { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}
