//! What a run says of the note's claims about speed. Every word of a verdict follows from figures of this run.

use lab::results::{Cell, ClaimVerdict, Results, Sentence};
use lab::{WORK_MS, prose};

use crate::text;

/// What the note counted with FastAPI and with gRPC, in frames a second.
const NOTE_FASTAPI: f64 = 32.0;
const NOTE_GRPC: f64 = 36.0;
/// How near a run must come to say that it found the note's figure again: other machines, other work.
const NEAR: f64 = 0.25;

/// One verdict for each claim that this lab is about.
pub(crate) fn verdicts(results: &Results) -> Vec<ClaimVerdict> {
    let of = |sentence: fn() -> String| Sentence::of(sentence);
    let found: [(&str, Sentence, Found); 6] = [
        ("C15", of(text::claim_udp), datagrams(results)),
        ("C18", of(text::claim_unix), unix(results)),
        ("C24", of(text::claim_websocket), websocket(results)),
        ("C30", of(text::claim_slowest), slowest(results)),
        ("C31", of(text::claim_fastapi), figure(results, "py fastapi-usual", NOTE_FASTAPI)),
        ("C32", of(text::claim_grpc), figure(results, "py grpcio-unary", NOTE_GRPC)),
    ];
    let verdict = |(claim, sentence, found): (&str, Sentence, Found)| {
        let (verdict, because) = found.unwrap_or_else(|| ("open", Sentence::of(text::verdict_open)));
        let (claim, verdict) = (claim.to_owned(), verdict.to_owned());
        ClaimVerdict { claim, sentence, verdict, because }
    };
    found.into_iter().map(verdict).collect()
}

type Found = Option<(&'static str, Sentence)>;

/// C15: UDP is quite fast, being simple.
fn datagrams(results: &Results) -> Found {
    let (tcp, udp) = (in_turn(results, "tcp", "jpeg")?, in_turn(results, "udp", "jpeg")?);
    let large = (in_turn(results, "udp", "hd")?.fps.median / in_turn(results, "tcp", "hd")?.fps.median) * 100.0;
    let share = udp.fps.median / tcp.fps.median * 100.0;
    let because = Sentence::of(|| text::verdict_udp(whole(share), whole(large)));
    Some((if share > 100.0 * (1.0 + results.control.spread) { "true-but" } else { "false" }, because))
}

/// C18: Unix sockets are extremely light and fast.
fn unix(results: &Results) -> Found {
    let (tcp, unix) = (in_turn(results, "tcp", "jpeg")?, in_turn(results, "unix", "jpeg")?);
    let (large, tcp_large) = (in_turn(results, "unix", "hd")?, in_turn(results, "tcp", "hd")?);
    let times = [unix.fps.median / tcp.fps.median, large.fps.median / tcp_large.fps.median];
    let [small, large] = times.map(|times| format!("{times:.1}"));
    let because = Sentence::of(|| text::verdict_unix(prose(&small), prose(&large)));
    // The sentence names no size: with one of them it must be ahead by more than noise.
    let faster = times.into_iter().any(|times| times > 1.0 + results.control.spread);
    Some((if faster { "true-but" } else { "false" }, because))
}

/// C24: WebSocket has low latency.
fn websocket(results: &Results) -> Found {
    let (tcp, websocket) = (paced(results, "tcp")?, paced(results, "websocket")?);
    let micros = |cell: &Cell| whole(cell.latency.p50);
    Some(("true-but", Sentence::of(|| text::verdict_websocket(micros(tcp), micros(websocket)))))
}

/// C30: socket and WebSocket are the slowest of the compared.
fn slowest(results: &Results) -> Found {
    let rivals = ["http1", "grpc-unary"];
    let socket = in_turn(results, "tcp", "jpeg")?;
    let best = rivals.iter().filter_map(|name| in_turn(results, name, "jpeg")).map(|cell| cell.fps.median);
    let best = best.fold(None, |best: Option<f64>, fps| Some(best.map_or(fps, |best| best.max(fps))))?;
    let times = socket.fps.median / best;
    let worked: Vec<f64> = ["tcp", "websocket", "http1", "grpc-unary"]
        .iter()
        .filter_map(|name| with_work(results, name))
        .map(|cell| cell.fps.median)
        .collect();
    let low = worked.iter().copied().fold(f64::INFINITY, f64::min);
    let high = worked.iter().copied().fold(0.0, f64::max);
    let because = Sentence::of(|| {
        let [times, low, high] = [times, low, high].map(|value| prose(format!("{value:.1}")));
        text::verdict_slowest(times, low, high, WORK_MS)
    });
    Some((if times > 1.0 + results.control.spread { "false" } else { "true-but" }, because))
}

/// C31 and C32: so many frames a second.
fn figure(results: &Results, name: &str, note: f64) -> Found {
    let (worked, free) = (with_work(results, name)?, in_turn(results, name, "jpeg")?);
    let near = (worked.fps.median / note - 1.0).abs() < NEAR;
    let (worked, free) = (format!("{:.1}", worked.fps.median), whole(free.fps.median));
    let because = Sentence::of(|| text::verdict_figure(whole(note), prose(&worked), WORK_MS, &free));
    Some((if near { "true-but" } else { "false" }, because))
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}

/// One frame at a time, as fast as it goes, each end on its core.
fn in_turn<'a>(results: &'a Results, name: &str, kind: &str) -> Option<&'a Cell> {
    results.cells.iter().find(|cell| cell.name == name && cell.setting.is_plain(kind))
}

fn paced<'a>(results: &'a Results, name: &str) -> Option<&'a Cell> {
    results.cells.iter().find(|cell| cell.name == name && cell.setting.rate.is_some())
}

fn with_work<'a>(results: &'a Results, name: &str) -> Option<&'a Cell> {
    results.cells.iter().find(|cell| cell.name == name && cell.setting.work_ms > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A run with everything installed.
    fn plausible() -> Results {
        serde_json::from_str(include_str!("../../../crates/lab/testdata/results.json")).unwrap()
    }

    #[test]
    fn verdicts_have_a_comma_in_vietnamese_and_a_point_in_english() {
        let found = verdicts(&plausible());
        let because = &found.iter().find(|verdict| verdict.claim == "C18").unwrap().because;
        assert!(because.vi.contains("gấp 1,0 lần với JPEG, 1,3 lần"), "{}", because.vi);
        assert!(
            because.en.contains("1.0 times the frames of TCP on the loopback with the JPEG, 1.3"),
            "{}",
            because.en
        );
    }

    #[test]
    fn unix_is_faster_only_beyond_noise_with_one_size_at_least() {
        let said = |jpeg: f64, hd: f64| {
            let mut results = plausible();
            results.control.spread = 0.02;
            for cell in results.cells.iter_mut().filter(|cell| cell.name == "unix" || cell.name == "tcp") {
                let ahead = if cell.setting.kind == "hd" { hd } else { jpeg };
                cell.fps.median = if cell.name == "unix" { 1_000.0 * ahead } else { 1_000.0 };
            }
            unix(&results).unwrap().0
        };
        assert_eq!(
            [said(1.01, 2.0), said(1.4, 0.9), said(1.01, 1.01), said(0.8, 1.0)],
            ["true-but", "true-but", "false", "false"]
        );
    }
}
