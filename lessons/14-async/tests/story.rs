//! Lesson 14 says what its transcripts say, and behaves as every lesson does.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use narrate::testing::{Attacked, Peer, Trial};

fn main() -> ExitCode {
    narrate::testing::Story {
        number: 14,
        program: env!("CARGO_BIN_EXE_lesson14"),
        folder: env!("CARGO_MANIFEST_DIR"),
        // How much the kernel's buffers hold differs from machine to machine.
        varying: &["đã đi", "gone out", "Mai đã nói", "that Mai said"],
        dissected: &[
            ("tcp.payload == 78:69:6e:20:63:68", "the first half of the line"),
            ("tcp.payload contains \"+ lan\"", "the news that Lan came"),
            ("tcp.payload contains \"! line too long\"", "the refusal"),
            ("tcp.flags.reset == 1", "the end of one who does not read"),
        ],
        sides: true,
    }
    .test_with(None, attacks())
}

fn attacks() -> Vec<Trial> {
    let attacked = || Attacked::<TcpStream>::new(env!("CARGO_BIN_EXE_lesson14"), honest);
    let members = attacked().behind("a name", enter).pouring(LINE);
    attacked().trials().into_iter().chain(members.trials()).collect()
}

/// How often one of those who talk says something, and the other must have heard it.
const TURNS: usize = 50;

/// A line nearly as long as one may be.
const LINE: &[u8] = &{
    let mut line = [b'x'; 1000];
    line[999] = b'\n';
    line
};

/// An attacker says its name, as everybody does, and is in.
fn enter(peer: &mut TcpStream, number: usize) -> io::Result<()> {
    peer.write_all(format!("attacker-{number}\n").as_bytes())?;
    let mut one = [0; 1];
    while one != *b"\n" {
        peer.read_exact(&mut one)?; // `= …`, who else is there; nothing of what follows is read
    }
    Ok(())
}

/// Two who talk, in the lobby as the attackers do: how many there have been is part of their names.
fn honest(address: SocketAddr) -> io::Result<()> {
    static CAME: AtomicUsize = AtomicUsize::new(0);
    let number = CAME.fetch_add(1, Ordering::Relaxed);
    let (mai, lan) = (format!("mai-{number}"), format!("lan-{number}"));
    let join = |name: &str| -> io::Result<BufReader<TcpStream>> {
        let mut peer = BufReader::new(TcpStream::call(&address)?);
        writeln!(peer.get_mut(), "{name}")?;
        hear(&mut peer, |line| line.starts_with('='))?;
        Ok(peer)
    };
    let (mut one, mut other) = (join(&mai)?, join(&lan)?);
    hear(&mut one, |line| line == format!("+ {lan}"))?;
    for turn in 0..TURNS {
        writeln!(one.get_mut(), "xin chào {turn}")?;
        hear(&mut other, |line| line == format!("{mai}: xin chào {turn}"))?;
    }
    other.get_ref().shutdown(Shutdown::Write)?;
    hear(&mut one, |line| line == format!("- {lan}"))
}

/// Reads on until the line has come that is `expected`: attackers talk, too.
fn hear(peer: &mut BufReader<TcpStream>, expected: impl Fn(&str) -> bool) -> io::Result<()> {
    loop {
        let mut line = String::new();
        Read::by_ref(peer).take(2000).read_line(&mut line)?;
        match line.strip_suffix('\n') {
            Some(line) if expected(line) => return Ok(()),
            Some(line) if !line.starts_with('!') => {}
            _ => return Err(io::Error::other(format!("then came {line:?}"))),
        }
    }
}
