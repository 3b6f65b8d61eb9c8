//! The tables of figures.

use super::super::headline::shown;
use super::super::number::{micros, or_dash, plus_minus};
use super::super::text;
use super::super::view::{Row, Setup, View, calls, cpu, share};
use super::layout::{Screen, left, right};
use crate::results::Implementation;
use crate::results::{Latency, OneWay};
use narrate::grouped;

/// What the bars of the implementations are drawn with, so that they differ without colour, too.
pub(super) const INK: [&str; 3] = ["█", "▒", "░"];

/// Columns of a transport's name.
const NAME: usize = 18;
/// Columns of the longest bar.
const BAR: usize = 9;

/// How fast, how late, at what cost: one line a transport.
pub(super) fn speed(view: View, kind: &str, screen: &mut Screen) {
    let rows = view.table(kind, Setup::Closed);
    let most = rows.first().map_or(0.0, |row| row.cell.fps.median);
    let head = ["FPS", "±", "", "p50", "p99", "CPU", &text::syscalls()].map(str::to_owned);
    screen.line(&line("", &left(&text::transport(), NAME), &left("", BAR), &head));
    for row in rows {
        let cell = row.cell;
        let latency = view.latency(&cell.name, kind);
        let late = |value: fn(&Latency) -> f64| {
            let mark = |paced| if paced { "" } else { "°" };
            or_dash(latency.map(|(cell, paced)| span(value(&cell.latency)) + mark(paced)))
        };
        let figures = [
            grouped(cell.fps.median),
            plus_minus(cell),
            String::new(),
            late(|latency| latency.p50),
            late(|latency| latency.p99),
            or_dash(cpu(cell).map(span)),
            or_dash(calls(cell).map(|calls| format!("{calls:.1}"))),
        ];
        screen.line(&line(&rank(&row), &name(&row, screen), &bar(&row, most, screen), &figures));
    }
}

/// Rank, name, FPS and its interval, bar, p50, p99, CPU, calls.
fn line(rank: &str, name: &str, bar: &str, figures: &[String; 7]) -> String {
    let at = |n: usize, width| right(&figures[n], width);
    let [fps, interval, p50, p99, cpu, calls] = [(0, 8), (1, 7), (3, 8), (4, 8), (5, 8), (6, 8)].map(|(n, w)| at(n, w));
    format!("{} {name}{fps}{interval} {bar}{p50}{p99}{cpu}{calls}", right(rank, 2))
}

/// Microseconds; what has too many digits for its column says its unit.
fn span(value: f64) -> String {
    match value {
        value if value >= 999_500.0 => format!("{:.1} s", value / 1e6),
        value if value >= 99_999.5 => format!("{:.0} ms", value / 1e3),
        value => micros(value),
    }
}

fn rank(row: &Row) -> String {
    row.rank.map_or("=".into(), |rank| rank.to_string())
}

fn name(row: &Row, screen: &Screen) -> String {
    screen.paint(row.implementation, &left(&shown(&row.cell.name), NAME))
}

fn bar(row: &Row, most: f64, screen: &Screen) -> String {
    let ink = match row.implementation {
        Implementation::Rust => INK[0],
        Implementation::Python => INK[1],
        Implementation::Yours => INK[2],
    };
    let long = share(row.cell.fps.median, most).unwrap_or(0.0) * BAR as f64;
    // A sliver for those that would have no bar at all.
    let bar = if long < 0.5 { "▏".to_owned() } else { ink.repeat(long.round() as usize) };
    screen.paint(row.implementation, &left(&bar, BAR))
}

/// With work: two columns of transports, as there is little to tell them apart by.
pub(super) fn worked(view: View, kind: &str, screen: &mut Screen) {
    let rows = view.table(kind, Setup::Worked);
    let most = rows.first().map_or(0.0, |row| row.cell.fps.median);
    let cells: Vec<String> = rows
        .iter()
        .map(|row| {
            let fps = right(&grouped(row.cell.fps.median), 6);
            format!("{} {}{fps} {}", right(&rank(row), 2), name(row, screen), bar(row, most, screen))
        })
        .collect();
    let half = cells.len().div_ceil(2);
    for at in 0..half {
        let second = cells.get(half + at).map(String::as_str).unwrap_or_default();
        screen.line(&format!("{}  {second}", cells[at]));
    }
}

/// Each transport as a share of one-way TCP, in turn and pipelined, for each kind.
pub(super) fn shares(view: View, screen: &mut Screen) {
    let kinds: Vec<&str> =
        view.kinds().into_iter().map(|(kind, _)| kind).filter(|kind| view.one_way(kind).is_some()).collect();
    let Some(first) = kinds.first() else { return };
    let heads: String = kinds.iter().map(|kind| right(kind, 18)).collect();
    let of_kinds = |figure: &dyn Fn(&OneWay) -> String| -> String {
        kinds.iter().filter_map(|kind| view.one_way(kind)).map(|way| right(&figure(way), 18)).collect()
    };
    let turns: String = kinds.iter().map(|_| right(&text::in_turn(), 9) + &right(&text::piped(), 9)).collect();
    screen.line(&format!("   {}{heads}", left("", NAME)));
    screen.line(&format!("   {}{}", left(&text::one_way_row(), NAME), of_kinds(&|way| grouped(way.ours))));
    screen.line(&format!("   {}{}", left("iperf3, FPS", NAME), of_kinds(&|way| or_dash(way.iperf3.map(grouped)))));
    screen.line(&format!("   {}{turns}", left(&text::transport(), NAME)));
    for row in view.table(first, Setup::Closed) {
        let of_limit = |kind: &str, setup| {
            let fps = view.cell(&row.cell.name, kind, setup).map(|cell| cell.fps.median);
            let share = fps.zip(view.one_way(kind)).and_then(|(fps, way)| share(fps, way.ours));
            right(&or_dash(share.map(shown_share)), 9)
        };
        let figures: String =
            kinds.iter().map(|kind| of_limit(kind, Setup::Closed) + &of_limit(kind, Setup::Pipelined)).collect();
        screen.line(&format!("   {}{figures}", name(&row, screen)));
    }
}

fn shown_share(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        percent if percent < 0.05 => "< 0.1 %".into(),
        percent if percent < 0.95 => format!("{percent:.1} %"),
        percent => format!("{percent:.0} %"),
    }
}
