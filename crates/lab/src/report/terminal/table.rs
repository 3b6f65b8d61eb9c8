//! Tables in columns of fixed width.

use narrate::grouped;

use super::super::number::{micros, or_dash};
use super::super::table::{Table, Unit, Value};
use super::super::view::{Setup, View};
use super::super::{tables, text};
use super::layout::{Screen, left, right};
use crate::results::{Implementation, OneWay};

/// What the bars are drawn with, so that implementations differ without colour, too.
pub(super) const INK: [&str; 3] = ["█", "▒", "░"];

/// Columns of a transport's name, and of the longest bar.
const NAME: usize = 18;
const BAR: usize = 9;

/// How fast, how late, at what cost: one line a transport.
pub(super) fn speed(view: View, kind: &str, screen: &mut Screen) {
    let keys = ["rank", "name", "fps", "plus_minus", "bar", "p50_us", "p99_us", "cpu_us", "calls_per_frame"];
    let mut table = tables::candidates(view, kind, &view.table(kind, Setup::Closed)).pick(&keys);
    for (column, heading) in table.columns.iter_mut().zip(["", &text::transport(), "FPS"]) {
        column.heading = heading.to_owned();
    }
    table.columns[8].heading = text::syscalls();
    let widths = [2, 0, 8, 7, 0, 8, 8, 8, 8];
    let heads = table.columns.iter().map(|column| column.heading.clone()).collect();
    screen.line(&fitted(&table, heads, &widths));
    lines(&table, &widths, screen).iter().for_each(|line| screen.line(line));
}

/// With work: two columns of transports, as there is little to tell them apart by.
pub(super) fn worked(view: View, kind: &str, screen: &mut Screen) {
    let rows = view.table(kind, Setup::Worked);
    let table = tables::candidates(view, kind, &rows).pick(&["rank", "name", "fps", "bar"]);
    let cells = lines(&table, &[2, 0, 6, 0], screen);
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
    let mut above = |name: &str, figure: &dyn Fn(&OneWay) -> String| {
        let figures = kinds.iter().filter_map(|kind| view.one_way(kind)).map(|way| right(&figure(way), 18));
        screen.line(&format!("   {}{}", left(name, NAME), figures.collect::<String>()));
    };
    above("", &|way| way.kind.clone());
    above(&text::one_way_row(), &|way| grouped(way.ours));
    above("iperf3, FPS", &|way| or_dash(way.iperf3.map(grouped)));
    let table = tables::shares(view, &kinds);
    let widths = [&[0][..], &vec![9; table.columns.len() - 1]].concat();
    let heads = table.columns.iter().map(|column| column.heading.clone()).collect();
    screen.line(&format!("  {}", fitted(&table, heads, &widths)));
    lines(&table, &widths, screen).iter().for_each(|line| screen.line(&format!("  {line}")));
}

/// One line a row, in the implementation's colour where it names a transport or draws a bar.
fn lines(table: &Table, widths: &[usize], screen: &Screen) -> Vec<String> {
    let painted = |(row, whose): (Vec<(&_, &Value)>, &Implementation)| {
        let columns = table.columns.iter().zip(row);
        let fields = columns.map(|(column, (_, value))| match (column.key.as_str(), value) {
            ("name", value) => screen.paint(*whose, &left(&value.shown(column.unit), NAME)),
            ("bar", Value::Figure(share)) => screen.paint(*whose, &left(&bar(*share, *whose), BAR)),
            _ => short(value, column.unit),
        });
        fitted(table, fields.collect(), widths)
    };
    table.rows().zip(&table.implementations).map(painted).collect()
}

/// Fields in columns of these widths, from the right; names and bars, of width 0, have their own, and a space before them.
fn fitted(table: &Table, fields: Vec<String>, widths: &[usize]) -> String {
    let columns = table.columns.iter().zip(fields).zip(widths);
    let fitted = columns.map(|((column, field), width)| match column.key.as_str() {
        "name" => format!(" {}", if field.contains('\u{1b}') { field } else { left(&field, NAME) }),
        "bar" => format!(" {}", if field.contains('\u{1b}') { field } else { left(&field, BAR) }),
        _ => right(&field, *width),
    });
    fitted.collect()
}

fn bar(share: f64, whose: Implementation) -> String {
    let long = share * BAR as f64;
    // A sliver for those that would have no bar at all.
    if long < 0.5 { "▏".to_owned() } else { INK[whose as usize].repeat(long.round() as usize) }
}

/// A value in few columns: microseconds with too many digits say their unit, and those of the closed loop are marked.
fn short(value: &Value, unit: Unit) -> String {
    match (unit, value) {
        (Unit::Micros, Value::Closed(value)) => span(*value) + "°",
        (Unit::Micros, Value::Figure(value)) => span(*value),
        (Unit::Share, Value::Figure(share)) if share * 100.0 < 0.05 => "< 0.1 %".into(),
        (Unit::Share, Value::Figure(share)) if share * 100.0 < 0.95 => format!("{:.1} %", share * 100.0),
        (Unit::Share, Value::Figure(share)) => format!("{:.0} %", share * 100.0),
        _ => value.shown(unit),
    }
}

fn span(value: f64) -> String {
    match value {
        value if value >= 999_500.0 => format!("{:.1} s", value / 1e6),
        value if value >= 99_999.5 => format!("{:.0} ms", value / 1e3),
        value => micros(value),
    }
}
