//! The echo servers that no exercise has.
//!
//! `tokio-1` and `tokio-n` run a task for each connection, on one thread or on one for each core. `nodelay` is
//! exercise 03 with `TCP_NODELAY`: what it reads goes out at once. `frames` reads a whole frame (u32 length, big-endian)
//! before it sends it back, as a WebSocket server must.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use tokio::runtime::Builder;

/// The longest frame, in bytes.
const MAX_FRAME: usize = 16 * 1024 * 1024;
/// What exercise 03 reads at once, in bytes.
const BUFFER_SIZE: usize = 4096;

/// The servers by name.
pub(crate) const KINDS: [&str; 4] = ["tokio-1", "tokio-n", "nodelay", "frames"];

/// Serves until the process ends.
///
/// # Errors
/// When it cannot listen, or no longer accept.
pub(crate) fn serve(kind: &str) -> io::Result<()> {
    match kind {
        "tokio-1" => in_tasks(Builder::new_current_thread()),
        "tokio-n" => in_tasks(Builder::new_multi_thread()),
        "nodelay" => in_threads(echo),
        _ => in_threads(frames),
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
    let mut buffer = [0; BUFFER_SIZE];
    loop {
        let count = peer.read(&mut buffer)?;
        if count == 0 {
            return Ok(());
        }
        peer.write_all(&buffer[..count])?;
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
        if length > MAX_FRAME {
            return Err(io::ErrorKind::InvalidData.into());
        }
        frame.resize(4 + length, 0);
        frame[..4].copy_from_slice(&header);
        peer.read_exact(&mut frame[4..])?;
        peer.write_all(&frame)?;
    }
}
