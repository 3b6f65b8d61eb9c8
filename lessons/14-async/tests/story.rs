//! Lesson 14 prints what its transcripts say, and behaves as every lesson does.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use narrate::testing::{Attacks, Peer, Story};

fn main() -> ExitCode {
    let attacks = || Attacks::<TcpStream>::new(legitimate_client);
    Story::new(14, env!("CARGO_BIN_EXE_lesson14"), env!("CARGO_MANIFEST_DIR"))
        // How much the kernel's buffers hold differs from machine to machine.
        .varying(&["đã đi", "sent: ", "Mai đã gửi", "that Mai sent"])
        .dissected(&[
            ("tcp.payload == 78:69:6e:20:63:68", "the first half of the line"),
            ("tcp.payload contains \"+ lan\"", "the news that Lan came"),
            ("tcp.payload contains \"! line too long\"", "the refusal"),
            ("tcp.flags.reset == 1", "the reset of a member that does not read"),
        ])
        .standalone("src/chat.rs")
        .attacked_by(attacks())
        .attacked_by(attacks().after("a name", join).sending(LINE))
        .run()
}

/// How many lines one member sends, each of which the other must receive.
const ROUNDS: usize = 50;

/// A line nearly as long as one may be.
const LINE: &[u8] = &{
    let mut line = [b'x'; 1000];
    line[999] = b'\n';
    line
};

/// Sends a name, as every client does, and waits for the reply.
fn join(peer: &mut TcpStream, number: usize) -> io::Result<()> {
    peer.write_all(format!("attacker-{number}\n").as_bytes())?;
    let mut byte = [0; 1];
    while byte != *b"\n" {
        peer.read_exact(&mut byte)?; // `= …`, who else is there; nothing of what follows is read
    }
    Ok(())
}

/// Two members that talk in the lobby, as the attackers do: how many there have been is part of their names.
fn legitimate_client(address: SocketAddr) -> io::Result<()> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let (mai, lan) = (format!("mai-{number}"), format!("lan-{number}"));
    let join = |name: &str| -> io::Result<BufReader<TcpStream>> {
        let mut peer = BufReader::new(TcpStream::connect_with_timeouts(&address)?);
        writeln!(peer.get_mut(), "{name}")?;
        receive_until(&mut peer, |line| line.starts_with('='))?;
        Ok(peer)
    };
    let (mut one, mut other) = (join(&mai)?, join(&lan)?);
    receive_until(&mut one, |line| line == format!("+ {lan}"))?;
    for round in 0..ROUNDS {
        writeln!(one.get_mut(), "xin chào {round}")?;
        receive_until(&mut other, |line| line == format!("{mai}: xin chào {round}"))?;
    }
    other.get_ref().shutdown(Shutdown::Write)?;
    receive_until(&mut one, |line| line == format!("- {lan}"))
}

/// Reads up to the line that is `expected`, past the lines of the attackers.
fn receive_until(peer: &mut BufReader<TcpStream>, expected: impl Fn(&str) -> bool) -> io::Result<()> {
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
