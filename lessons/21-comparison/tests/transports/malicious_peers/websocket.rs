//! WebSocket: messages that are too long, have no end, are not masked, or are no frames.

use std::io::{Read as _, Write as _};

use libtest_mimic::Trial;
use narrate::testing::Failed;

use super::{call, survives};
use crate::ends::{Server, payload};

/// What a client asks before it may send messages (RFC 6455, section 4.1).
pub const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// For the transports whose messages one can write without a key.
pub fn trials(name: &'static str) -> Option<Trial> {
    name.starts_with("websocket")
        .then(|| Trial::test(format!("{name} survives messages that are no frames"), move || survives(name, no_frames)))
}

fn no_frames(server: &Server) -> Result<(), Failed> {
    say(server, &[&payload(10_000), b"\r\n\r\n"], false)?;
    say(server, &[&UPGRADE[..30]], true)?;
    say(server, &[UPGRADE, &payload(10_000)], false)?;
    // A masked binary message of a terabyte, one of 100,000 bytes that ends early, and one without a mask.
    say(server, &[UPGRADE, &[0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]], false)?;
    say(server, &[UPGRADE, &[0x82, 0xff, 0, 0, 0, 0, 0, 1, 0x86, 0xa0, 1, 2, 3, 4], &payload(50_000)], true)?;
    say(server, &[UPGRADE, &[0x82, 0x05, 1, 2, 3, 4, 5]], false)?;
    // Fragments of a mebibyte, of which none is the last.
    let fragment = |kind: u8| [&[kind, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 0, 1, 2, 3, 4], &payload(1 << 20)[..]].concat();
    let (first, next) = (fragment(2), fragment(0));
    say(server, &[&[UPGRADE, &first][..], &[&next[..]; 30]].concat(), false)?;
    // Shorter than a frame can be.
    say(server, &[UPGRADE, &[0x82, 0x83, 0, 0, 0, 0, 1, 2, 3]], false)
}

/// Says that to a server, and reads what it answers until it has closed, or leaves at once.
pub fn say(server: &Server, words: &[&[u8]], leave: bool) -> Result<(), Failed> {
    let mut peer = call(server)?;
    for words in words {
        if peer.write_all(words).is_err() {
            return Ok(()); // it has closed already, as it should
        }
        if *words == UPGRADE {
            let mut end = [0; 4];
            while end != *b"\r\n\r\n" {
                end.rotate_left(1);
                peer.read_exact(&mut end[3..]).map_err(|why| format!("the server does not upgrade: {why}"))?;
            }
        }
    }
    if !leave {
        let _ = peer.read_to_end(&mut Vec::new());
    }
    Ok(())
}
