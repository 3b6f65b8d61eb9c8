//! The transports that carry HTTP: every one keeps to CONTRACT.md, and no peer can harm its server.

mod ends;
mod harm;

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ends::{Driver, Frames, Server, send};
use libtest_mimic::{Arguments, Trial};
use narrate::testing::{Failed, must, needing};

const NAMES: [&str; 9] = [
    "http1",
    "http2",
    "grpc-unary",
    "grpc-stream",
    "http1-close",
    "http1-multipart",
    "http1-base64",
    "http2-small-windows",
    "grpc-small-windows",
];

/// Nothing, one byte, both sides of 64 KiB, more than it, raw pictures of 640 x 480 and of 1920 x 1080, and the limit.
const LENGTHS: [usize; 8] = [0, 1, 65_535, 65_536, 70_000, 921_600, 6_220_800, 16 << 20];

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for name in NAMES {
        trials.push(Trial::test(format!("{name} acknowledges what has arrived"), move || acknowledges(name)));
        trials.push(Trial::test(format!("{name} measures"), move || measures(name)));
    }
    for (name, least, most) in [("http1", 1, 4), ("http1-close", 40, 41), ("http2", 1, 1), ("grpc-unary", 1, 1)] {
        let say = format!("{name} needs {least} to {most} connections for 40 frames, 4 at a time");
        trials.push(Trial::test(say, move || connects(name, least..=most)));
    }
    trials.extend(harm::trials());
    let missing = Command::new("curl").arg("--version").output().is_err().then_some("curl");
    for (what, transport, arguments) in BY_HAND {
        let name = format!("curl can post a frame by hand, {what}");
        trials.push(needing(missing, &name, move || by_hand(transport, arguments)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn acknowledges(name: &str) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    let mut driver = Driver::start(name, &server, &frames)?;
    for (number, length) in (1..).zip(LENGTHS) {
        let (file, checksum) = frames.file("one.bin", length)?;
        let (number, right) = (number * 1_000_000_007, format!("{checksum:016x}"));
        for announced in [checksum, checksum ^ 1] {
            let answer = driver.ask(&send(number, announced, &file))?;
            must(answer == format!("ack {number} {right}"), || format!("{length} bytes: {answer}, expected {right}"))?;
        }
    }
    Ok(())
}

fn measures(name: &str) -> Result<(), Failed> {
    let (server, frames) = (Server::start(name)?, Frames::new()?);
    frames.file("mixed-0.bin", 49_635)?;
    frames.file("mixed-1.bin", 300_000)?;
    frames.file("mixed-2.bin", 3)?;
    let mut driver = Driver::start(name, &server, &frames)?;
    let answer = driver.ask("load mixed")?;
    must(answer == "loaded 3", || answer)?;
    for (line, least, most) in [
        ("measure window=1 frames=20", 20, 20),
        ("measure window=8 frames=50", 50, 50),
        ("measure window=12 frames=30", 30, 30),
        ("measure window=2 millis=50 rate=200", 1, u64::MAX),
        ("measure window=1 frames=1", 1, 1),
    ] {
        let answer = driver.ask(line)?;
        let count = answer.strip_prefix("measured ").and_then(|rest| rest.split(' ').next()?.parse().ok());
        must(count.is_some_and(|count: u64| (least..=most).contains(&count)), || format!("{line}: {answer}"))?;
    }
    Ok(())
}

/// Counts the connections of a driver, by standing between it and the server.
fn connects(name: &str, expected: RangeInclusive<usize>) -> Result<(), Failed> {
    let (mut server, frames) = (Server::start(name)?, Frames::new()?);
    frames.file("small-0.bin", 5_000)?;
    let between = TcpListener::bind("127.0.0.1:0")?;
    let to = std::mem::replace(&mut server.address, between.local_addr()?.to_string());
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    thread::spawn(move || {
        for client in between.incoming() {
            counted.fetch_add(1, Ordering::Relaxed);
            forward(client?, TcpStream::connect(&to)?)?;
        }
        Ok::<_, io::Error>(())
    });
    let answer = Driver::start(name, &server, &frames)?.ask_all(&["load small", "measure window=4 frames=40"])?;
    must(answer.starts_with("measured 40 "), || answer)?;
    let count = count.load(Ordering::Relaxed);
    must(expected.contains(&count), || format!("it were {count}"))
}

/// Carries bytes both ways, until each side has said its last.
fn forward(client: TcpStream, server: TcpStream) -> io::Result<()> {
    for (mut from, mut to) in [(client.try_clone()?, server.try_clone()?), (server, client)] {
        thread::spawn(move || {
            let _ = io::copy(&mut from, &mut to); // one of them has gone: the other hears of it
            let _ = to.shutdown(Shutdown::Write);
        });
    }
    Ok(())
}

/// What curl is told besides the address, `FRAME` being the payload's file, and the path behind the address.
type ByHand = (&'static str, &'static str, &'static [&'static str]);

const BY_HAND: [ByHand; 3] = [
    (
        "raw",
        "http1",
        &["/frame", "--data-binary", "@FRAME", "-H", "x-frame-number: 7", "-H", "x-frame-checksum: 0123456789abcdef"],
    ),
    (
        "as a form",
        "http1-multipart",
        &["/multipart", "-F", "frame=@FRAME", "-F", "checksum=0123456789abcdef", "-F", "number=7"],
    ),
    (
        "as JSON",
        "http1-base64",
        &["/base64", "-d", r#"{"frame":"eGluIGNoYW8=", "number":7, "checksum":"0123456789abcdef"}"#],
    ),
];

fn by_hand(transport: &str, arguments: &[&str]) -> Result<(), Failed> {
    let (server, frames) = (Server::start(transport)?, Frames::new()?);
    let (file, mut checksum) = frames.file("one.bin", 49_635)?;
    if transport == "http1-base64" {
        checksum = xxhash_rust::xxh3::xxh3_64(b"xin chao");
    }
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--fail-with-body", "--max-time", "30"]);
    curl.arg(format!("http://{}{}", server.address, arguments[0]));
    curl.args(arguments[1..].iter().map(|word| word.replace("FRAME", &file.display().to_string())));
    let output = curl.output()?;
    let expected = [7_u64.to_be_bytes(), checksum.to_be_bytes()].concat();
    must(output.status.success() && output.stdout == expected, || {
        format!("{}: {:?} {}", output.status, output.stdout, String::from_utf8_lossy(&output.stderr))
    })
}

/// A driver is served, from its start to an acknowledgement.
fn served(name: &str, server: &Server, when: &str) -> Result<(), Failed> {
    let frames = Frames::new()?;
    let (file, checksum) = frames.file("one.bin", 70_000)?;
    let mut driver = Driver::start(name, server, &frames).map_err(|why| format!("{when}: {why:?}"))?;
    let answer = driver.ask(&send(1, checksum, Path::new(&file)))?;
    must(answer == format!("ack 1 {checksum:016x}"), || format!("{when}: {answer}"))
}
