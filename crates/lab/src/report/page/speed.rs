//! Frames a second: alone, and with work in the server.

use maud::{Markup, html};
use narrate::grouped;

use super::super::chart::bars::{Bar, Limit, Scales, bars};
use super::super::chart::{Caption, legend};
use super::super::headline::{brief, shown};
use super::super::number::or_dash;
use super::super::tables;
use super::super::text as shared;
use super::super::view::{Row, Setup, View};
use super::table::folded;
use super::{Section, id, text};
use crate::results::Implementation;

/// The columns of the table below the bars.
const COLUMNS: [&str; 8] =
    ["name", "rank", "implementation", "fps", "plus_minus", "of_one_way", "pipelined", "placement"];

/// The main table.
pub(super) fn speed(view: View) -> Option<Section> {
    let kinds = view.kinds();
    if kinds.is_empty() {
        return None;
    }
    let body = html! {
        p { (text::speed_intro()) }
        div.tools.scripted {
            @if kinds.len() > 1 {
                div.choice role="group" aria-label=(text::kinds()) {
                    @for (n, (kind, _)) in kinds.iter().enumerate() {
                        button type="button" aria-pressed=(n == 0) data-panel=(id(&format!("kind-{kind}"))) { (shared::kind(kind)) }
                    }
                }
            }
            button.scale type="button" aria-pressed="false" { (text::log_scale()) }
        }
        (implementations(view))
        @for (kind, bytes) in &kinds {
            div.panel id=(id(&format!("kind-{kind}"))) {
                h3 { (shared::kind_heading(shared::kind(kind), grouped(*bytes as f64))) }
                (panel(view, kind))
            }
        }
    };
    Some(Section { name: "speed", title: text::speed(), body })
}

/// The colour and pattern of each implementation.
pub(super) fn implementations(view: View) -> Markup {
    let there = |implementation| view.results.candidates.iter().any(|one| one.implementation == implementation);
    let all = [(Implementation::Rust, "rust"), (Implementation::Python, "python"), (Implementation::Yours, "yours")];
    let entries: Vec<(&str, String)> = all
        .into_iter()
        .filter(|(implementation, _)| there(*implementation))
        .map(|(implementation, class)| (class, shared::implementation(implementation)))
        .collect();
    legend(&entries)
}

fn panel(view: View, kind: &str) -> Markup {
    let rows = view.table(kind, Setup::Closed);
    let limit = view.one_way(kind);
    let values = rows.iter().map(|row| row.cell.fps.high).chain(limit.map(|way| way.ours));
    let values: Vec<f64> = values.collect();
    let low = rows.iter().map(|row| row.cell.fps.low);
    let scales = Scales::switched(values.iter().copied().chain(low));
    let limits: Vec<Limit> =
        limit.map(|way| Limit { value: way.ours, words: text::one_way_line() }).into_iter().collect();
    let title = text::speed_title(shared::kind(kind));
    html! {
        p { (brief(view, kind).unwrap_or_default()) }
        (chart(&format!("speed-{kind}"), title.clone(), &rows, &limits, scales))
        @if let Some(way) = limit {
            p.note { (text::one_way_note(grouped(way.ours), or_dash(way.iperf3.map(grouped)))) }
        }
        (folded(&title, &tables::candidates(view, kind, &rows).pick(&COLUMNS)))
    }
}

fn chart(name: &str, title: String, rows: &[Row], limits: &[Limit], scales: Scales) -> Markup {
    let drawn: Vec<Bar> = rows.iter().map(bar).collect();
    let fps = |row: &Row| grouped(row.cell.fps.median);
    let desc = match rows {
        [first, .., last] => {
            text::bars_desc(rows.len(), shown(&first.cell.name), fps(first), shown(&last.cell.name), fps(last))
        }
        _ => text::chart_desc(rows.len()),
    };
    bars(&Caption { id: id(name), title, desc }, &drawn, limits, scales)
}

fn bar<'a>(row: &Row<'a>) -> Bar<'a> {
    let fps = row.cell.fps;
    let (name, interval) = (row.cell.name.as_str(), Some(fps));
    let rank = row.rank.map_or("=".into(), |rank| rank.to_string());
    Bar {
        rank,
        name,
        implementation: row.implementation,
        parts: vec![fps.median],
        interval,
        figure: grouped(fps.median),
    }
}

/// The same with work in the server.
pub(super) fn worked(view: View) -> Option<Section> {
    let (kind, _) = view.kind_of(Setup::Worked)?;
    let ms = view.work_ms();
    let rows = view.table(kind, Setup::Worked);
    // Up to what the work alone allows: no candidate can be faster.
    let limit = 1000.0 / ms.max(1) as f64;
    let most = rows.iter().map(|row| row.cell.fps.high).fold(limit, f64::max);
    let title = text::worked_title(ms, shared::kind(kind));
    let limits = [Limit { value: limit, words: format!("1000 / {ms}") }];
    let body = html! {
        p { (text::worked_intro(ms)) }
        (implementations(view))
        (chart("worked-chart", title.clone(), &rows, &limits, Scales::linear(most)))
        (folded(&title, &tables::candidates(view, kind, &rows).pick(&COLUMNS[..5])))
    };
    Some(Section { name: "worked", title: text::worked(ms), body })
}
