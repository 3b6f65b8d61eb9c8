//! Bars across, one below the other: with intervals, limits, parts, and perhaps a second scale.

use maud::{Markup, html};

use super::scale::{Scale, tick};
use super::{AXIS, Caption, Columns, at, chart, class, label};
use crate::results::Implementation;
use crate::results::Interval;

/// Height of a row.
const ROW: f64 = 25.0;
/// Height of a bar in it.
const BAR: f64 = 13.0;
/// Above the first row, for what is written at limits.
const TOP: f64 = 20.0;

/// One bar.
pub(crate) struct Bar<'a> {
    /// Before the name; empty where no rank is meant.
    pub(crate) rank: String,
    pub(crate) name: &'a str,
    pub(crate) implementation: Implementation,
    /// Parts from the left; the second one is drawn paler.
    pub(crate) parts: Vec<f64>,
    pub(crate) interval: Option<Interval>,
    /// The figure at the right edge.
    pub(crate) figure: String,
}

/// A line across all bars.
pub(crate) struct Limit {
    pub(crate) value: f64,
    pub(crate) words: String,
}

/// How values become lengths.
#[derive(Clone, Copy)]
pub(crate) struct Scales {
    pub(crate) shown: Scale,
    /// What the page's switch changes to.
    pub(crate) other: Option<Scale>,
}

impl Scales {
    /// From zero; the switch gives decades.
    pub(crate) fn switched(values: impl Iterator<Item = f64> + Clone) -> Scales {
        Scales { shown: Scale::linear(values.clone().fold(0.0, f64::max)), other: Some(Scale::log(values)) }
    }

    /// From zero to `most`, and nothing else.
    pub(crate) fn linear(most: f64) -> Scales {
        Scales { shown: Scale::linear(most), other: None }
    }

    /// The attribute for the switch: `x:12.00% width:3.00%`.
    fn other(self, attributes: impl Fn(Scale) -> Vec<(&'static str, String)>) -> Option<String> {
        let pairs = attributes(self.other?).into_iter().map(|(name, value)| format!("{name}:{value}"));
        Some(pairs.collect::<Vec<_>>().join(" "))
    }
}

/// Draws them.
pub(crate) fn bars(caption: &Caption, bars: &[Bar], limits: &[Limit], scales: Scales) -> Markup {
    let top = if limits.is_empty() { 4.0 } else { TOP };
    let bottom = top + ROW * bars.len() as f64;
    let rows = || bars.iter().enumerate().map(|(n, bar)| (bar, top + ROW * n as f64));
    let columns = Columns {
        left: html! { @for (bar, y) in rows() { (ranked(bar, y + 16.5)) } },
        plot: html! {
            (axis(scales.shown, "shown", top, bottom))
            @if let Some(other) = scales.other { (axis(other, "other", top, bottom)) }
            @for (bar, y) in rows() { (drawn(bar, scales, y)) }
            @for limit in limits { (line(limit, scales, bottom)) }
        },
        right: html! { @for (bar, y) in rows() { text.figure x="100%" y=(y + 16.5) { (bar.figure) } } },
    };
    let kind = if bars.iter().any(|bar| !bar.rank.is_empty()) { "bars ranked" } else { "bars" };
    chart(caption, kind, bottom + AXIS, columns)
}

fn ranked(bar: &Bar, y: f64) -> Markup {
    html! {
        @if !bar.rank.is_empty() { text.rank x="15" y=(y) { (bar.rank) } }
        (label(bar.name, if bar.rank.is_empty() { 0.0 } else { 23.0 }, y))
    }
}

fn axis(scale: Scale, which: &str, top: f64, bottom: f64) -> Markup {
    html! {
        g class={ "axis " (which) } {
            @for value in scale.ticks() {
                @let x = at(scale.position(value));
                line x1=(x) x2=(x) y1=(top) y2=(bottom) {}
                text x=(x) y=(bottom + 15.0) { (tick(value)) }
            }
        }
    }
}

fn drawn(bar: &Bar, scales: Scales, y: f64) -> Markup {
    let implementation = class(bar.implementation);
    let (y, middle) = (y + (ROW - BAR) / 2.0, y + ROW / 2.0);
    html! {
        @for n in 0..bar.parts.len() {
            @let (before, with) = (bar.parts[..n].iter().sum::<f64>(), bar.parts[..=n].iter().sum::<f64>());
            @let position = |scale: Scale| {
                let from = if n == 0 { 0.0 } else { scale.position(before) };
                vec![("x", at(from)), ("width", at((scale.position(with) - from).max(0.002)))]
            };
            @let shown = position(scales.shown);
            rect class={ "bar " (implementation) @if n > 0 { " second" } } x=(shown[0].1) width=(shown[1].1) y=(y) height=(BAR)
                data-other=[scales.other(position)] {}
        }
        @if let Some(interval) = bar.interval {
            @let position = |scale: Scale| {
                let (low, high) = (scale.position(interval.low), scale.position(interval.high));
                vec![("x1", at(low)), ("x2", at(high))]
            };
            @let shown = position(scales.shown);
            line.interval x1=(shown[0].1) x2=(shown[1].1) y1=(middle) y2=(middle) data-other=[scales.other(position)] {}
            @for end in [interval.low, interval.high] {
                @let position = |scale: Scale| vec![("x1", at(scale.position(end))), ("x2", at(scale.position(end)))];
                @let x = at(scales.shown.position(end));
                line.interval x1=(x) x2=(x) y1=(middle - 4.0) y2=(middle + 4.0) data-other=[scales.other(position)] {}
            }
        }
    }
}

fn line(limit: &Limit, scales: Scales, bottom: f64) -> Markup {
    let position =
        |scale: Scale| vec![("x1", at(scale.position(limit.value))), ("x2", at(scale.position(limit.value)))];
    let words = |scale: Scale| vec![("x", at(scale.position(limit.value)))];
    let x = at(scales.shown.position(limit.value));
    html! {
        line.limit x1=(x) x2=(x) y1="16" y2=(bottom) data-other=[scales.other(position)] {}
        text.limit x=(x) y="11" data-other=[scales.other(words)] { (limit.words) }
    }
}
