//! Charts as inline SVG. Lengths across are percentages, so that a chart is as wide as its place and its letters keep
//! their size, on a phone, too; colours and patterns come from `style.css` by class.

pub(crate) mod bars;
pub(crate) mod latency;
pub(crate) mod scale;
pub(crate) mod sweep;

use maud::{Markup, html};

use super::headline::shown;
use crate::lab::contestant::Family;

/// What a chart is called, and what someone who cannot see it should know.
pub(crate) struct Caption {
    /// Unique on the page.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) desc: String,
}

/// Height of the letters below an axis, in pixels.
const AXIS: f64 = 22.0;

/// The frame of a chart, `height` pixels high.
fn svg(caption: &Caption, height: f64, body: Markup) -> Markup {
    let (title, desc) = (format!("{}-title", caption.id), format!("{}-desc", caption.id));
    html! {
        svg.chart width="100%" height=(height) role="img" aria-labelledby={ (title) " " (desc) } {
            title id=(title) { (caption.title) }
            desc id=(desc) { (caption.desc) }
            (body)
        }
    }
}

/// Where along the chart something is.
fn at(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

/// The class that gives a family its colour and its pattern.
pub(crate) fn class(family: Family) -> &'static str {
    match family {
        Family::Rust => "rust",
        Family::Python => "python",
        Family::Yours => "yours",
    }
}

/// A name at the left edge of a chart, short enough for its column.
fn label(name: &str, y: f64) -> Markup {
    let name = shown(name);
    let long = name.chars().count() > 20;
    let short: String = if long { name.chars().take(19).chain(['…']).collect() } else { name };
    html! { text.name x="0" y=(y) { (short) } }
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
