//! What the library keeps in memory: messages that nobody takes, and buffers that wait for some.

use std::error::Error;
use std::io;
use std::net::{TcpListener, TcpStream};

use narrate::{Side, Stage};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Error as WsError, Message, WebSocket};

use crate::text;

/// Messages of 1 KiB that nobody reads.
const WRITES: usize = 20_000;
/// A bound for what waits to be written.
const BOUND: usize = 256 * 1024;
/// Idle connections for each of the two sizes of the read buffer.
const IDLE: usize = 100;
const SMALL: usize = 4 * 1024;
const DEFAULT: usize = 128 * 1024;

/// Writes to a peer that does not read, without and with a bound. The socket is non-blocking, as
/// every socket of an async server is: what the kernel does not take stays with us.
pub(crate) fn unbounded(stage: &Stage) -> Result<(), Box<dyn Error>> {
    stage.step(text::nobody_reads(WRITES));
    // ANCHOR: bound
    let line = Message::text("x".repeat(1024));
    for bound in [usize::MAX, BOUND] {
        let config = WebSocketConfig::default().max_write_buffer_size(bound);
        let (_silent, stream) = connected()?;
        stream.set_nonblocking(true)?;
        let mut server = WebSocket::from_raw_socket(stream, Role::Server, Some(config));
        // WouldBlock is no refusal: the frame is in the library's buffer, and goes with a later flush.
        let refused = (0..WRITES).find_map(|at| match server.write(line.clone()) {
            Err(error @ WsError::WriteBufferFull(_)) => Some((at, error)),
            _ => None,
        });
        match refused {
            None => stage.fact(Side::SERVER, text::all_taken(WRITES)),
            Some((at, error)) => stage.fact(Side::SERVER, text::refused(bound / 1024, at, error)),
        }
    }
    // ANCHOR_END: bound
    Ok(())
}

/// The memory of this process before and after, for each size of the read buffer.
pub(crate) fn memory(stage: &Stage) -> Result<(), Box<dyn Error>> {
    stage.step(text::idle(IDLE));
    let (Some(small), Some(large)) = (per_connection(SMALL)?, per_connection(DEFAULT)?) else {
        stage.fact(Side::SERVER, text::no_memory());
        return Ok(());
    };
    stage.fact(Side::SERVER, text::costs(SMALL / 1024, small.div_ceil(1024)));
    stage.fact(Side::SERVER, text::costs(DEFAULT / 1024, large.div_ceil(1024)));
    stage.fact(Side::SERVER, text::ratio(large / small.max(1)));
    Ok(())
}

// ANCHOR: memory
/// Bytes of memory for one connection that has read one message and now waits. `None` where the
/// system does not say how much this process uses.
fn per_connection(read_buffer: usize) -> Result<Option<usize>, Box<dyn Error>> {
    if resident().is_none() {
        return Ok(None);
    }
    let config = WebSocketConfig::default().read_buffer_size(read_buffer);
    let mut idle = Vec::with_capacity(IDLE);
    for _ in 0..IDLE {
        idle.push(connected()?);
    }
    let Some(before) = resident() else { return Ok(None) };
    let mut waiting = Vec::with_capacity(IDLE);
    for (client, stream) in &idle {
        let mut server = WebSocket::from_raw_socket(stream, Role::Server, Some(config));
        WebSocket::from_raw_socket(client, Role::Client, Some(WebSocketConfig::default().read_buffer_size(0)))
            .send(Message::text("xin chao"))?;
        server.read()?;
        waiting.push(server);
    }
    Ok(resident().map(|after| after.saturating_sub(before) / waiting.len()))
}
// ANCHOR_END: memory

/// Both ends of a new connection: the caller's, the server's.
fn connected() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    Ok((client, listener.accept()?.0))
}

/// Memory that this process really has (VmRSS), in bytes; only Linux tells it in a file.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok()? * 1024)
}
