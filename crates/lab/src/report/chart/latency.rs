//! How long frames took: a histogram for each transport on one axis of decades, with its percentiles.

use std::fmt::Write;

use maud::{Markup, html};

use super::scale::{Scale, tick};
use super::{AXIS, Caption, Columns, at, chart, class, label};
use crate::results::Implementation;
use crate::results::Latency;

/// Height of a row, and of the highest heap in it. Above the heap is room for a line of letters: on a phone the histograms take
/// the whole width and the letters stand above them, elsewhere `chart.css` moves them beside.
const ROW: f64 = 42.0;
const HISTOGRAM_HEIGHT: f64 = 24.0;

/// One row.
pub(crate) struct Spread<'a> {
    pub(crate) name: &'a str,
    pub(crate) implementation: Implementation,
    pub(crate) latency: &'a Latency,
    /// The figures at the right edge.
    pub(crate) figure: String,
}

/// Draws them, on an axis of microseconds.
pub(crate) fn latency(caption: &Caption, rows: &[Spread]) -> Markup {
    let values = rows.iter().flat_map(|row| [first(row.latency), row.latency.p50, row.latency.max]);
    let scale = Scale::log(values);
    let bottom = 4.0 + ROW * rows.len() as f64;
    let rows = || rows.iter().enumerate().map(|(n, row)| (row, 4.0 + ROW * n as f64));
    let columns = Columns {
        left: html! { @for (row, y) in rows() { (label(row.name, 0.0, y + 12.0)) } },
        plot: html! {
            g.axis {
                @for value in scale.ticks() {
                    @let x = at(scale.position(value));
                    line x1=(x) x2=(x) y1="4" y2=(bottom) {}
                    text x=(x) y=(bottom + 15.0) { (micros(value)) }
                }
            }
            @for (row, y) in rows() { (drawn(row, scale, y + ROW - 4.0)) }
        },
        right: html! { @for (row, y) in rows() { text.figure x="100%" y=(y + 12.0) { (row.figure) } } },
    };
    chart(caption, "spread", bottom + AXIS, columns)
}

/// The least that the chart knows of.
fn first(latency: &Latency) -> f64 {
    latency.bins.first().map_or(latency.p50, |(upper, _)| *upper)
}

fn drawn(row: &Spread, scale: Scale, base: f64) -> Markup {
    let implementation = class(row.implementation);
    let latency = row.latency;
    html! {
        line.base x1="0%" x2="100%" y1=(base) y2=(base) {}
        @if !latency.bins.is_empty() {
            // The histograms are as wide as the plot, whatever that is: only their height is in pixels.
            svg width="100%" y=(base - HISTOGRAM_HEIGHT) height=(HISTOGRAM_HEIGHT) viewBox="0 0 1000 100" preserveAspectRatio="none" {
                path class={ "bar heap " (implementation) } d=(histograms(latency, scale)) {}
            }
        }
        @for (value, mark) in [(latency.p50, "p50"), (latency.p99, "p99")] {
            @let x = at(scale.position(value));
            line class={ "mark " (mark) } x1=(x) x2=(x) y1=(base - HISTOGRAM_HEIGHT + 2.0) y2=(base + 3.0) {}
        }
        circle.max cx=(at(scale.position(latency.max))) cy=(base) r="2.5" {}
    }
}

/// Steps from bin to bin. Bins that hold nothing are not listed: a bin begins where the one before ends, but
/// not further away than its neighbours are wide.
fn histograms(latency: &Latency, scale: Scale) -> String {
    let most = latency.bins.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1) as f64;
    let positions: Vec<f64> = latency.bins.iter().map(|(upper, _)| scale.position(*upper) * 1000.0).collect();
    let gaps = positions.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0.0);
    let wide = gaps.fold(f64::INFINITY, f64::min).clamp(3.0, 40.0);
    let mut path = String::new();
    for (n, (_, count)) in latency.bins.iter().enumerate() {
        let from = (positions[n] - wide).max(if n == 0 { 0.0 } else { positions[n - 1] });
        // Square roots: the tail is what the chart is looked at for.
        let y = 100.0 - 100.0 * (*count as f64 / most).sqrt();
        let _ = write!(path, "M{from:.1} 100V{y:.1}H{:.1}V100z", positions[n].max(from + 1.0));
    }
    path
}

/// Microseconds of an axis, in the unit that people say.
fn micros(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{} s", tick(value / 1e6)),
        value if value >= 1e3 => format!("{} ms", tick(value / 1e3)),
        value => format!("{} µs", tick(value)),
    }
}
