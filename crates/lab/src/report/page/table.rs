//! Tables of figures, each in a place that scrolls by itself.

use maud::{Markup, html};

use super::text;
use crate::report::table::{Table, Unit};

/// A table with its name. Figures are aligned to the right; microseconds say so in the heading.
pub(super) fn table(name: &str, table: &Table) -> Markup {
    let figure = |unit| (unit != Unit::Words).then_some("figure");
    html! {
        // Focusable, so that it can be scrolled by keyboard.
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table {
                thead { tr { @for column in &table.columns {
                    th scope="col" class=[figure(column.unit)] { (column.heading) @if column.unit == Unit::Micros { ", µs" } }
                } } }
                tbody { @for row in table.rows() { tr { @for (n, (column, value)) in row.into_iter().enumerate() {
                    @if n == 0 { th scope="row" { (value.shown(column.unit)) } }
                    @else { td class=[figure(column.unit)] { (value.shown(column.unit)) } }
                } } } }
            }
        }
    }
}

/// The same, folded away until wanted.
pub(super) fn folded(title: &str, figures: &Table) -> Markup {
    html! { details { summary { (text::table_of(title)) } (table(title, figures)) } }
}
