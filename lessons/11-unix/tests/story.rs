//! Lesson 11 prints what its transcripts say, behaves as every lesson does, and its names reach as far as
//! the chapter says.

#[cfg(unix)]
use std::io::{Read, Write};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::path::PathBuf;
use std::process::ExitCode;

#[cfg(unix)]
use narrate::testing::{Attacks, Peer, Story};

#[cfg(unix)]
mod reach;

#[cfg(unix)]
fn main() -> ExitCode {
    Story::new(11, env!("CARGO_BIN_EXE_lesson11"), env!("CARGO_MANIFEST_DIR"))
        .unix()
        .varying(&[
            "thư mục:…",
            "folder:…",
            "@lesson11-",
            // The user who runs the story: root starts a process of another user, others close the file.
            "uid",
            "mode",
            // The longest queue that the kernel allows (net.unix.max_dgram_qlen).
            "send_to() → Ok,",
            "đọc được:",
            "received:",
            // Measured.
            "TCP   …",
            "Unix STREAM…",
            "UDP   …",
            "Unix DGRAM…",
        ])
        .dissected(&[("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting by TCP")])
        .attacked_by(Attacks::<UnixStream>::new(legitimate_client))
        .also(reach::trials())
        .run()
}

#[cfg(unix)]
fn legitimate_client(path: PathBuf) -> std::io::Result<()> {
    let mut client = UnixStream::connect_with_timeouts(&path)?;
    client.write_all(b"xin chao")?;
    let mut answer = [0; 8];
    client.read_exact(&mut answer)?;
    if answer == *b"xin chao" { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}

/// Where there are no Unix sockets, the lesson says so and fails.
#[cfg(not(unix))]
fn main() -> ExitCode {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_lesson11")).args(["--lang", "en"]).output();
    let says_so = output.is_ok_and(|output| {
        output.status.code() == Some(1) && String::from_utf8_lossy(&output.stderr).contains("needs a system with Unix")
    });
    if says_so { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
