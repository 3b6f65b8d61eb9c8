//! Measures the memory of idle connections: each WebSocket of the library has a read buffer of its own.

use std::error::Error;
use std::io;
use std::net::{TcpListener, TcpStream};

use narrate::{Side, Stage};
use tungstenite::protocol::{Role, WebSocketConfig};
use tungstenite::{Message, WebSocket};

use crate::text;

/// Idle connections for each of the two sizes of the read buffer.
pub(crate) const CONNECTIONS: usize = 100;
const SMALL: usize = 4 * 1024;
const DEFAULT: usize = 128 * 1024;
/// Blocks of 4 KiB, 8 MiB in all: more than earlier steps may have left free in the heap.
const HEAP_FILLERS: usize = 2048;

/// Measures the memory of this process before and after, for each size of the read buffer.
pub(crate) fn measure(stage: &Stage) -> Result<(), Box<dyn Error>> {
    // Memory that was freed earlier would be used again, and the process would not grow.
    let _fillers = vec![vec![1_u8; SMALL]; HEAP_FILLERS];
    let (small, default) = (memory_per_connection(SMALL)?, memory_per_connection(DEFAULT)?);
    let (Some(small), Some(default)) = (small, default) else {
        stage.fact(Side::SERVER, text::memory_unknown());
        return Ok(());
    };
    let (small, default) = (small as f64 / 1024.0, default as f64 / 1024.0); // in KiB
    stage.fact(Side::SERVER, text::small_buffer(SMALL / 1024, format_args!("{small:.1}")));
    let ratio = format!("{:.0}", default / small);
    stage.fact(Side::SERVER, text::default_buffer(DEFAULT / 1024, format_args!("{default:.1}"), ratio));
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
    let mut connections = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        connections.push(connection()?);
    }
    let Some(before) = resident_memory() else { return Ok(None) };
    let mut waiting = Vec::with_capacity(CONNECTIONS);
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
