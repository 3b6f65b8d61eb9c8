//! Well-known tools and we, in turns against the same servers.

use maud::html;
use narrate::grouped;

use super::super::number::{prose, ratio};
use super::super::text as shared;
use super::super::view::View;
use super::table::{cell, table};
use super::{Section, text};

/// A table of who does how much; nothing where `--rivals` was not asked for.
pub(super) fn rivals(view: View) -> Option<Section> {
    let rivals = &view.results.rivals;
    if rivals.is_empty() {
        return None;
    }
    let headings = shared::rivals_columns().map(String::from);
    let rows: Vec<_> = rivals
        .iter()
        .map(|rival| {
            let pair = format!("{} · {}", rival.of, rival.tool);
            let figures = [grouped(rival.bytes as f64), grouped(rival.ours), grouped(rival.theirs)];
            let share = prose(ratio(rival.ours, rival.theirs));
            [pair].into_iter().chain(figures).chain([share]).map(cell).collect()
        })
        .collect();
    let body = html! {
        p { (text::rivals_intro()) }
        (table(&shared::rivals_heading(), &headings, 1, &rows))
    };
    Some(Section { name: "rivals", title: shared::rivals_heading(), body })
}
