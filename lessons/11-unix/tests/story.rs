//! Lesson 11 says what its transcripts say, behaves as every lesson does, and its names reach as far
//! as the chapter says.

#[cfg(unix)]
use std::io::{Read, Write};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::path::PathBuf;
use std::process::ExitCode;

#[cfg(unix)]
use narrate::testing::{Attacked, Peer};

#[cfg(unix)]
mod reach;

#[cfg(unix)]
fn main() -> ExitCode {
    let attacked = Attacked::<UnixStream>::new(env!("CARGO_BIN_EXE_lesson11"), honest);
    let trials = reach::trials().into_iter().chain(attacked.trials()).collect();
    narrate::testing::Story {
        number: 11,
        program: env!("CARGO_BIN_EXE_lesson11"),
        folder: env!("CARGO_MANIFEST_DIR"),
        varying: &[
            "thư mục:…",
            "folder:…",
            "@lesson11-",
            // Who runs the story: root starts a process of another user, others close the file.
            "uid",
            "mode",
            // How long a queue is allowed to be (net.unix.max_dgram_qlen).
            "send_to() → Ok,",
            "đọc được:",
            "received:",
            // What was measured.
            "TCP   …",
            "Unix STREAM…",
            "UDP   …",
            "Unix DGRAM…",
        ],
        dissected: &[("tcp.payload == 78:69:6e:20:63:68:61:6f", "the greeting by TCP")],
        sides: true,
    }
    .test_unix(trials)
}

#[cfg(unix)]
fn honest(path: PathBuf) -> std::io::Result<()> {
    let mut peer = UnixStream::call(&path)?;
    peer.write_all(b"xin chao")?;
    let mut answer = [0; 8];
    peer.read_exact(&mut answer)?;
    if answer == *b"xin chao" { Ok(()) } else { Err(std::io::ErrorKind::InvalidData.into()) }
}

/// Where there are no Unix sockets, the lesson says so and fails.
#[cfg(not(unix))]
fn main() -> ExitCode {
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_lesson11")).args(["--lang", "en"]).output();
    let honest = said.is_ok_and(|said| {
        said.status.code() == Some(1) && String::from_utf8_lossy(&said.stderr).contains("needs a system with Unix")
    });
    if honest { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
