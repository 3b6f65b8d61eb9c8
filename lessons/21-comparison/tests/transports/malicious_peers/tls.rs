//! TLS: records that are none, or no handshake.

use libtest_mimic::Trial;

use super::survives;
use super::websocket::say;
use crate::ends::payload;

/// For the transport over TLS.
pub fn trials(name: &'static str) -> Option<Trial> {
    (name == "wss").then(|| {
        Trial::test("wss survives records that are no handshake", move || {
            survives(name, |server| {
                say(server, &[&payload(10_000)], false)?;
                // A handshake record of 512 bytes that ends early, and one that is longer than a record may be.
                say(server, &[&[22, 3, 1, 2, 0], &payload(100)], true)?;
                say(server, &[&[22, 3, 1, 255, 255], &payload(10_000)], false)?;
                say(server, &[b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"], false)
            })
        })
    })
}
