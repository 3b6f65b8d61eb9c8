//! Programs at a path: one habit, one symptom.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixDatagram, UnixListener, UnixStream};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, thread};

use checks::{
    CheckRun, Failure, Symptom, UnixDatagramPeer, UnixName, UnixServer, expect_content, expect_mode, expect_nothing_at,
};
use libtest_mimic::Trial;

use crate::cases::{Case, expect_outcome, playing};

/// Behaves as `habit` says; `rest` is the path.
pub fn play(habit: &str, rest: &[String]) -> ExitCode {
    let Some(path) = rest.first().map(Path::new) else { return ExitCode::from(2) };
    let played = match habit {
        "unix-refuses" => Err(io::Error::other("not here")),
        _ if habit.starts_with("unix-datagram") => answer_datagrams(habit, path),
        _ => listen(habit, path),
    };
    match played {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("player: {error}");
            ExitCode::FAILURE
        }
    }
}

/// An echo until stdin ends, but for its habit.
fn listen(habit: &str, path: &Path) -> io::Result<()> {
    let listener = UnixListener::bind(path)?;
    let elsewhere = if habit == "unix-elsewhere" { ".other" } else { "" };
    println!("LISTENING {}{elsewhere}", path.display());
    let serving = habit.to_owned();
    thread::spawn(move || {
        for peer in listener.incoming().flatten() {
            let habit = serving.clone();
            thread::spawn(move || serve(&habit, peer));
        }
    });
    io::copy(&mut io::stdin(), &mut io::sink())?;
    if habit == "unix-untidy" { Ok(()) } else { fs::remove_file(path) }
}

fn serve(habit: &str, mut peer: UnixStream) -> io::Result<()> {
    let mut buffer = [0; 4096];
    loop {
        let count = match peer.read(&mut buffer)? {
            0 => return Ok(()),
            count => count,
        };
        match habit {
            "unix-mute" => {}
            // Closing with bytes unread is what cuts a Unix stream.
            "unix-cuts" => return Ok(()),
            "unix-counts-reads" => peer.write_all(&[u8::try_from(count).unwrap_or(u8::MAX)])?,
            _ => peer.write_all(&buffer[..count])?,
        }
    }
}

/// An echo of datagrams, but for its habit.
fn answer_datagrams(habit: &str, path: &Path) -> io::Result<()> {
    let socket = UnixDatagram::bind(path)?;
    println!("LISTENING {}", path.display());
    let mut buffer = vec![0; 100_000];
    loop {
        let (count, sender) = socket.recv_from(&mut buffer)?;
        let name = sender.as_pathname();
        match (habit, name) {
            ("unix-datagram-mute", _) => {}
            ("unix-datagram-leaves", _) => return Ok(()),
            ("unix-datagram-moves", Some(name)) => drop(UnixDatagram::unbound()?.send_to(&buffer[..count], name)?),
            (_, Some(name)) => drop(socket.send_to(&buffer[..count], name)?),
            _ => {}
        }
    }
}

