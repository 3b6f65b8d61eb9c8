//! What the library keeps in memory: read buffers that wait for messages, and messages that are not read.

use std::error::Error;
use std::io;
use std::net::{TcpListener, TcpStream};

use narrate::{Side, Stage};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Error as WsError, Message, WebSocket};

use crate::text;

/// Messages of 1 KiB that are not read.
pub(crate) const MESSAGES: usize = 20_000;
/// A bound for the write buffer, in bytes.
const WRITE_BUFFER_BOUND: usize = 256 * 1024;
/// Idle connections for each of the two sizes of the read buffer.
pub(crate) const IDLE_CONNECTIONS: usize = 100;
const SMALL_READ_BUFFER: usize = 4 * 1024;
const DEFAULT_READ_BUFFER: usize = 128 * 1024;
/// Blocks of 4 KiB, 8 MiB in all: more than earlier steps may have left free in the heap.
const HEAP_FILLERS: usize = 2048;

/// Measures the memory of this process before and after, for each size of the read buffer.
pub(crate) fn measure_read_buffers(stage: &Stage) -> Result<(), Box<dyn Error>> {
    // Memory that was freed earlier would be used again, and the process would not grow.
    let _fillers = vec![vec![1_u8; SMALL_READ_BUFFER]; HEAP_FILLERS];
    let (small, default) = (memory_per_connection(SMALL_READ_BUFFER)?, memory_per_connection(DEFAULT_READ_BUFFER)?);
    let (Some(small), Some(default)) = (small, default) else {
        stage.fact(Side::SERVER, text::memory_unknown());
        return Ok(());
    };
    stage.fact(Side::SERVER, text::small_buffer(SMALL_READ_BUFFER / 1024, small.div_ceil(1024)));
    let ratio = default / small.max(1);
    stage.fact(Side::SERVER, text::default_buffer(DEFAULT_READ_BUFFER / 1024, default.div_ceil(1024), ratio));
    Ok(())
}

// ANCHOR: memory
/// Returns the bytes of memory for one connection that has read one message and now waits; `None` where
/// the system does not tell how much this process uses.
fn memory_per_connection(read_buffer: usize) -> Result<Option<usize>, Box<dyn Error>> {
    if resident_memory().is_none() {
        return Ok(None);
    }
    let config = WebSocketConfig::default().read_buffer_size(read_buffer);
    let mut connections = Vec::with_capacity(IDLE_CONNECTIONS);
    for _ in 0..IDLE_CONNECTIONS {
        connections.push(connection()?);
    }
    let Some(before) = resident_memory() else { return Ok(None) };
    let mut waiting = Vec::with_capacity(IDLE_CONNECTIONS);
    for (client, accepted) in &connections {
        let mut server = WebSocket::from_raw_socket(accepted, Role::Server, Some(config));
        WebSocket::from_raw_socket(client, Role::Client, Some(WebSocketConfig::default().read_buffer_size(0)))
            .send(Message::text("xin chao"))?;
        server.read()?;
        waiting.push(server);
    }
    Ok(resident_memory().map(|after| after.saturating_sub(before) / waiting.len()))
}
// ANCHOR_END: memory

/// Writes to a client that does not read, without and with a bound. The socket is non-blocking, as every
/// socket of an async server is: what the kernel does not accept stays with us.
pub(crate) fn fill_write_buffers(stage: &Stage) -> Result<(), Box<dyn Error>> {
    let message = Message::text("x".repeat(1024));
    for bound in [usize::MAX, WRITE_BUFFER_BOUND] {
        let config = WebSocketConfig::default().max_write_buffer_size(bound);
        let (_client, accepted) = connection()?;
        accepted.set_nonblocking(true)?;
        let mut server = WebSocket::from_raw_socket(accepted, Role::Server, Some(config));
        // WouldBlock is no refusal: the frame is in the library's buffer, and goes with a later flush.
        let full = (0..MESSAGES).find_map(|number| match server.write(message.clone()) {
            Err(error @ WsError::WriteBufferFull(_)) => Some((number, error)),
            _ => None,
        });
        match full {
            None => stage.fact(Side::SERVER, text::all_buffered(MESSAGES)),
            Some((number, error)) => stage.fact(Side::SERVER, text::buffer_full(bound / 1024, number, error)),
        }
    }
    Ok(())
}

/// Returns both ends of a new connection: the client's, the server's.
fn connection() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    Ok((client, listener.accept()?.0))
}

/// Returns the resident memory of this process (VmRSS, `man 5 proc`) in bytes; only Linux has that file.
fn resident_memory() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.trim().parse::<usize>().ok()? * 1024)
}
