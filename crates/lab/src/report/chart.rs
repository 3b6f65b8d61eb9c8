//! Charts as inline SVG. Lengths across are percentages, so that a chart is as wide as its place and its letters keep
//! their size, on a phone, too; colours and patterns come from `style.css` by class.

pub(crate) mod bars;
pub(crate) mod latency;
pub(crate) mod scale;
pub(crate) mod sweep;

use maud::{Markup, html};

use super::headline::shown;
use crate::results::Implementation;

/// What a chart is called, and its description for screen readers.
pub(crate) struct Caption {
    /// Unique on the page.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) desc: String,
}

/// Height of the letters below an axis, in pixels.
const AXIS: f64 = 22.0;

/// What stands in the three columns of a chart.
struct Columns {
    left: Markup,
    plot: Markup,
    right: Markup,
}

/// A chart, `height` pixels high. Three drawings side by side, as letters need a width of their own and the plot takes what
/// is left of it; to a screen reader they are one picture.
fn chart(caption: &Caption, kind: &str, height: f64, columns: Columns) -> Markup {
    let (title, desc) = (format!("{}-title", caption.id), format!("{}-desc", caption.id));
    html! {
        div class={ "chart " (kind) } role="img" aria-labelledby=(title) aria-describedby=(desc) {
            span.unseen id=(title) { (caption.title) }
            span.unseen id=(desc) { (caption.desc) }
            @for (class, part) in [("left", columns.left), ("plot", columns.plot), ("right", columns.right)] {
                svg class=(class) width="100%" height=(height) aria-hidden="true" { (part) }
            }
        }
    }
}

/// Where along the chart something is.
fn at(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

/// The class that gives a implementation its colour and its pattern.
pub(crate) fn class(implementation: Implementation) -> &'static str {
    match implementation {
        Implementation::Rust => "rust",
        Implementation::Python => "python",
        Implementation::Yours => "yours",
    }
}

/// A name at the left edge of a chart, short enough for its column.
fn label(name: &str, x: f64, y: f64) -> Markup {
    let name = shown(name);
    let long = name.chars().count() > 20;
    let short: String = if long { name.chars().take(19).chain(['…']).collect() } else { name };
    html! { text x=(x) y=(y) { (short) } }
}

/// What the classes mean.
pub(crate) fn legend(entries: &[(&str, String)]) -> Markup {
    html! {
        p.legend {
            @for (class, words) in entries {
                span { svg width="26" height="12" aria-hidden="true" { rect class={ "bar " (class) } width="26" height="12" rx="2" {} } (words) }
            }
        }
    }
}
