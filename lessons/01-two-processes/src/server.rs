//! A server that greets each client, asks it two questions, and passes its answers on.
//!
//! It needs `std` only. Copy this file into a program of your own and call
//! `serve(&TcpListener::bind("127.0.0.1:7001")?, Ok, |line| println!("{line:?}"))`.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// The longest line that is accepted, in bytes. The peer decides how much comes; we, how much we keep.
const MAX_LINE: u64 = 200;

/// Serves one client after another, forever. `report` gets each line of a client, `None` at its end of stream, and
/// the error that ended a connection early.
///
/// `wrap` makes of each connection the stream that is served: `Ok` leaves it as it is.
pub fn serve<S>(
    listener: &TcpListener,
    wrap: impl Fn(TcpStream) -> io::Result<S>,
    report: impl Fn(io::Result<Option<&str>>),
) where
    for<'a> &'a S: Read + Write,
{
    for accepted in listener.incoming() {
        // A client that breaks off is no reason to turn the next one away.
        if let Err(error) = accepted.and_then(|client| ask(&wrap(client)?, &report)) {
            report(Err(error));
        }
    }
}

fn ask<S>(client: &S, report: &impl Fn(io::Result<Option<&str>>)) -> io::Result<()>
where
    for<'a> &'a S: Read + Write,
{
    let mut to_client = client;
    to_client.write_all(b"chao ban\nsocket?\nnote?\n")?;
    let mut from_client = BufReader::new(client);
    loop {
        let line = read_line(&mut from_client)?;
        if line.is_empty() {
            report(Ok(None));
            return Ok(());
        }
        report(Ok(Some(&line)));
    }
}

/// Reads the next line with its LF. Less than that when the stream ends first, or the line is too long;
/// an empty string at the end of the stream.
///
/// A read alone returns bytes, as many as have come, and no lines: that is the subject of lesson 04.
pub fn read_line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    from.take(MAX_LINE).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_line_returns_one_line_after_another_then_nothing() {
        let mut from: &[u8] = b"one\ntwo";
        assert_eq!(read_line(&mut from).unwrap(), "one\n");
        assert_eq!(read_line(&mut from).unwrap(), "two");
        assert_eq!(read_line(&mut from).unwrap(), "");
    }

    #[test]
    fn read_line_cuts_a_line_without_end() {
        let mut from = io::repeat(b'x');
        assert_eq!(read_line(&mut BufReader::new(&mut from)).unwrap().len() as u64, MAX_LINE);
    }
}
