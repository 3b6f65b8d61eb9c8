//! Lesson 13 prints what its transcripts say, and behaves as every lesson does.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::thread;

use narrate::testing::{Attacks, Peer, Story};

/// Both processes of the story hold a descriptor for each of 10,000 connections, and a few besides.
const DESCRIPTORS: u64 = 10_064;

fn main() -> ExitCode {
    Story::new(13, env!("CARGO_BIN_EXE_lesson13"), env!("CARGO_MANIFEST_DIR"))
        .varying(&[
            "EAGAIN", // how often a read returns it in 20 ms
            r"write\(\) ×",
            r"write\(\) × N →",
            "client +reads",
            "client +đọc",
            "soft limit…",
            "giới hạn mềm…",
            "1 thread,", // descriptors: those that a terminal or cargo leaves open count too
            "RSS…",
            "The kernel: about",
            "Kernel: thêm chừng",
        ])
        .dissected(&[("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting of which half is read")])
        .needs(too_few_descriptors())
        .standalone("src/server.rs")
        .attacked_by(Attacks::<TcpStream>::new(legitimate_client))
        .run()
}

/// Sends and receives at once, to the end, more than the event loop processes in one turn.
fn legitimate_client(address: SocketAddr) -> io::Result<()> {
    let mut peer = TcpStream::connect_with_timeouts(&address)?;
    let mut writer = peer.try_clone()?;
    let message: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let sent = message.clone();
    let writing = thread::spawn(move || writer.write_all(&sent).and_then(|()| writer.shutdown(Shutdown::Write)));
    let mut answer = Vec::new();
    Read::by_ref(&mut peer).take(message.len() as u64 + 1).read_to_end(&mut answer)?;
    writing.join().map_err(|_| io::ErrorKind::Other)??;
    if answer == message { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// Returns what this machine lacks for the recorded story.
fn too_few_descriptors() -> Option<&'static str> {
    #[cfg(unix)]
    if rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum.is_some_and(|hard| hard < DESCRIPTORS) {
        return Some("10,064 descriptors for a process (ulimit -Hn)");
    }
    None
}
