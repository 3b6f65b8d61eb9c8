//! Tables of figures, each in a place that scrolls by itself.

use maud::{Markup, html};

/// A table: its name, its headings, and rows of cells of which the first `words` columns are words and the rest figures.
pub(super) fn table(name: &str, headings: &[String], words: usize, rows: &[Vec<Markup>]) -> Markup {
    html! {
        // Focusable, so that it can be scrolled by keyboard.
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table {
                thead { tr { @for (n, heading) in headings.iter().enumerate() {
                    th scope="col" class=[(n >= words).then_some("figure")] { (heading) }
                } } }
                tbody { @for row in rows { tr { @for (n, cell) in row.iter().enumerate() {
                    @if n == 0 { th scope="row" { (cell) } }
                    @else { td class=[(n >= words).then_some("figure")] { (cell) } }
                } } } }
            }
        }
    }
}

/// The same, folded away until wanted.
pub(super) fn folded(summary: &str, table: Markup) -> Markup {
    html! { details { summary { (summary) } (table) } }
}

/// A cell of text.
pub(super) fn cell(text: impl Into<String>) -> Markup {
    html! { (text.into()) }
}
