//! An echo server at a path, with a thread for each client.
//!
//! It needs `std` only. Copy this file into a program of your own and call
//! `serve(&UnixListener::bind("/tmp/echo.sock")?, Ok)`. The file stays when the server ends: remove it before the
//! next `bind`, or find out first whether a server still listens there, as `sides.rs` does.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::thread;
use std::time::Duration;

/// How long to wait after a failed `accept`, so that clients may leave and free a descriptor.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Sends back to each client what it sends, until its end of stream; all clients at once, forever.
///
/// `wrap` makes of each connection the stream that is served: `Ok` leaves it as it is.
pub fn serve<S>(listener: &UnixListener, wrap: impl Fn(UnixStream) -> io::Result<S>)
where
    S: Send + Sync,
    for<'a> &'a S: Read + Write,
{
    thread::scope(|scope| {
        for accepted in listener.incoming() {
            // As in lesson 03: a client that has left, or a lack of descriptors, is no reason to stop serving.
            let Ok(client) = accepted.and_then(&wrap) else {
                thread::sleep(ACCEPT_RETRY_DELAY);
                continue;
            };
            // If no thread can be started, `client` is dropped here, which closes it.
            let _ = thread::Builder::new().spawn_scoped(scope, move || io::copy(&mut &client, &mut &client));
        }
    });
}
