//! Bytes that have arrived and that no read has taken yet.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crate::event::{Endpoint, Side};
use crate::kernel::{self, State};
use crate::observe::{self, Observable};

/// How long bytes may take from one end to the other.
const DEADLINE: Duration = Duration::from_secs(5);
/// What [`unread_bytes`] counts up to where the kernel shows no table.
const COUNTED: usize = 1024;

/// Waits until `count` bytes are in the kernel, unread, for at most five seconds. No write promises when its
/// bytes arrive, and a sleep would be a guess. Works for a stream that blocks and for one that does not.
///
/// # Errors
/// [`io::ErrorKind::TimedOut`] when fewer have arrived by then, [`io::ErrorKind::UnexpectedEof`] when the
/// stream has ended without any; otherwise as [`std::net::TcpStream::peek`].
pub fn wait_unread(stream: &impl Observable, count: usize) -> io::Result<()> {
    peek_exact(stream, count).map(drop)
}

/// As [`wait_unread`], and returns those `count` bytes. They stay unread.
///
/// # Errors
/// As [`wait_unread`].
pub fn peek_exact(stream: &impl Observable, count: usize) -> io::Result<Vec<u8>> {
    let deadline = Instant::now() + DEADLINE;
    let mut bytes = vec![0; count];
    loop {
        match observe::peek(stream, &mut bytes) {
            Ok(peeked) if peeked >= count => return Ok(bytes),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::yield_now();
    }
}

/// Returns how many bytes are in the kernel for a TCP stream now, unread.
///
/// Where the system shows no table of sockets (not Linux) it peeks, counts up to 1,024, and takes the stream for
/// one that blocks.
///
/// # Errors
/// When the socket has no IP address, or does not let itself be peeked at.
pub fn unread_bytes(stream: &impl Observable) -> io::Result<usize> {
    let end = Endpoint::of(Side::SERVER, stream)?;
    match kernel::find(&end) {
        Ok(Some(row)) => {
            // A FIN that no read has met yet counts as a byte.
            let fin = matches!(row.state, State::CloseWait | State::LastAck | State::Closing | State::TimeWait);
            Ok((row.receive_queue as usize).saturating_sub(usize::from(fin)))
        }
        Ok(None) => Ok(0),
        Err(_) => match observe::peek_without_waiting(stream, &mut [0; COUNTED]) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            count => count,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{Shutdown, TcpListener, TcpStream};

    use super::*;

    fn connection() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (client, listener.accept().unwrap().0)
    }

    #[test]
    fn peek_exact_returns_the_bytes_and_leaves_them() {
        let (mut client, mut server) = connection();
        client.write_all(b"xin chao").unwrap();
        assert_eq!(peek_exact(&server, 3).unwrap(), b"xin");
        server.set_nonblocking(true).unwrap();
        wait_unread(&server, 8).unwrap();
        assert_eq!(server.read(&mut [0; 16]).unwrap(), 8);
    }

    #[test]
    fn wait_unread_ends_with_the_stream() {
        let (client, server) = connection();
        drop(client);
        assert_eq!(wait_unread(&server, 1).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn unread_bytes_counts_no_fin() {
        let (mut client, mut server) = connection();
        assert_eq!(unread_bytes(&server).unwrap(), 0);
        client.write_all(b"xin").unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        let end = Endpoint::of(Side::SERVER, &server).unwrap();
        kernel::wait_state(&end, Some(State::CloseWait));
        assert_eq!(unread_bytes(&server).unwrap(), 3);
        server.read_to_end(&mut Vec::new()).unwrap();
        assert_eq!(unread_bytes(&server).unwrap(), 0);
    }
}
