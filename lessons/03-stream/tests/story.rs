//! Lesson 03 prints what its transcripts say, and behaves as every lesson does.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;

use narrate::testing::{Attacks, Peer, Story};

fn main() -> ExitCode {
    Story::new(3, env!("CARGO_BIN_EXE_lesson03"), env!("CARGO_MANIFEST_DIR"))
        .dissected(&[
            ("tcp.flags.fin == 1", "the half-close"),
            ("tcp.flags.reset == 1", "the reset"),
            ("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting"),
        ])
        .attacked_by(Attacks::<TcpStream>::new(legitimate_client))
        .standalone("src/server.rs")
        .run()
}

fn legitimate_client(address: SocketAddr) -> io::Result<()> {
    let mut client = TcpStream::connect_with_timeouts(&address)?;
    client.write_all(b"xin chao")?;
    let mut answer = [0; 8];
    client.read_exact(&mut answer)?;
    if answer == *b"xin chao" { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}
