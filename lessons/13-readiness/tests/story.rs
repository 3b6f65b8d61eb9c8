//! Lesson 13 says what its transcripts say, and behaves as every lesson does.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::thread;

use narrate::testing::{Attacked, Peer};

/// Both processes of the story hold a descriptor for each of 10,000 connections, and a few besides.
const DESCRIPTORS: u64 = 10_064;

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 13,
        program: env!("CARGO_BIN_EXE_lesson13"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[
            "EAGAIN", // how often one asks in 20 ms
            r"write\(\) →",
            "client +reads",
            "client +đọc",
            "soft limit…",
            "giới hạn mềm…",
            "1 thread,", // descriptors: those that a terminal or cargo leaves open count too
            "RSS…",
            "The kernel: some",
            "Kernel: thêm chừng",
        ],
        dissected: &[("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting of which half is read")],
        sides: true,
    }
    .test_with(too_few_descriptors(), Attacked::<TcpStream>::new(env!("CARGO_BIN_EXE_lesson13"), honest).trials())
}

/// More than one turn of the event loop takes, sent and heard at once, to the end.
fn honest(address: SocketAddr) -> io::Result<()> {
    let mut peer = TcpStream::call(&address)?;
    let mut writer = peer.try_clone()?;
    let letter: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    let sent = letter.clone();
    let writing = thread::spawn(move || writer.write_all(&sent).and_then(|()| writer.shutdown(Shutdown::Write)));
    let mut answer = Vec::new();
    Read::by_ref(&mut peer).take(letter.len() as u64 + 1).read_to_end(&mut answer)?;
    writing.join().map_err(|_| io::ErrorKind::Other)??;
    if answer == letter { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// What this machine lacks for the recorded story.
fn too_few_descriptors() -> Option<&'static str> {
    #[cfg(unix)]
    if rustix::process::getrlimit(rustix::process::Resource::Nofile).maximum.is_some_and(|hard| hard < DESCRIPTORS) {
        return Some("10,064 descriptors for a process (ulimit -Hn)");
    }
    None
}
