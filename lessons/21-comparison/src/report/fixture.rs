//! Results that nobody measured, plausible and odd ones, for tests of how results are shown.

mod words;

use crate::lab::contestant::Family;
use crate::lab::kinds::{Random, SWEEP, sweep_name};
use crate::lab::results::*;
use crate::lab::statistics::{interval, latency};
use words::{changes, verdicts};

/// Where the plausible ones lie, for tests in a browser.
pub(crate) const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/results.json");

/// Name, family, frames a second (jpeg, vga, hd), CPU of server and driver in µs for jpeg, calls, wire overhead, copies.
type Row = (&'static str, Family, [f64; 3], [f64; 2], f64, f64, u32);

const ROWS: [Row; 26] = {
    use Family::{Python, Rust};
    [
        ("tcp", Rust, [53_400.0, 5_810.0, 612.0], [9.1, 8.8], 4.0, 0.012, 2),
        ("tcp (again)", Rust, [53_010.0, 5_770.0, 608.0], [9.2, 8.8], 4.0, 0.012, 2),
        ("unix", Rust, [55_700.0, 7_443.0, 774.0], [8.4, 7.9], 4.0, 0.0, 2),
        ("udp", Rust, [42_800.0, 4_391.0, 443.0], [13.4, 12.2], 5.2, 0.021, 3),
        ("websocket", Rust, [36_200.0, 1_390.0, 222.0], [14.8, 16.1], 6.1, 0.013, 4),
        ("wss", Rust, [17_900.0, 1_120.0, 171.0], [27.5, 26.3], 7.9, 0.018, 5),
        ("http1", Rust, [36_100.0, 4_901.0, 386.0], [15.9, 14.4], 6.0, 0.018, 3),
        ("http1-close", Rust, [6_220.0, 2_480.0, 311.0], [61.0, 75.0], 21.0, 0.031, 3),
        ("http1-multipart", Rust, [29_400.0, 3_020.0, 290.0], [20.3, 17.7], 6.3, 0.022, 4),
        ("http1-base64", Rust, [16_800.0, 1_011.0, 139.0], [31.0, 33.8], 6.4, 0.352, 6),
        ("http2", Rust, [17_600.0, 3_182.0, 193.0], [33.2, 29.4], 9.7, 0.019, 4),
        ("grpc-unary", Rust, [8_010.0, 1_969.0, 193.0], [66.0, 71.0], 11.5, 0.020, 5),
        ("grpc-stream", Rust, [31_400.0, 1_949.0, 238.0], [19.5, 21.4], 7.4, 0.019, 5),
        ("quic", Rust, [4_370.0, 291.0, 44.0], [118.0, 131.0], 36.0, 0.044, 5),
        ("socket", Python, [22_711.0, 3_890.0, 405.0], [22.0, 19.0], 4.3, 0.012, 3),
        ("socket-two-sends", Python, [22.4, 3_010.0, 398.0], [48.0, 39.0], 6.0, 0.013, 3),
        ("socket-recv-1024", Python, [6_960.0, 52.6, 1.9], [81.0, 26.0], 51.0, 0.012, 50),
        ("websockets", Python, [3_632.0, 610.0, 92.0], [141.0, 129.0], 9.0, 0.013, 4),
        ("websockets-deflate", Python, [504.0, 24.5, 3.6], [870.0, 1_090.0], 11.0, 0.004, 5),
        ("websockets-base64", Python, [311.0, 39.0, 5.9], [1_210.0, 1_940.0], 12.0, 0.021, 7),
        ("fastapi-usual", Python, [423.0, 213.0, 37.0], [1_180.0, 1_140.0], 47.0, 0.034, 6),
        ("fastapi-keepalive", Python, [780.0, 301.0, 49.0], [790.0, 460.0], 22.0, 0.024, 6),
        ("fastapi-best", Python, [2_655.0, 604.0, 81.0], [233.0, 119.0], 12.0, 0.018, 4),
        ("httpx-post", Python, [35.8, 31.7, 19.0], [1_090.0, 25_900.0], 88.0, 0.037, 6),
        ("grpcio-unary", Python, [1_713.0, 430.0, 31.9], [342.0, 301.0], 19.0, 0.021, 6),
        ("grpcio-bidi", Python, [2_325.0, 471.0, 55.0], [250.0, 231.0], 13.0, 0.020, 6),
    ]
};

const KINDS: [(&str, usize); 3] = [("jpeg", 49_635), ("vga", 921_600), ("hd", 6_220_800)];

/// What a run with everything installed might give.
pub(crate) fn plausible() -> Results {
    let mut random = Random::new(21);
    let mut cells = Vec::new();
    for row in ROWS {
        for (at, (kind, bytes)) in KINDS.into_iter().enumerate() {
            let setting = Setting { kind: kind.into(), bytes, window: 1, rate: None, one_core: false, work_ms: 0 };
            cells.push(cell(row, row.2[at], setting.clone(), &mut random));
            if row.1 == Family::Rust {
                let piped = Setting { window: 16, ..setting.clone() };
                cells.push(cell(
                    row,
                    row.2[at] * if row.0.starts_with("grpc") { 2.2 } else { 1.25 },
                    piped,
                    &mut random,
                ));
            }
            if at == 0 {
                let rate = round(row.2[at] / 2.0, 1.0);
                cells.push(cell(row, rate, Setting { rate: Some(rate), ..setting.clone() }, &mut random));
                let shared = Setting { one_core: true, ..setting.clone() };
                cells.push(cell(row, row.2[at] * 0.8, shared, &mut random));
                let stall = if row.0 == "socket-two-sends" { 44.0 } else { 1e3 / row.2[at] };
                let worked = Setting { work_ms: 25, ..setting };
                cells.push(cell(row, 1e3 / (25.1 + stall), worked, &mut random));
            }
        }
        for bytes in SWEEP.into_iter().filter(|_| !row.0.ends_with("(again)")) {
            // A fixed cost for each frame and one for each byte, from the two smaller kinds.
            let slope = (1.0 / row.2[1] - 1.0 / row.2[0]).max(1e-6) / (921_600.0 - 49_635.0);
            let fixed = (1.0 / row.2[0] - slope * 49_635.0).max(2e-6);
            let setting =
                Setting { kind: sweep_name(bytes), bytes, window: 1, rate: None, one_core: false, work_ms: 0 };
            cells.push(cell(row, 1.0 / (fixed + slope * bytes as f64), setting, &mut random));
        }
    }
    let contestants =
        ROWS.map(|row| Entrant { name: row.0.into(), family: row.1, copies: (row.0 != "quic").then_some(row.6) });
    Results {
        rivals: rivals(),
        machine: machine(),
        plan: Plan {
            rounds: 7,
            millis: 120,
            seed: 21,
            took: 104.2,
            kinds: KINDS.map(|(name, bytes)| KindSize { name: name.into(), bytes }).into(),
        },
        limits: Limits {
            memcpy: 9.6e9,
            checksum: 1.9e10,
            harness_ns: 74.0,
            loopback: [(43_700.0, 49_100.0), (5_004.0, 6_010.0), (679.0, 702.0)]
                .into_iter()
                .zip(KINDS)
                .map(|((iperf3, ours), (kind, bytes))| OneWay { kind: kind.into(), bytes, ours, iperf3: Some(iperf3) })
                .collect(),
        },
        contestants: contestants.into(),
        cells,
        control: Control { of: "tcp".into(), double: "tcp (again)".into(), apart: 0.0072, spread: 0.021 },
        excluded: vec![
            Excluded { name: "aioquic".into(), why: "serve: No module named 'aioquic'".into() },
            Excluded {
                name: "mine".into(),
                why: "frame 3: the checksum that the server computed is another one".into(),
            },
        ],
        lacking: vec![sentence(
            "Không có `strace`: không đếm được lời gọi hệ thống của hd.",
            "There is no `strace`: system calls of hd were not counted.",
        )],
        changes: changes(),
        verdicts: verdicts(),
    }
}

fn cell(row: Row, fps: f64, setting: Setting, random: &mut Random) -> Cell {
    let noise = |random: &mut Random| 1.0 + (random.below(2_001) as f64 - 1_000.0) / 1_000.0 * 0.018;
    let rounds: Vec<f64> = (0..7).map(|_| round(fps * noise(random), 1e3)).collect();
    let (jpeg, larger) = (setting.bytes == KINDS[0].1, (setting.bytes as f64 / 49_635.0).max(0.3));
    let cpu = |of: f64, random: &mut Random| {
        let rounds: Vec<f64> = (0..7).map(|_| round(of * larger * noise(random), 1e2)).collect();
        interval(&rounds)
    };
    let middle = 1e9 / fps * if setting.rate.is_some() { 0.9 } else { 1.0 } * if row.0 == "quic" { 1.3 } else { 1.0 };
    let samples: Vec<(u64, u64)> = (0..420)
        .map(|_| {
            let tail = if random.below(14) == 0 { 1.0 + random.below(400) as f64 / 100.0 } else { 1.0 };
            ((middle * tail * (0.9 + random.below(100) as f64 / 400.0)) as u64, 1 + random.below(40))
        })
        .collect();
    let mut latency = latency(samples);
    if setting.rate.is_none() {
        latency.bins.clear(); // keeps the file small
    }
    latency.bins.iter_mut().for_each(|(upper, _)| *upper = round(*upper, 1e3));
    let calls = (jpeg && setting.window == 1 && setting.rate.is_none() && setting.work_ms == 0).then(|| {
        let half = row.4 / 2.0;
        let call = |name: &str, share: f64| Calls {
            name: name.into(),
            server: round(half * share, 1e2),
            driver: round(half * (1.0 - share), 1e2),
        };
        vec![call("recvfrom", 0.8), call("sendmsg", 0.2)]
    });
    Cell {
        name: row.0.into(),
        cpu_server: cpu(row.3[0], random),
        cpu_driver: cpu(row.3[1], random),
        wire: (calls.is_some() && row.0 != "unix").then(|| round(setting.bytes as f64 * (1.0 + row.5), 1.0)),
        fps: interval(&rounds).unwrap(),
        rounds,
        setting,
        latency,
        calls,
    }
}

fn machine() -> Machine {
    Machine {
        cpu: "AMD EPYC".into(),
        cores: 2,
        system: "Linux 6.18.44".into(),
        rust: "rustc 1.95.0 (59807616e 2026-04-14)".into(),
        date: "2026-11-25".into(),
        build: "release".into(),
        congestion_control: Some("cubic".into()),
        load: Some([0.12, 1.87]),
        placement: sentence("Server ở nhân 0, driver ở nhân 1.", "The server on core 0, the driver on core 1."),
        network: sentence("Loopback của một máy.", "The loopback of one machine."),
    }
}

/// One contestant with a hostile name, and nothing that could be left out.
pub(crate) fn odd() -> Results {
    let name = "<b>&\"</script>, \u{1b}[31m a very long name";
    let fps = Interval { median: 12.5, low: 12.5, high: 12.5 };
    let setting = Setting { kind: "jpeg".into(), bytes: 50_000, window: 1, rate: None, one_core: false, work_ms: 0 };
    Results {
        rivals: Vec::new(),
        machine: Machine::default(),
        plan: Plan { rounds: 1, ..Plan::default() },
        limits: Limits::default(),
        contestants: vec![Entrant { name: name.into(), family: Family::Yours, copies: None }],
        cells: vec![Cell {
            name: name.into(),
            setting,
            rounds: vec![12.5],
            fps,
            cpu_server: None,
            cpu_driver: None,
            latency: Latency::default(),
            calls: None,
            wire: None,
        }],
        control: Control::default(),
        excluded: vec![Excluded { name: "<i>".into(), why: "</style><script>".into() }],
        lacking: Vec::new(),
        changes: Vec::new(),
        verdicts: Vec::new(),
    }
}

/// A run that measured nothing at all.
pub(crate) fn nothing() -> Results {
    Results { contestants: Vec::new(), cells: Vec::new(), excluded: Vec::new(), ..odd() }
}

pub(crate) fn sentence(vi: &str, en: &str) -> Sentence {
    Sentence { vi: vi.into(), en: en.into() }
}

fn round(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

/// What three tools might have done.
fn rivals() -> Vec<Rival> {
    [
        ("wrk", "http1", "jpeg", 49_635, 0.98),
        ("h2load", "http2", "hd", 6_220_800, 1.12),
        ("sockperf", "tcp", "sweep64", 64, 1.0),
    ]
    .map(|(tool, of, kind, bytes, ratio)| {
        let (tool, of, kind, theirs) = (tool.to_owned(), of.to_owned(), kind.to_owned(), 20_000.0);
        Rival { tool, of, kind, bytes, ours: theirs * ratio, theirs }
    })
    .into()
}
