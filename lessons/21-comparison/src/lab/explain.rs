//! `--explain`: one change at a time, before and after in turns, and again with 25 ms of work a frame.
//!
//! The note ranks programs. Here everything stays as it was but one choice of the programmer, and the
//! figures show what that choice costs: often more than the whole way from TCP to gRPC.

use std::path::Path;
use std::time::Duration;

use super::both;
use super::contestant::{Around, Contestant};
use super::results::{Change, Excluded, KindSize, Measurement, Sentence, Setting};
use super::rounds::Rounds;
use super::settings;
use crate::text::explain as text;

/// Rounds of each change, and how long each measurement is; with work, each frame takes 25 ms.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_millis(120);
const WORK: (usize, Duration) = (3, Duration::from_millis(250));

/// One choice: who has made it well, who has not, and what the difference is called.
struct Choice {
    id: &'static str,
    kind: &'static str,
    before: &'static str,
    after: &'static str,
    title: fn() -> String,
    why: fn() -> String,
}

/// In the order in which a reader should meet them. Names that begin with `py ` are Python's.
const CHOICES: &[Choice] = &[
    Choice {
        id: "two-writes",
        kind: "jpeg",
        before: "tcp",
        after: "tcp-two-writes",
        title: text::two_writes,
        why: text::two_writes_why,
    },
    Choice {
        id: "py-two-sends",
        kind: "jpeg",
        before: "py socket",
        after: "py socket-two-sends",
        title: text::two_writes,
        why: text::two_writes_why,
    },
    Choice {
        id: "read-1024",
        kind: "vga",
        before: "tcp",
        after: "tcp-read-1024",
        title: text::read_1024,
        why: text::read_1024_why,
    },
    Choice {
        id: "py-recv-1024",
        kind: "vga",
        before: "py socket",
        after: "py socket-recv-1024",
        title: text::read_1024,
        why: text::recv_concat_why,
    },
    Choice {
        id: "small-datagrams",
        kind: "jpeg",
        before: "udp",
        after: "udp-1400",
        title: text::small_datagrams,
        why: text::small_datagrams_why,
    },
    Choice {
        id: "keep-alive",
        kind: "jpeg",
        before: "http1",
        after: "http1-close",
        title: text::keep_alive,
        why: text::keep_alive_why,
    },
    Choice {
        id: "multipart",
        kind: "jpeg",
        before: "http1",
        after: "http1-multipart",
        title: text::multipart,
        why: text::multipart_why,
    },
    Choice {
        id: "base64",
        kind: "jpeg",
        before: "http1",
        after: "http1-base64",
        title: text::base64,
        why: text::base64_why,
    },
    Choice {
        id: "websocket-base64",
        kind: "jpeg",
        before: "websocket",
        after: "websocket-base64",
        title: text::base64,
        why: text::base64_why,
    },
    Choice {
        id: "deflate",
        kind: "jpeg",
        before: "websocket",
        after: "websocket-deflate",
        title: text::deflate,
        why: text::deflate_why,
    },
    Choice {
        id: "py-deflate",
        kind: "jpeg",
        before: "py websockets",
        after: "py websockets-deflate",
        title: text::deflate,
        why: text::deflate_why,
    },
    Choice {
        id: "py-base64",
        kind: "jpeg",
        before: "py websockets-deflate",
        after: "py websockets-base64",
        title: text::base64,
        why: text::base64_why,
    },
    Choice { id: "tls", kind: "vga", before: "websocket", after: "wss", title: text::tls, why: text::tls_why },
    Choice {
        id: "http2-windows",
        kind: "vga",
        before: "http2",
        after: "http2-small-windows",
        title: text::windows,
        why: text::windows_why,
    },
    Choice {
        id: "grpc-windows",
        kind: "vga",
        before: "grpc-unary",
        after: "grpc-small-windows",
        title: text::windows,
        why: text::windows_why,
    },
    Choice {
        id: "py-server",
        kind: "jpeg",
        before: "py fastapi-best",
        after: "py fastapi-usual",
        title: text::usual_fastapi,
        why: text::usual_fastapi_why,
    },
    Choice {
        id: "py-client",
        kind: "jpeg",
        before: "py fastapi-best",
        after: "py httpx-post",
        title: text::new_client,
        why: text::new_client_why,
    },
    Choice {
        id: "py-stream",
        kind: "jpeg",
        before: "py grpcio-bidi",
        after: "py grpcio-unary",
        title: text::unary,
        why: text::unary_why,
    },
    Choice {
        id: "language",
        kind: "jpeg",
        before: "tcp",
        after: "py socket",
        title: text::language,
        why: text::language_why,
    },
];

/// Measures every change for which both sides are among `contestants`. Who fails is added to `excluded`.
pub(crate) fn changes(
    contestants: &[Contestant],
    kinds: &[KindSize],
    frames: &Path,
    around: &Around,
    step: &dyn Fn(&str),
    excluded: &mut Vec<Excluded>,
) -> Vec<Change> {
    let named = |name: &str| contestants.iter().find(|who| who.name == name).cloned();
    let mut changes = Vec::new();
    for choice in CHOICES {
        let (Some(before), Some(after)) = (named(choice.before), named(choice.after)) else { continue };
        let Some(kind) = kinds.iter().find(|kind| kind.name == choice.kind) else { continue };
        step(&after.name);
        let pair = [before, after];
        let setting = settings::in_turn(kind);
        let free = measured(&pair, &setting, around.clone(), (ROUNDS, TIME), frames, excluded);
        let (Some(before), Some(after)) = free else { continue };
        let work = Duration::from_millis(settings::WORK_MS);
        let worked = Setting { work_ms: settings::WORK_MS, ..setting };
        let (before_work, after_work) = measured(&pair, &worked, around.working(work), WORK, frames, excluded);
        let sentence = |say: fn() -> String| -> Sentence { both(say) };
        changes.push(Change {
            id: choice.id.to_owned(),
            title: sentence(choice.title),
            why: sentence(choice.why),
            kind: choice.kind.to_owned(),
            before,
            after,
            before_work,
            after_work,
        });
    }
    changes
}

/// How many changes will be measured.
pub(crate) fn count(contestants: &[Contestant]) -> usize {
    let there = |name: &str| contestants.iter().any(|who| who.name == name);
    CHOICES.iter().filter(|choice| there(choice.before) && there(choice.after)).count()
}

fn measured(
    pair: &[Contestant; 2],
    setting: &Setting,
    around: Around,
    (rounds, time): (usize, Duration),
    frames: &Path,
    excluded: &mut Vec<Excluded>,
) -> (Option<Measurement>, Option<Measurement>) {
    let quiet = |_: &str| {};
    let mut both = Rounds::start(pair, frames, around.only_up_to(setting.bytes), &quiet);
    (0..rounds).for_each(|round| both.round(round, std::slice::from_ref(setting), time));
    for out in both.excluded.drain(..) {
        if !excluded.iter().any(|known| known.name == out.name) {
            excluded.push(out);
        }
    }
    let cells = both.cells();
    let of = |who: &Contestant| {
        let cell = cells.iter().find(|cell| cell.name == who.name)?;
        Some(Measurement { name: cell.name.clone(), fps: cell.fps })
    };
    (of(&pair[0]), of(&pair[1]))
}
