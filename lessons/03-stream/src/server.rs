//! An echo server with a thread for each client.
//!
//! It needs `std` only. Copy this file into a program of your own and call
//! `serve(&TcpListener::bind("127.0.0.1:7003")?, Ok)`.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// How long to wait after a failed `accept`, so that clients may leave and free a descriptor.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Sends back to each client what it sends, until its end of stream; all clients at once, forever.
///
/// `wrap` makes of each connection the stream that is served: `Ok` leaves it as it is.
pub fn serve<S>(listener: &TcpListener, wrap: impl Fn(TcpStream) -> io::Result<S>)
where
    S: Send + Sync,
    for<'a> &'a S: Read + Write,
{
    thread::scope(|scope| {
        for accepted in listener.incoming() {
            // A client that has left before `accept` is no reason to stop serving the others. Nor is a
            // lack of descriptors; but then `accept` would only fail again at once.
            let Ok(client) = accepted.and_then(&wrap) else {
                thread::sleep(ACCEPT_RETRY_DELAY);
                continue;
            };
            // If no thread can be started, `client` is dropped here, which closes it.
            let _ = thread::Builder::new().spawn_scoped(scope, move || io::copy(&mut &client, &mut &client));
        }
    });
}
