//! What a program has read and owes, and what came first.

#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use checks::{Readiness, ReadyOrder, Symptom, Until};

use crate::cases::Case;
#[cfg(target_os = "linux")]
use crate::cases::playing;

/// Long enough for an answer.
#[cfg(target_os = "linux")]
const PROGRESS_TIMEOUT: Duration = Duration::from_millis(1500);

#[cfg(target_os = "linux")]
pub const READINESS_CASES: &[Case] = &[
    ("send_until stops at backpressure", None, |check| {
        let server = check.start_with(&playing("serves"))?;
        for until in [Until::Backpressured, Until::NotReading] {
            let mut peer = server.connect_options().receive_buffer(4096).connect()?;
            let bytes = check.rng().bytes(32 * 1024 * 1024);
            let sent = peer.send_until(&server, &bytes, until)?;
            assert!(sent < bytes.len(), "it owes nothing");
            assert!(until == Until::Backpressured || peer.has_unread() == Some(true), "it reads on");
            peer.grow_receive_buffer(1024 * 1024)?;
            peer.expect(&bytes[..sent])?;
        }
        Ok(())
    }),
    ("wait_written tells what was written from what is stuck", None, |check| {
        let server = check.start_with(&playing("serves"))?;
        let mut peer = server.connect_options().receive_buffer(4096).connect()?;
        let bytes = check.rng().bytes(32 * 1024 * 1024);
        peer.send(&bytes[..1000])?;
        assert!(peer.wait_written(&server, 1000)?, "1000 bytes fit into any buffer");
        peer.expect(&bytes[..1000])?;
        let sent = peer.fill_buffers(&server, &bytes)?;
        assert!(!peer.wait_written(&server, sent)?, "{sent} bytes were written, and nobody reads");
        peer.grow_receive_buffer(1024 * 1024)?;
        peer.expect(&bytes[..sent])?;
        assert!(peer.wait_written(&server, 0)?, "all of it has been read");
        Ok(())
    }),
    ("ReadyOrder tells which came first", None, |check| {
        let server = check.start_with(&playing("serves"))?;
        let (mut one, mut two) = (server.connect()?, server.connect()?);
        let order = ReadyOrder::of(&[(&one, Readiness::Readable), (&two, Readiness::Readable)])?;
        two.send(b"x")?;
        assert!(two.readable_within(PROGRESS_TIMEOUT)? && !one.readable_within(Duration::from_millis(1))?);
        one.send(b"y")?;
        assert!(one.readable_within(PROGRESS_TIMEOUT)?);
        assert_eq!((order.next()?, order.next()?), (1, 0));
        two.expect(b"x")
    }),
    ("ReadyOrder without an event is silence", Some(Symptom::Silence), |check| {
        let server = check.start_with(&playing("mute"))?;
        let mut peer = server.connect()?;
        peer.send(b"x")?;
        ReadyOrder::of(&[(&peer, Readiness::Readable)])?.next().map(drop)
    }),
    ("after send_until_blocked only reading frees buffers", None, |check| {
        let server = check.start_with(&playing("mute"))?;
        let mut peer = server.connect_options().send_buffer(64 * 1024).connect()?;
        let bytes = check.rng().bytes(32 * 1024 * 1024);
        let order = server.while_suspended(|| {
            let sent = peer.send_until_blocked(&bytes)?;
            assert!(sent > 0 && sent < bytes.len(), "{sent} bytes went");
            let order = ReadyOrder::of(&[(&peer, Readiness::Writable)])?;
            let early = order.next_within(Duration::from_millis(200));
            assert!(early.is_err(), "there is room, and nobody has read");
            Ok(order)
        })?;
        assert_eq!(order.next()?, 0);
        Ok(())
    }),
];

#[cfg(not(target_os = "linux"))]
pub const READINESS_CASES: &[Case] = &[];
