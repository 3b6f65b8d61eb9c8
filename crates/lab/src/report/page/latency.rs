//! How late frames are, and how throughput depends on their size.

use maud::html;

use super::super::chart::Caption;
use super::super::chart::latency::{Spread, latency as spreads};
use super::super::chart::sweep::{Line, sweep as lines};
use super::super::tables;
use super::super::text as shared;
use super::super::view::{Row, Setup, View};
use super::table::folded;
use super::{Section, id, text};
use crate::results::Cell;
use crate::results::Implementation;

/// Distributions of the first kind that was paced, or else of the first kind.
pub(super) fn latency(view: View) -> Option<Section> {
    let (kind, _) = view.kind_of(Setup::Paced).or_else(|| view.kinds().first().copied())?;
    let closed = view.table(kind, Setup::Closed);
    let mut rows: Vec<(Row, &Cell, bool)> = closed
        .into_iter()
        .filter_map(|row| view.latency(&row.cell.name, kind).map(|(cell, paced)| (row, cell, paced)))
        .collect();
    rows.sort_by(|(_, one, _), (_, other, _)| one.latency.p50.total_cmp(&other.latency.p50));
    if rows.is_empty() {
        return None;
    }
    let drawn: Vec<Spread> = rows
        .iter()
        .map(|(_, cell, paced)| {
            let mark = if *paced { "" } else { "°" };
            let figure = format!("{} / {}{mark}", span(cell.latency.p50), span(cell.latency.p99));
            Spread { name: &cell.name, implementation: view.implementation(&cell.name), latency: &cell.latency, figure }
        })
        .collect();
    let title = text::latency_title(shared::kind(kind));
    let caption = Caption { id: id("latency-chart"), title: title.clone(), desc: text::chart_desc(rows.len()) };
    let rows: Vec<Row> = rows.into_iter().map(|(row, ..)| row).collect();
    let figures = tables::candidates(view, kind, &rows).pick(&["name", "rate", "p50_us", "p90_us", "p99_us", "max_us"]);
    let body = html! {
        p { (text::latency_intro()) }
        (super::speed::implementations(view))
        (spreads(&caption, &drawn))
        (folded(&title, &figures))
    };
    Some(Section { name: "latency", title: text::latency(), body })
}

/// Microseconds in the unit that fits a narrow column.
fn span(micros: f64) -> String {
    match micros {
        value if value >= 1e6 => format!("{:.1}s", value / 1e6),
        value if value >= 1e4 => format!("{:.0}ms", value / 1e3),
        value if value >= 1e3 => format!("{:.1}ms", value / 1e3),
        value => format!("{value:.0}µs"),
    }
}

/// Payload sizes from a few words to a picture.
pub(super) fn sweep(view: View) -> Option<Section> {
    let sizes = view.sweep();
    if sizes.len() < 2 {
        return None;
    }
    let value = |name: &str, kind: &str| {
        let cell = view.cell(name, kind, Setup::Closed)?;
        Some((cell.setting.bytes as f64, cell.fps.median * cell.setting.bytes as f64 / 1e6))
    };
    let drawn: Vec<Line> = view
        .results
        .candidates
        .iter()
        .map(|one| Line {
            name: &one.name,
            implementation: one.implementation,
            points: sizes.iter().filter_map(|(kind, _)| value(&one.name, kind)).filter(|(_, y)| *y > 0.0).collect(),
        })
        .filter(|line| line.points.len() > 1)
        .collect();
    if drawn.is_empty() {
        return None;
    }
    let title = text::sweep_title();
    let body = html! {
        p { (text::sweep_intro()) }
        @for (implementation, name) in [(Implementation::Rust, "rust"), (Implementation::Python, "python"), (Implementation::Yours, "yours")] {
            @let of_family: Vec<&Line> = drawn.iter().filter(|line| line.implementation == implementation).collect();
            @if !of_family.is_empty() {
                @let title = text::sweep_of(shared::implementation(implementation));
                @let desc = text::chart_desc(of_family.len());
                h3 { (title) }
                (lines(&Caption { id: id(&format!("sweep-{name}")), title, desc }, &of_family))
            }
        }
        (folded(&title, &tables::sweep(view)))
    };
    Some(Section { name: "sweep", title: text::sweep(), body })
}
