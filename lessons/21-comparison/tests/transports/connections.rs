//! How many connections a driver opens.

use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use libtest_mimic::Trial;
use narrate::testing::{Failed, must};

use crate::ends::{Driver, Frames, Server};

const EXPECTED: [(&str, usize, usize); 6] = [
    ("tcp", 1, 1),
    ("websocket", 1, 1),
    ("http1", 1, 4),
    ("http1-close", 40, 41),
    ("http2", 1, 1),
    ("grpc-unary", 1, 1),
];

pub fn trials() -> impl Iterator<Item = Trial> {
    EXPECTED.into_iter().map(|(name, least, most)| {
        let say = format!("{name} needs {least} to {most} connections for 40 frames, 4 at a time");
        Trial::test(say, move || connects(name, least..=most))
    })
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
    let mut driver = Driver::start(name, &server, &frames)?;
    driver.ask("load small")?;
    let answer = driver.ask("measure window=4 frames=40")?;
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
