//! `bench-server KIND`: the echo servers that no exercise has, for the benchmark to measure.
//!
//! `tokio-1` and `tokio-n` run a task for each connection, on one thread or on one for each core. `nodelay` is
//! exercise 03 with `TCP_NODELAY`: what it reads goes out at once. `frames` reads a whole frame (u32 length, big-endian) before it sends it back, as a WebSocket server must.
//!
//! It is a program of its own so that its CPU time is nobody else's.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;

use tokio::runtime::Builder;

/// The longest frame, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;
/// What exercise 03 reads at once, in bytes.
const CHUNK: usize = 4096;

fn main() -> ExitCode {
    let kind = std::env::args().nth(1).unwrap_or_default();
    let ran = match kind.as_str() {
        "tokio-1" => in_tasks(Builder::new_current_thread()),
        "tokio-n" => in_tasks(Builder::new_multi_thread()),
        "nodelay" => in_threads(echo),
        "frames" => in_threads(frames),
        _ => {
            eprintln!("Usage: bench-server tokio-1|tokio-n|nodelay|frames");
            return ExitCode::from(2);
        }
    };
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-server {kind}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn listen() -> io::Result<TcpListener> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// A task for each connection.
fn in_tasks(mut runtime: Builder) -> io::Result<()> {
    runtime.enable_all().build()?.block_on(async {
        let listener = listen()?;
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (mut peer, _) = listener.accept().await?;
            tokio::spawn(async move {
                let (mut reading, mut writing) = peer.split();
                tokio::io::copy(&mut reading, &mut writing).await
            });
        }
    })
}

/// A thread for each connection.
fn in_threads(serve: fn(TcpStream) -> io::Result<()>) -> io::Result<()> {
    for peer in listen()?.incoming() {
        let peer = peer?;
        thread::spawn(move || serve(peer));
    }
    Ok(())
}

/// Sends back what each read brought, without waiting for the acknowledgement of what went before.
fn echo(mut peer: TcpStream) -> io::Result<()> {
    peer.set_nodelay(true)?;
    let mut bytes = [0; CHUNK];
    loop {
        let count = peer.read(&mut bytes)?;
        if count == 0 {
            return Ok(());
        }
        peer.write_all(&bytes[..count])?;
    }
}

/// A frame is read whole, then sent back in one write.
fn frames(mut peer: TcpStream) -> io::Result<()> {
    peer.set_nodelay(true)?;
    let mut frame = Vec::new();
    loop {
        let mut header = [0; 4];
        peer.read_exact(&mut header)?;
        let length = u32::from_be_bytes(header) as usize;
        if length > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
        frame.resize(4 + length, 0);
        frame[..4].copy_from_slice(&header);
        peer.read_exact(&mut frame[4..])?;
        peer.write_all(&frame)?;
    }
}
