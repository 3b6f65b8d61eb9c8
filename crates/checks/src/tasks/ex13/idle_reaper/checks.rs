//! The conversations with a server that says goodbye to the silent.
//!
//! Nothing here measures a time. What is compared is the order of events that a right program separates by a
//! large part of its limit. A machine that stalls for so long may show a right program in the wrong order, and
//! then the question is put again.

use std::time::Duration;

use super::hints::*;
use crate::limits::max_connections;
use crate::{
    CheckRun, Explain, Failure, IfSupported, Peer, Readiness, ReadyOrder, Sentence, Server, Symptom, Text, sentence,
};

pub(super) fn echoes(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, LONG)?;
    let mut peers = [server.connect()?, server.connect()?];
    for _ in 0..3 {
        for peer in &mut peers {
            let message = check.rng().word(9);
            exchange(peer, message.as_bytes())?;
        }
    }
    Ok(())
}

pub(super) fn says_bye(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::EndOfStream, TRIES, |check| {
        let mut peer = start(check, SHORT)?.connect()?;
        expect_answered(&mut peer, b"hello").or_hint(&TOO_EARLY)?;
        expect_dropped(&mut peer)
    })
}

pub(super) fn never_spoke(check: &mut CheckRun) -> Result<(), Failure> {
    let mut peer = start(check, SHORT)?.connect()?;
    peer.expect(BYE).hint(Symptom::Silence, &NEVER_SPOKE).or_hint(&NO_BYE)?;
    peer.expect_end().hint(Symptom::Silence, &STAYS_OPEN).or_hint(&NO_BYE)
}

pub(super) fn talker_stays(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::EndOfStream, TRIES, |check| {
        let server = start(check, SHORT)?;
        // The talker comes first: when the silent one has been left, the talker's own first deadline has passed.
        let mut talker = server.connect()?;
        expect_answered(&mut talker, b"I am first").or_hint(&TOO_EARLY)?;
        let mut silent = server.connect()?;
        let mut words = 0;
        while !silent.readable_within(SHORT / 10)? {
            words += 1;
            if words > 40 {
                return Err(Failure::new(Symptom::Silence, sentence! {
                    vi: "Client A nói đều, client B im lặng. Sau {words} lần A nói, B vẫn chưa nghe gì.",
                    en: "Client A speaks all the time, client B is silent. After A has spoken {words} times, B has heard nothing.",
                }))
                .or_hint(&SHARED);
            }
            expect_answered(&mut talker, b"still here").or_hint(&REAPS_THE_ACTIVE)?;
        }
        expect_dropped(&mut silent)?;
        expect_answered(&mut talker, b"still here").or_hint(&REAPS_THE_ACTIVE)
    })
}

pub(super) fn own_deadline(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::EndOfStream, TRIES, |check| {
        let server = start(check, SHORT)?;
        let (mut early, mut late) = (server.connect()?, server.connect()?);
        // Half of its time passes; then the first client sends something, the other never does.
        if late.readable_within(SHORT / 2)? {
            return Err(left_early()).or_hint(&TOO_EARLY);
        }
        expect_answered(&mut early, b"still here").or_hint(&TOO_EARLY)?;
        // Had the other deadline passed meanwhile, this try would not tell which client wakes the program.
        server.wait_idle()?;
        if late.readable_within(Duration::ZERO)? {
            return Err(left_early()).or_hint(&TOO_EARLY);
        }
        let order = ReadyOrder::of(&[(&early, Readiness::Readable), (&late, Readiness::Readable)])?;
        if order.next().or_hint(&NO_BYE)? == 0 {
            return Err(gone_too_soon()).or_hint(&TOO_EARLY);
        }
        expect_answered(&mut early, b"still here").or_hint(&OVERSLEEPS)?;
        expect_dropped(&mut late)?;
        expect_dropped(&mut early)
    })
}

pub(super) fn leaves_first(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::EndOfStream, TRIES, |check| {
        let server = start(check, SHORT)?;
        let mut leaving = server.connect()?;
        expect_answered(&mut leaving, b"goodbye").or_hint(&TOO_EARLY)?;
        leaving.half_close()?;
        leaving.expect_end().hint(Symptom::Silence, &LEAVER_KEPT).or_hint(&ECHO)?;
        expect_dropped_next(&server)
    })
}

pub(super) fn reset(check: &mut CheckRun) -> Result<(), Failure> {
    check.retry(Symptom::EndOfStream, TRIES, |check| {
        let server = start(check, SHORT)?;
        for _ in 0..3 {
            let mut peer = server.connect().hint_if_gone(&GHOST)?;
            expect_answered(&mut peer, b"hello").or_hint(&TOO_EARLY)?;
            peer.reset()?;
        }
        expect_dropped_next(&server)
    })
}