const CASES: &[Case] = &[
    ("at a path: serves well", None, |check| echoes(&start(check, "unix-serves")?)),
    ("at a path: answers nothing", Some(Symptom::Silence), |check| echoes(&start(check, "unix-mute")?)),
    ("at a path: announces another one", Some(Symptom::Garbage), |check| start(check, "unix-elsewhere").map(drop)),
    ("at a path: ends with its stdin and clears up", None, |check| {
        let server = start(check, "unix-serves")?;
        server.close_stdin()?.expect_success()?;
        expect_nothing_at(server.path())
    }),
    ("at a path: leaves it behind", Some(Symptom::WrongFile), |check| {
        let server = start(check, "unix-untidy")?;
        server.close_stdin()?.expect_success()?;
        expect_nothing_at(server.path())
    }),
    ("at a path: is gone after a kill", Some(Symptom::Refused), |check| {
        let server = start(check, "unix-serves")?;
        server.kill()?;
        server.connect().map(drop)
    }),
    ("at a path: a killed program is not said to have ended", Some(Symptom::EndOfStream), |check| {
        let server = start(check, "unix-serves")?;
        let mut peer = server.connect()?;
        peer.send(b"x")?;
        peer.expect(b"x")?;
        server.kill()?;
        peer.expect(b"x")
    }),
    ("at a path: listens where it should refuse", Some(Symptom::UnexpectedListen), |check| {
        refuses(check, "unix-serves")
    }),
    ("at a path: refuses, and says so", None, |check| refuses(check, "unix-refuses")),
    ("at a path: inherits what the shell has set", None, |check| {
        let path = check.path("player.sock")?;
        let [play, habit] = playing("unix-serves");
        let server = check.start_after("umask 077", &[play.as_ref(), habit.as_ref(), &path])?;
        expect_mode(server.path(), 0o700)
    }),
    ("at a path: another mode is seen", Some(Symptom::WrongFile), |check| {
        let server = start(check, "unix-serves")?;
        expect_mode(server.path(), 0o4711)
    }),
    ("a file that ends early is seen", Some(Symptom::CutShort), |check| {
        let file = check.file("note.txt", b"one\n")?;
        expect_content(&file, b"one\ntwo\n")
    }),
    ("another content is seen", Some(Symptom::WrongFile), |check| {
        let file = check.file("note.txt", b"one\nten\n")?;
        expect_content(&file, b"one\ntwo\n")
    }),
    ("datagrams at a path: serves well", None, |check| hears(check, "unix-datagram", false)),
    ("datagrams at a path: answers a connected socket", None, |check| hears(check, "unix-datagram", true)),
    ("datagrams at a path: answers nothing", Some(Symptom::Silence), |check| hears(check, "unix-datagram-mute", false)),
    ("datagrams at a path: ends", Some(Symptom::Exited), |check| hears(check, "unix-datagram-leaves", false)),
    ("datagrams at a path: answers from elsewhere", Some(Symptom::WrongAddress), |check| {
        hears(check, "unix-datagram-moves", false)
    }),
    ("datagrams at a path: a full queue blocks the others", Some(Symptom::Silence), |check| {
        let server = start(check, "unix-datagram")?;
        let (deaf, other) = (named(check, &server, "deaf")?, named(check, &server, "other")?);
        deaf.fill_queue()?;
        deaf.send(b"x")?;
        other.send(b"x")?;
        other.expect(b"x")
    }),
    ("datagrams at a path: an unexpected one is seen", Some(Symptom::ExtraBytes), |check| {
        let server = start(check, "unix-datagram")?;
        let (one, other) = (named(check, &server, "one")?, named(check, &server, "other")?);
        one.send(b"x")?;
        other.send(b"y")?;
        other.expect(b"y")?;
        one.expect_nothing()
    }),
];

#[cfg(target_os = "linux")]
const LINUX_CASES: &[Case] = &[
    ("at a path: cuts the connection", Some(Symptom::Reset), |check| {
        let mut peer = start(check, "unix-cuts")?.connect()?;
        // More than one read takes, so that some of it is unread when the program closes.
        peer.send(&[b'x'; 8192])?;
        peer.expect(b"x")
    }),
    ("at a path: each piece is a read of its own", None, |check| {
        let mut peer = start(check, "unix-counts-reads")?.connect()?;
        peer.send_bytewise(&[b'x'; 40])?;
        peer.expect(&[1; 40])?;
        peer.send_cut(&[b'x'; 60], &[10, 30])?;
        peer.expect(&[10, 20, 30])
    }),
    ("at a path: does not read what is sent bytewise", Some(Symptom::Silence), |check| {
        let server = start(check, "unix-serves")?;
        let mut peer = server.connect()?;
        server.while_suspended(|| peer.send_bytewise(b"ab"))
    }),
];

#[cfg(not(target_os = "linux"))]
const LINUX_CASES: &[Case] = &[];

pub fn tests() -> Vec<Trial> {
    CASES.iter().chain(LINUX_CASES).map(|case| Trial::test(case.0, || expect_outcome(case))).collect()
}

fn start(check: &mut CheckRun, habit: &str) -> Result<UnixServer, Failure> {
    let path = check.path("player.sock")?;
    let [play, habit] = playing(habit);
    check.start_at(&[play.as_ref(), habit.as_ref(), &path])
}

fn refuses(check: &mut CheckRun, habit: &str) -> Result<(), Failure> {
    let path = check.path("player.sock")?;
    let [play, habit] = playing(habit);
    check.expect_start_refused(&[play.as_ref(), habit.as_ref(), &path])
}

fn echoes(server: &UnixServer) -> Result<(), Failure> {
    let mut peer = server.connect()?;
    peer.send(b"hello")?;
    peer.expect(b"hello")?;
    peer.half_close()?;
    peer.expect_end()
}

fn named(check: &mut CheckRun, server: &UnixServer, name: &str) -> Result<UnixDatagramPeer, Failure> {
    let path = check.path(name)?;
    UnixDatagramPeer::open(server, UnixName::Path(&path))
}

fn hears(check: &mut CheckRun, habit: &str, connects: bool) -> Result<(), Failure> {
    let server = start(check, habit)?;
    let peer = named(check, &server, "peer")?;
    if connects {
        peer.connect()?;
    }
    for word in [&b"hello"[..], b"", &[b'x'; 2000]] {
        peer.send(word)?;
        peer.expect(word)?;
    }
    Ok(())
}
