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

/// Two who talk, in a room of their own: how many there have been is its name.
fn honest(address: SocketAddr) -> io::Result<()> {
    static ROOMS: AtomicUsize = AtomicUsize::new(0);
    let room = ROOMS.fetch_add(1, Ordering::Relaxed);
    let join = |name| -> io::Result<BufReader<TcpStream>> {
        let mut peer = TcpStream::call(&address)?;
        writeln!(peer, "{name} room-{room}")?;
        Ok(BufReader::new(peer))
    };
    let mut mai = join("mai")?;
    expect(&mut mai, "=")?;
    let mut lan = join("lan")?;
    expect(&mut lan, "= mai")?;
    expect(&mut mai, "+ lan")?;
    writeln!(mai.get_mut(), "xin chào")?;
    expect(&mut lan, "mai: xin chào")?;
    lan.get_ref().shutdown(Shutdown::Write)?;
    expect(&mut mai, "- lan")?;
    match lan.read(&mut [0; 1])? {
        0 => Ok(()),
        _ => Err(io::Error::other("there is more than was said")),
    }
}

fn expect(peer: &mut BufReader<TcpStream>, expected: &str) -> io::Result<()> {
    let mut line = String::new();
    peer.take(2000).read_line(&mut line)?;
    match line.strip_suffix('\n') {
        Some(line) if line == expected => Ok(()),
        _ => Err(io::Error::other(format!("{line:?} came, not {expected:?}"))),
    }
}
