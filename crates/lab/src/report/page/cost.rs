//! What a frame costs: CPU time, system calls, bytes, copies.

use maud::{Markup, html};

use super::super::chart::bars::{Bar, Scales, bars};
use super::super::chart::{Caption, legend};
use super::super::number::micros;
use super::super::tables;
use super::super::text as shared;
use super::super::view::{Row, Setup, View, cpu};
use super::table::table;
use super::{Section, id, text};
use crate::results::Implementation;

/// Bars that are longer than this many times the middle one are cut: one outlier would flatten all others.
const LONGEST: f64 = 4.0;

/// The columns of the table.
const COLUMNS: [&str; 7] = ["name", "server_us", "driver_us", "calls_per_frame", "extra", "copies", "most_frequent"];

/// Of the first kind; `None` if nothing of it is known.
pub(super) fn cost(view: View) -> Option<Section> {
    let (kind, _) = view.kinds().first().copied()?;
    let mut rows = view.table(kind, Setup::Closed);
    let known = |row: &Row| cpu(row.cell).is_some() || row.cell.calls.is_some() || row.cell.wire.is_some();
    rows.retain(known);
    if rows.is_empty() {
        return None;
    }
    rows.sort_by(|one, other| cpu(one.cell).unwrap_or(f64::MAX).total_cmp(&cpu(other.cell).unwrap_or(f64::MAX)));
    let body = html! {
        p { (text::cost_intro()) }
        @for (implementation, name) in [(Implementation::Rust, "rust"), (Implementation::Python, "python"), (Implementation::Yours, "yours")] {
            (panel(kind, &rows, implementation, name))
        }
        h3 { (shared::kind(kind)) }
        (table(&text::cost(), &tables::candidates(view, kind, &rows).pick(&COLUMNS)))
        p.note { (text::cost_note()) }
    };
    Some(Section { name: "cost", title: text::cost(), body })
}

/// The CPU time of one implementation, on its own axis.
fn panel(kind: &str, rows: &[Row], implementation: Implementation, name: &str) -> Markup {
    let known: Vec<(&Row, f64)> = rows
        .iter()
        .filter(|row| row.implementation == implementation)
        .filter_map(|row| Some((row, cpu(row.cell)?)))
        .collect();
    let Some((_, middle)) = known.get(known.len() / 2) else { return html! {} };
    let longest = known.iter().map(|(_, cpu)| *cpu).filter(|cpu| *cpu <= middle * LONGEST).fold(0.0, f64::max);
    let drawn: Vec<Bar> = known
        .iter()
        .map(|(row, cpu)| {
            let part = |side: Option<crate::results::Interval>| side.map_or(0.0, |interval| interval.median);
            let cut = if *cpu > longest { "» " } else { "" };
            Bar {
                rank: String::new(),
                name: &row.cell.name,
                implementation,
                parts: vec![part(row.cell.cpu_server), part(row.cell.cpu_driver)],
                interval: None,
                figure: format!("{cut}{}", micros(*cpu)),
            }
        })
        .collect();
    let title = text::cost_title(shared::implementation(implementation), shared::kind(kind));
    let caption = Caption { id: id(&format!("cost-{name}")), title, desc: text::chart_desc(drawn.len()) };
    let words = [shared::server(), shared::driver()]
        .map(|side| format!("{} · {side}, µs", shared::implementation(implementation)));
    let [server, driver] = words;
    html! {
        (legend(&[(name, server), (&format!("{name} second"), driver)]))
        (bars(&caption, &drawn, &[], Scales::linear(longest)))
    }
}