pub(super) fn crowd(check: &mut CheckRun) -> Result<(), Failure> {
    let count = max_connections(500);
    let server = start(check, SHORT)?;
    server.wait_idle()?; // it has opened all that it serves with
    let before = server.descriptors().if_supported()?;
    let peers: Result<Vec<_>, _> = (0..count).map(|_| server.connect()).collect();
    for peer in &mut peers.or_hint(&GHOST)? {
        expect_dropped(peer)?;
    }
    match before {
        Some(most) => server.expect_descriptors(most).or_hint(&LEAVER_KEPT),
        None => Ok(()),
    }
}

pub(super) fn no_tick(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, LONG)?;
    let mut peers = [server.connect()?, server.connect()?];
    for peer in &mut peers {
        exchange(peer, b"hello")?;
    }
    check.note(Text {
        vi: "hạn chót còn xa, không client nào gửi gì",
        en: "the deadlines are far away, and no client sends anything",
    });
    sleeps_on(&server)
}

pub(super) fn nobody_there(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, Duration::from_millis(20))?;
    expect_dropped(&mut server.connect()?)?;
    check.note(Text { vi: "không còn kết nối nào", en: "there is no connection any more" });
    sleeps_on(&server)
}

pub(super) fn rests_afterwards(check: &mut CheckRun) -> Result<(), Failure> {
    let server = start(check, Duration::from_millis(20))?;
    let mut stubborn = server.connect()?;
    expect_dropped(&mut stubborn)?;
    check.note(Text { vi: "tôi không đóng chiều của mình", en: "I do not close my own half" });
    server.expect_idle().or_hint(&SPINS)?;
    drop(stubborn);
    Ok(())
}

/// What a client hears before it is left.
const BYE: &[u8] = b"bye\n";

/// A silence that a check can wait for, and other parts of which a machine hardly ever stalls.
const SHORT: Duration = Duration::from_millis(400);

/// A silence that nothing here lasts.
const LONG: Duration = Duration::from_secs(600);

/// How often a question is put that a stalled machine can spoil.
const TRIES: usize = 3;

fn start(check: &mut CheckRun, limit: Duration) -> Result<Server, Failure> {
    check.start_with(&[limit.as_millis().to_string()])
}

/// Says `message` and waits for it to come back.
fn exchange(peer: &mut Peer, message: &[u8]) -> Result<(), Failure> {
    peer.send(message).hint_if_gone(&TOO_EARLY)?;
    peer.expect(message).hint_if_gone(&TOO_EARLY).or_hint(&ECHO)
}

/// This one is told goodbye, once, and closed.
fn expect_dropped(peer: &mut Peer) -> Result<(), Failure> {
    peer.expect(BYE).or_hint(&NO_BYE)?;
    peer.expect_end().hint(Symptom::Silence, &STAYS_OPEN).or_hint(&NO_BYE)
}

/// This one speaks and is answered. If it is not, the program has left it, in whichever way.
fn expect_answered(peer: &mut Peer, message: &[u8]) -> Result<(), Failure> {
    let answered = peer.send(message).and_then(|()| peer.expect(message));
    answered.map_err(|failure| match failure.symptom {
        Symptom::WrongBytes | Symptom::Reset => Failure { symptom: Symptom::EndOfStream, ..failure },
        _ => failure,
    })
}

/// Another client connects, whose deadline is later than that of all clients before, and is dropped in time.
fn expect_dropped_next(server: &Server) -> Result<(), Failure> {
    let mut next = server.connect().hint_if_gone(&GHOST)?;
    next.expect(BYE).hint_if_gone(&GHOST).or_hint(&NO_BYE)?;
    server.stop().or_hint(&GHOST)
}

fn left_early() -> Failure {
    Failure::new(
        Symptom::EndOfStream,
        Text {
            vi: "Client B mới im lặng chừng nửa hạn mà đã bị tiễn.",
            en: "Client B was dropped when about half of its time had passed.",
        },
    )
}

fn gone_too_soon() -> Failure {
    Failure::new(
        Symptom::EndOfStream,
        Text {
            vi: "Client A kết nối trước, nhưng vừa gửi một byte; client B chưa từng gửi gì. Vậy mà A nhận `bye` trước B.",
            en: "Client A connected first, but sent a byte just now; client B never sent anything. Yet A was dropped \
                 before B.",
        },
    )
}

/// With nothing to do and no deadline near, the program does not wake up.
fn sleeps_on(server: &Server) -> Result<(), Failure> {
    /// Long enough for a tick of some 100 ms to show.
    const WINDOW: Duration = Duration::from_millis(500);
    /// A right program wakes not once; whatever the kernel may do on its behalf has room here.
    const TOLERATED: u64 = 2;
    server.expect_idle().or_hint(&SPINS)?;
    server.wait_idle()?;
    let wake_ups = server.sample_idle(WINDOW)?.wake_ups;
    if wake_ups > TOLERATED {
        let what: Sentence = sentence! {
            vi: "Không có việc gì và chưa ai tới hạn, mà trong nửa giây chương trình thức dậy {wake_ups} lần.",
            en: "There is nothing to do and no deadline is near, yet within half a second the program woke up {wake_ups} times.",
        };
        return Err(Failure::new(Symptom::BusyLoop, what)).or_hint(&TICKS);
    }
    Ok(())
}
