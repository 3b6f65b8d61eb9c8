//! What a program has read and owes, and what came first.

#[cfg(target_os = "linux")]
use std::time::Duration;

#[cfg(target_os = "linux")]
use checks::{Order, Sign, Symptom, Until};

use crate::cases::Case;
#[cfg(target_os = "linux")]
use crate::cases::playing;

/// Long enough for an answer.
#[cfg(target_os = "linux")]
const STEP: Duration = Duration::from_millis(1500);

#[cfg(target_os = "linux")]
pub const READINESS_CASES: &[Case] = &[
    ("owes us what it cannot write", None, |trial| {
        let server = trial.start_with(&playing("serves"))?;
        for until in [Until::Owes, Until::StopsReading] {
            let mut peer = server.dial().receive_buffer(4096).connect()?;
            let bytes = trial.rng().bytes(32 * 1024 * 1024);
            let sent = peer.fill_until(&server, &bytes, until)?;
            assert!(sent < bytes.len(), "it owes nothing");
            assert!(until == Until::Owes || peer.unread() == Some(true), "it reads on");
            peer.widen(1024 * 1024)?;
            peer.expect(&bytes[..sent])?;
        }
        Ok(())
    }),
    ("the kernel tells what came first", None, |trial| {
        let server = trial.start_with(&playing("serves"))?;
        let (mut one, mut two) = (server.connect()?, server.connect()?);
        let order = Order::of(&[(&one, Sign::Came), (&two, Sign::Came)])?;
        two.send(b"x")?;
        assert!(two.speaks_within(STEP)? && !one.speaks_within(Duration::from_millis(1))?);
        one.send(b"y")?;
        assert!(one.speaks_within(STEP)?);
        assert_eq!((order.next()?, order.next()?), (1, 0));
        two.expect(b"x")
    }),
    ("nothing came at all", Some(Symptom::Silence), |trial| {
        let server = trial.start_with(&playing("mute"))?;
        let mut peer = server.connect()?;
        peer.send(b"x")?;
        Order::of(&[(&peer, Sign::Came)])?.next().map(drop)
    }),
    ("only reading makes room", None, |trial| {
        let server = trial.start_with(&playing("mute"))?;
        let mut peer = server.dial().send_buffer(64 * 1024).connect()?;
        let bytes = trial.rng().bytes(32 * 1024 * 1024);
        let order = server.while_suspended(|| {
            let sent = peer.cram(&bytes)?;
            assert!(sent > 0 && sent < bytes.len(), "{sent} bytes went");
            let order = Order::of(&[(&peer, Sign::Room)])?;
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
