//! Throughput against payload size, both axes in decades, each line labelled at its end.

use std::fmt::Write;

use maud::{Markup, html};

use super::scale::{Scale, tick};
use super::{AXIS, Caption, at, class, svg};
use crate::lab::contestant::Family;
use crate::report::headline::shown;
use crate::report::number::bytes;

/// Least height of the plot, and what each label needs of it.
const HEIGHT: f64 = 360.0;
const LABEL: f64 = 15.0;
const TOP: f64 = 8.0;

/// One line.
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) family: Family,
    /// Payload bytes and the value, rising.
    pub(crate) points: Vec<(f64, f64)>,
}

/// Draws them.
pub(crate) fn sweep(caption: &Caption, lines: &[Line]) -> Markup {
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
    let labels = apart(lines, |line| (1.0 - up.place(line.points.last().map_or(0.0, |(_, y)| *y))) * high, high);
    svg(
        caption,
        bottom + AXIS,
        html! {
            svg.wide x="10%" width="52%" height=(bottom + AXIS) overflow="visible" {
                g.axis {
                    @for (n, size) in sizes.iter().enumerate() {
                        @let x = at(across.place(*size));
                        line x1=(x) x2=(x) y1=(TOP) y2=(bottom) {}
                        // Every other size is written: a phone has no room for all.
                        @if n % 2 == 0 { text x=(x) y=(bottom + 15.0) { (bytes(*size)) } }
                    }
                    @for value in up.ticks() {
                        @let y = TOP + (1.0 - up.place(value)) * high;
                        line x1="0%" x2="100%" y1=(y) y2=(y) {}
                        text.up x="-6" y=(y + 4.0) { (tick(value)) }
                    }
                }
                svg width="100%" y=(TOP) height=(high) viewBox="0 0 1000 1000" preserveAspectRatio="none" overflow="visible" {
                    @for line in lines {
                        path class={ "line " (class(line.family)) } d=(path(line, across, up)) {}
                    }
                }
                @for (line, y) in lines.iter().zip(&labels) {
                    @let end = TOP + (1.0 - up.place(line.points.last().map_or(0.0, |(_, y)| *y))) * high;
                    line class={ "leader " (class(line.family)) } x1="100%" x2="106%" y1=(end) y2=(TOP + y) {}
                    text class={ "end " (class(line.family)) } x="107.5%" y=(TOP + y + 4.0) { (shown(line.name)) }
                }
            }
        },
    )
}

fn path(line: &Line, across: Scale, up: Scale) -> String {
    let mut path = String::new();
    for (n, (x, y)) in line.points.iter().enumerate() {
        let (x, y) = (across.place(*x) * 1000.0, (1.0 - up.place(*y)) * 1000.0);
        let _ = write!(path, "{}{x:.1} {y:.1}", if n == 0 { 'M' } else { 'L' });
    }
    path
}

/// Places for labels that want to stand at `wanted` but must not touch: pushed down from the top, then
/// up from the bottom where that pushed too far.
fn apart<T>(items: &[T], wanted: impl Fn(&T) -> f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|one, other| wanted(&items[*one]).total_cmp(&wanted(&items[*other])));
    let mut places = vec![0.0; items.len()];
    let mut least = 0.0_f64;
    for n in &order {
        places[*n] = wanted(&items[*n]).max(least);
        least = places[*n] + LABEL;
    }
    let mut most = high;
    for n in order.iter().rev() {
        places[*n] = places[*n].min(most);
        most = places[*n] - LABEL;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_touch_and_stay_inside() {
        let mut places = apart(&[100.0, 101.0, 99.0, 5.0, 102.0], |wanted| *wanted, 110.0);
        places.sort_by(f64::total_cmp);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= LABEL - 1e-9), "{places:?}");
        assert!(places[0] >= 0.0 && places[4] <= 110.0, "{places:?}");
    }
}
