//! Throughput against payload size, both axes in decades, each line labelled at its end.

use std::fmt::Write;

use maud::{Markup, html};

use super::scale::{Scale, tick};
use super::{AXIS, Caption, Columns, at, chart, class};
use crate::report::headline::shown;
use crate::report::number::bytes;
use crate::results::Implementation;

/// Least height of the plot, and what each label needs of it.
const HEIGHT: f64 = 360.0;
const LABEL: f64 = 15.0;
const TOP: f64 = 8.0;

/// One line.
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) implementation: Implementation,
    /// Payload bytes and the value, rising.
    pub(crate) points: Vec<(f64, f64)>,
}

/// Draws them.
pub(crate) fn sweep(caption: &Caption, lines: &[&Line]) -> Markup {
    let all = || lines.iter().flat_map(|line| line.points.iter());
    let low = all().map(|(x, _)| *x).fold(f64::INFINITY, f64::min);
    let across = Scale::log_between(low, all().map(|(x, _)| *x).fold(0.0, f64::max));
    let up = Scale::log(all().map(|(_, y)| *y));
    let high = HEIGHT.max(LABEL * lines.len() as f64);
    let bottom = TOP + high;
    let sizes: Vec<f64> = lines
        .iter()
        .max_by_key(|line| line.points.len())
        .map_or(Vec::new(), |line| line.points.iter().map(|(x, _)| *x).collect());
    let labels =
        apart(lines, |line: &&Line| (1.0 - up.position(line.points.last().map_or(0.0, |(_, y)| *y))) * high, high);
    let end = |line: &Line| TOP + (1.0 - up.position(line.points.last().map_or(0.0, |(_, y)| *y))) * high;
    let heights: Vec<(f64, f64)> =
        up.ticks().into_iter().map(|value| (value, TOP + (1.0 - up.position(value)) * high)).collect();
    let columns = Columns {
        left: html! { g.axis { @for (value, y) in &heights { text.figure x="100%" dx="-6" y=(y + 4.0) { (tick(*value)) } } } },
        plot: html! {
            g.axis {
                @for (n, size) in sizes.iter().enumerate() {
                    @let x = at(across.position(*size));
                    line x1=(x) x2=(x) y1=(TOP) y2=(bottom) {}
                    // The ends and the middle are written: a phone has no room for all.
                    @if [0, sizes.len() / 2, sizes.len() - 1].contains(&n) { text x=(x) y=(bottom + 15.0) { (bytes(*size)) } }
                }
                @for (_, y) in &heights { line x1="0%" x2="100%" y1=(y) y2=(y) {} }
            }
            // Stretched to whatever width the plot has; strokes keep their width.
            svg width="100%" y=(TOP) height=(high) viewBox="0 0 1000 1000" preserveAspectRatio="none" overflow="visible" {
                @for (n, line) in lines.iter().enumerate() { path data-line=(n) class={ "line " (class(line.implementation)) } d=(path(line, across, up)) {} }
            }
        },
        right: html! {
            @for (n, (line, y)) in lines.iter().zip(&labels).enumerate() {
                line data-line=(n) class={ "leader " (class(line.implementation)) } x1="0" x2="20" y1=(end(line)) y2=(TOP + y) {}
                text data-line=(n) class={ "end " (class(line.implementation)) } x="24" y=(TOP + y + 4.0) { (shown(line.name)) }
            }
        },
    };
    chart(caption, "sweep", bottom + AXIS, columns)
}

fn path(line: &Line, across: Scale, up: Scale) -> String {
    let mut path = String::new();
    for (n, (x, y)) in line.points.iter().enumerate() {
        let (x, y) = (across.position(*x) * 1000.0, (1.0 - up.position(*y)) * 1000.0);
        let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
    }
    path
}

/// Places for labels that want to stand at `wanted` but must not touch: those that would share a place spread config its
/// middle, and all stay inside where there is room for all.
fn apart<T>(items: &[T], wanted: impl Fn(&T) -> f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|one, other| wanted(&items[*one]).total_cmp(&wanted(&items[*other])));
    // Heaps of labels, each with its middle and how many; two histograms that meet are one.
    let mut histograms: Vec<(f64, usize)> = Vec::new();
    for n in &order {
        histograms.push((wanted(&items[*n]), 1));
        while let [.., (above, many), (below, few)] = histograms[..]
            && below - above < LABEL * (many + few) as f64 / 2.0
        {
            let (all, middle) = (many + few, above * many as f64 + below * few as f64);
            histograms.truncate(histograms.len() - 2);
            histograms.push((inside(middle / all as f64, all, high), all));
        }
    }
    let spread = histograms
        .iter()
        .flat_map(|(middle, many)| (0..*many).map(move |n| middle + LABEL * (n as f64 - (*many as f64 - 1.0) / 2.0)));
    let mut positions = vec![0.0; items.len()];
    order.iter().zip(spread).for_each(|(n, position)| positions[*n] = position);
    positions
}

/// The middle of a heap of `many` labels, moved so that the heap is inside.
fn inside(middle: f64, many: usize, high: f64) -> f64 {
    let half = LABEL * (many as f64 - 1.0) / 2.0;
    middle.min(high - half).max(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apart_keeps_labels_inside_and_from_touching() {
        let mut positions = apart(&[100.0, 101.0, 99.0, 5.0, 102.0], |wanted| *wanted, 110.0);
        positions.sort_by(f64::total_cmp);
        assert!(positions.windows(2).all(|pair| pair[1] - pair[0] >= LABEL - 1e-9), "{positions:?}");
        assert!(positions[0] >= 0.0 && positions[4] <= 110.0, "{positions:?}");
        assert_eq!(positions[0], 5.0, "who is alone stays where it belongs");
    }
}
