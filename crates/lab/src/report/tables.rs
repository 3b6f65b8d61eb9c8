//! Every table of a report, laid out: which rows, which columns, in which units.

use super::headline::shown;
use super::number::bytes;
use super::table::{Layout, Table, Unit, Value};
use super::text;
use super::view::{Row, Setup, View, calls, cpu, share};
use crate::results::{Cell, Implementation, Interval};

/// Candidates with one kind of payload under one setup: all that is known of each.
pub(crate) fn candidates(view: View, kind: &str, rows: &[Row]) -> Table {
    let most = rows.iter().map(|row| row.cell.fps.median).fold(0.0, f64::max);
    let other = |row: &Row, setup| view.cell(&row.cell.name, kind, setup).map(|cell| cell.fps.median);
    let late = |row: &Row, figure: fn(&Cell) -> f64| match view.latency(&row.cell.name, kind) {
        Some((cell, true)) => Value::Figure(figure(cell)),
        Some((cell, false)) => Value::Closed(figure(cell)),
        None => Value::Missing,
    };
    let rate = |row: &Row| match view.latency(&row.cell.name, kind).map(|(cell, _)| cell.setting.rate) {
        Some(None) => Value::Words(text::closed_loop()),
        rate => rate.flatten().into(),
    };
    let median = |interval: Option<Interval>| interval.map(|interval| interval.median);
    let of_one_way = |row: &Row| view.one_way(kind).and_then(|way| share(row.cell.fps.median, way.ours));
    let on_one_core = view.cells(kind, Setup::OneCore).any(|cell| cell.setting.one_core);
    let placement = if on_one_core { text::one_core() } else { text::other_placement() };
    let copies = |row: &Row| view.participant(&row.cell.name).and_then(|one| one.copies).map(f64::from);
    Layout::over(rows)
        .by(|row| row.implementation)
        .column("name", text::transport(), Unit::Words, |row| shown(&row.cell.name))
        .column("rank", text::rank(), Unit::Words, |row| row.rank.map_or("=".to_owned(), |rank| rank.to_string()))
        .column("implementation", text::whose(), Unit::Words, |row| text::implementation(row.implementation))
        .column("fps", text::fps(), Unit::Whole, |row| Some(row.cell.fps.median))
        .column("bar", "", Unit::Share, |row| share(row.cell.fps.median, most))
        .field("low", |row| Some(row.cell.fps.low))
        .field("high", |row| Some(row.cell.fps.high))
        .column("plus_minus", "±", Unit::PlusMinus, |row| plus_minus(row.cell))
        .column("of_one_way", text::share_of_one_way(), Unit::Share, of_one_way)
        .column("pipelined", text::pipelined(), Unit::Whole, |row| other(row, Setup::Pipelined))
        .column("placement", placement, Unit::Whole, |row| other(row, Setup::OneCore))
        .column("rate", text::rate(), Unit::Whole, rate)
        .column("p50_us", "p50", Unit::Micros, |row| late(row, |cell| cell.latency.p50))
        .column("p90_us", "p90", Unit::Micros, |row| late(row, |cell| cell.latency.p90))
        .column("p99_us", "p99", Unit::Micros, |row| late(row, |cell| cell.latency.p99))
        .column("max_us", text::slowest_frame(), Unit::Micros, |row| late(row, |cell| cell.latency.max))
        .column("cpu_us", "CPU", Unit::Micros, |row| cpu(row.cell))
        .column("server_us", text::server(), Unit::Micros, |row| median(row.cell.cpu_server))
        .column("driver_us", text::driver(), Unit::Micros, |row| median(row.cell.cpu_driver))
        .column("calls_per_frame", text::calls(), Unit::Tenths, |row| calls(row.cell))
        .column("extra", text::wire(), Unit::Share, |row| extra(row.cell))
        .field("wire_bytes", |row| row.cell.wire)
        .column("copies", text::copies(), Unit::Whole, copies)
        .column("most_frequent", text::most_frequent(), Unit::Words, |row| most_frequent(row.cell))
        .table()
}

