//! Well-known tools and we, in turns against the same servers.

use maud::html;
use narrate::grouped;

use super::super::number::{prose, ratio};
use super::super::text as shared;
use super::super::view::View;
use super::table::{cell, table};
use super::{Section, text};

/// A table of who does how much; nothing where `--reference_tools` was not asked for.
pub(super) fn reference_tools(view: View) -> Option<Section> {
    let reference_tools = &view.results.reference_tools;
    if reference_tools.is_empty() {
        return None;
    }
    let headings = shared::reference_tools_columns().map(String::from);
    let rows: Vec<_> = reference_tools
        .iter()
        .map(|tool_comparison| {
            let pair = format!("{} · {}", tool_comparison.of, tool_comparison.tool);
            let figures =
                [grouped(tool_comparison.bytes as f64), grouped(tool_comparison.ours), grouped(tool_comparison.theirs)];
            let share = prose(ratio(tool_comparison.ours, tool_comparison.theirs));
            [pair].into_iter().chain(figures).chain([share]).map(cell).collect()
        })
        .collect();
    let body = html! {
        p { (text::reference_tools_intro()) }
        (table(&shared::reference_tools_heading(), &headings, 1, &rows))
    };
    Some(Section { name: "reference_tools", title: shared::reference_tools_heading(), body })
}
