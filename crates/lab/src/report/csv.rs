//! `report.csv`: one row a cell, for other programs.

use super::view::View;
use super::view::calls;
use crate::results::Implementation;
use crate::results::{Cell, Results};

/// The columns, in their order.
pub(crate) const COLUMNS: [&str; 22] = [
    "name",
    "implementation",
    "kind",
    "bytes",
    "window",
    "rate",
    "one_core",
    "work_ms",
    "fps",
    "fps_low",
    "fps_high",
    "cpu_server_us",
    "cpu_driver_us",
    "p50_us",
    "p90_us",
    "p99_us",
    "max_us",
    "calls_per_frame",
    "wire_bytes",
    "frames",
    "rounds",
    "copies",
];

/// One row for each cell. What was not measured is an empty field.
pub(crate) fn long(results: &Results) -> String {
    let view = View::of(results);
    let mut out = line(COLUMNS.map(str::to_owned));
    results.cells.iter().for_each(|cell| out += &line(row(view, cell)));
    out
}

fn row(view: View, cell: &Cell) -> [String; COLUMNS.len()] {
    let (setting, latency) = (&cell.setting, &cell.latency);
    let late = |value: f64| if latency.frames > 0 { figure(value) } else { String::new() };
    let some = |value: Option<f64>| value.map(figure).unwrap_or_default();
    let implementation = match view.implementation(&cell.name) {
        Implementation::Rust => "rust",
        Implementation::Python => "python",
        Implementation::Yours => "yours",
    };
    [
        cell.name.clone(),
        implementation.to_owned(),
        setting.kind.clone(),
        setting.bytes.to_string(),
        setting.window.to_string(),
        some(setting.rate),
        setting.one_core.to_string(),
        setting.work_ms.to_string(),
        figure(cell.fps.median),
        figure(cell.fps.low),
        figure(cell.fps.high),
        some(cell.cpu_server.map(|cpu| cpu.median)),
        some(cell.cpu_driver.map(|cpu| cpu.median)),
        late(latency.p50),
        late(latency.p90),
        late(latency.p99),
        late(latency.max),
        some(calls(cell)),
        some(cell.wire),
        latency.frames.to_string(),
        cell.rounds.len().to_string(),
        view.participant(&cell.name).and_then(|one| one.copies).map(|copies| copies.to_string()).unwrap_or_default(),
    ]
}

/// Three digits behind the point are a nanosecond of a microsecond: nobody measures more.
pub(super) fn figure(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// RFC 4180: a field with a comma, a quote or a line's end is quoted.
pub(super) fn line<const COUNT: usize>(fields: [String; COUNT]) -> String {
    let quoted = |field: String| match field.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field,
    };
    fields.map(quoted).join(",") + "\n"
}