/// Every cell with its setting: what `report.csv` is.
pub(crate) fn cells(view: View) -> Table {
    let cells = &view.results.cells[..];
    let median = |interval: Option<Interval>| interval.map(|interval| interval.median);
    let late = |cell: &Cell, value: f64| (cell.latency.frames > 0).then_some(value);
    let implementation = |cell: &Cell| match view.implementation(&cell.name) {
        Implementation::Rust => "rust",
        Implementation::Python => "python",
        Implementation::Yours => "yours",
    };
    Layout::over(cells)
        .field("name", |cell| cell.name.clone())
        .field("implementation", implementation)
        .field("kind", |cell| cell.setting.kind.clone())
        .field("bytes", |cell| Some(cell.setting.bytes as f64))
        .field("window", |cell| Some(cell.setting.window as f64))
        .field("rate", |cell| cell.setting.rate)
        .field("one_core", |cell| cell.setting.one_core.to_string())
        .field("work_ms", |cell| Some(cell.setting.work_ms as f64))
        .field("fps", |cell| Some(cell.fps.median))
        .field("fps_low", |cell| Some(cell.fps.low))
        .field("fps_high", |cell| Some(cell.fps.high))
        .field("cpu_server_us", |cell| median(cell.cpu_server))
        .field("cpu_driver_us", |cell| median(cell.cpu_driver))
        .field("p50_us", |cell| late(cell, cell.latency.p50))
        .field("p90_us", |cell| late(cell, cell.latency.p90))
        .field("p99_us", |cell| late(cell, cell.latency.p99))
        .field("max_us", |cell| late(cell, cell.latency.max))
        .field("calls_per_frame", calls)
        .field("wire_bytes", |cell| cell.wire)
        .field("frames", |cell| Some(cell.latency.frames as f64))
        .field("rounds", |cell| Some(cell.rounds.len() as f64))
        .field("copies", |cell| view.participant(&cell.name).and_then(|one| one.copies).map(f64::from))
        .table()
}

/// Each candidate as a share of one-way TCP, in turn and pipelined, for each kind where that was measured.
pub(crate) fn shares(view: View, kinds: &[&str]) -> Table {
    let rows = kinds.first().map_or(Vec::new(), |kind| view.table(kind, Setup::Closed));
    let mut layout = Layout::over(&rows).by(|row| row.implementation);
    layout = layout.column("name", text::transport(), Unit::Words, |row| shown(&row.cell.name));
    for kind in kinds {
        for (setup, heading) in [(Setup::Closed, text::in_turn()), (Setup::Pipelined, text::piped())] {
            layout = layout.column(&format!("{kind} {setup:?}"), heading, Unit::Share, |row| {
                let fps = view.cell(&row.cell.name, kind, setup)?.fps.median;
                share(fps, view.one_way(kind)?.ours)
            });
        }
    }
    layout.table()
}

/// Megabytes a second by payload size.
pub(crate) fn sweep(view: View) -> Table {
    let sizes = view.sweep();
    let mut layout = Layout::over(&view.results.candidates).by(|one| one.implementation);
    layout = layout.column("name", text::transport(), Unit::Words, |one| shown(&one.name));
    for (kind, size) in sizes {
        layout = layout.column(kind, bytes(size as f64), Unit::Megabytes, |one| {
            view.cell(&one.name, kind, Setup::Closed).map(|cell| cell.fps.median * size as f64 / 1e6)
        });
    }
    layout.table()
}

/// What each single change did.
pub(crate) fn changes(view: View) -> Table {
    Layout::over(&view.results.changes)
        .field("name", |change| change.id.clone())
        .field("before_fps", |change| Some(change.before.fps.median))
        .field("after_fps", |change| Some(change.after.fps.median))
        .field("before_work_fps", |change| change.before_work.as_ref().map(|one| one.fps.median))
        .field("after_work_fps", |change| change.after_work.as_ref().map(|one| one.fps.median))
        .table()
}

/// One-way TCP by kind.
pub(crate) fn limits(view: View) -> Table {
    Layout::over(&view.results.limits.loopback)
        .field("name", |way| way.kind.clone())
        .field("bytes", |way| Some(way.bytes as f64))
        .field("ours_fps", |way| Some(way.ours))
        .field("iperf3_fps", |way| way.iperf3)
        .table()
}

/// Our transports beside well-known tools.
pub(crate) fn reference_tools(view: View) -> Table {
    Layout::over(&view.results.reference_tools)
        .column("name", text::transport(), Unit::Words, |one| format!("{} · {}", one.of, one.tool))
        .column("bytes", text::a_payload(), Unit::Whole, |one| Some(one.bytes as f64))
        .column("ours", text::we(), Unit::Whole, |one| Some(one.ours))
        .column("theirs", text::they(), Unit::Whole, |one| Some(one.theirs))
        .column("ratio", text::ratio(), Unit::Ratio, |one| share(one.ours, one.theirs))
        .table()
}

/// The wider half of a cell's interval, as a share of the median. One round has no interval.
fn plus_minus(cell: &Cell) -> Option<f64> {
    let Interval { median, low, high } = cell.fps;
    share((high - median).max(median - low), median).filter(|_| cell.rounds.len() > 1)
}

/// What crossed the loopback beyond the payload, as a share of it; nothing crossed it where a Unix socket carried it all.
fn extra(cell: &Cell) -> Option<f64> {
    let bytes = cell.setting.bytes as f64;
    share(cell.wire.filter(|wire| *wire >= bytes)? - bytes, bytes)
}

fn most_frequent(cell: &Cell) -> String {
    let calls = cell.calls.iter().flatten().take(3);
    calls.map(|call| format!("{} {:.1}", shown(&call.name), call.server + call.driver)).collect::<Vec<_>>().join(", ")
}
