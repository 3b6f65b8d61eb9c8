//! How late frames are, and how throughput depends on their size.

use maud::html;
use narrate::grouped;

use super::super::chart::Caption;
use super::super::chart::latency::{Spread, latency as spreads};
use super::super::chart::sweep::{Line, sweep as lines};
use super::super::headline::shown;
use super::super::number::{bytes, micros, or_dash};
use super::super::text as shared;
use super::super::view::{Setup, View};
use super::table::{cell, folded, table};
use super::{Section, id, text};
use crate::results::Cell;
use crate::results::Implementation;

/// Distributions of the first kind that was paced, or else of the first kind.
pub(super) fn latency(view: View) -> Option<Section> {
    let (kind, _) = view.kind_of(Setup::Paced).or_else(|| view.kinds().first().copied())?;
    let closed = view.table(kind, Setup::Closed);
    let mut rows: Vec<(&Cell, bool)> = closed.iter().filter_map(|row| view.latency(&row.cell.name, kind)).collect();
    rows.sort_by(|(one, _), (other, _)| one.latency.p50.total_cmp(&other.latency.p50));
    if rows.is_empty() {
        return None;
    }
    let drawn: Vec<Spread> = rows
        .iter()
        .map(|(cell, paced)| {
            let mark = if *paced { "" } else { "°" };
            let figure = format!("{} / {}{mark}", span(cell.latency.p50), span(cell.latency.p99));
            Spread { name: &cell.name, implementation: view.implementation(&cell.name), latency: &cell.latency, figure }
        })
        .collect();
    let title = text::latency_title(shared::kind(kind));
    let caption = Caption { id: id("latency-chart"), title: title.clone(), desc: text::chart_desc(rows.len()) };
    let headings: Vec<String> =
        [shared::transport(), text::rate(), "p50, µs".into(), "p90, µs".into(), "p99, µs".into()]
            .into_iter()
            .chain([format!("{}, µs", text::slowest_frame())])
            .collect();
    let figures: Vec<_> = rows
        .iter()
        .map(|(one, _)| {
            let latency = &one.latency;
            let rate = one.setting.rate.map_or_else(text::closed_loop, grouped);
            let late = [latency.p50, latency.p90, latency.p99, latency.max].map(|value| cell(micros(value)));
            [cell(shown(&one.name)), cell(rate)].into_iter().chain(late).collect()
        })
        .collect();
    let body = html! {
        p { (text::latency_intro()) }
        (super::speed::implementations(view))
        (spreads(&caption, &drawn))
        (folded(&text::table_of(&title), table(&title, &headings, 1, &figures)))
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
    let headings: Vec<String> =
        std::iter::once(shared::transport()).chain(sizes.iter().map(|(_, size)| bytes(*size as f64))).collect();
    let figures: Vec<_> = drawn
        .iter()
        .map(|line| {
            let rate = |kind: &str| or_dash(value(line.name, kind).map(|(_, rate)| micros(rate)));
            let rates = sizes.iter().map(|(kind, _)| cell(rate(kind)));
            std::iter::once(cell(shown(line.name))).chain(rates).collect()
        })
        .collect();
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
        (folded(&text::table_of(&title), table(&title, &headings, 1, &figures)))
    };
    Some(Section { name: "sweep", title: text::sweep(), body })
}
