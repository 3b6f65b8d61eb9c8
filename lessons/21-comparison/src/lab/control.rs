//! The A/A control: one transport measured as if it were two. Whatever differs between them is noise.

use super::results::{Cell, Control};
use super::statistics;

/// Whose double runs, and what the double is called.
pub(crate) const OF: &str = "tcp";
pub(crate) const DOUBLE: &str = "tcp (again)";

/// How far the two are apart, and the spread to trust; `None` when one of them is missing.
pub(crate) fn control(cells: &[Cell]) -> Option<Control> {
    let main = |cell: &&Cell| {
        let setting = &cell.setting;
        setting.rate.is_none() && setting.work_ms == 0 && !setting.kind.starts_with("sweep") && cell.rounds.len() > 2
    };
    let doubles = cells.iter().filter(main).filter(|cell| cell.name == DOUBLE);
    let apart = doubles.filter_map(|double| {
        let one = cells.iter().find(|cell| cell.name == OF && cell.setting == double.setting)?;
        Some((double.fps.median / one.fps.median - 1.0).abs())
    });
    let apart = apart.fold(None, |most: Option<f64>, apart| Some(most.map_or(apart, |most| most.max(apart))))?;
    let widths: Vec<f64> =
        cells.iter().filter(main).map(|cell| (cell.fps.high - cell.fps.low) / 2.0 / cell.fps.median).collect();
    let spread = apart.max(statistics::median(&widths).unwrap_or_default());
    Some(Control { of: OF.to_owned(), double: DOUBLE.to_owned(), apart, spread })
}

#[cfg(test)]
mod tests {
    use super::super::results::{Interval, KindSize, Latency};
    use super::*;

    fn cell(name: &str, kind: &str, median: f64) -> Cell {
        let setting = super::super::settings::in_turn(&KindSize { name: kind.into(), bytes: 1 });
        let fps = Interval { median, low: median * 0.99, high: median * 1.01 };
        let latency = Latency::default();
        let (name, rounds) = (name.to_owned(), vec![median; 5]);
        Cell { name, setting, rounds, fps, cpu_server: None, cpu_driver: None, latency, calls: None, wire: None }
    }

    #[test]
    fn the_spread_is_what_the_worst_pair_is_apart_and_no_less_than_the_intervals() {
        let cells =
            [cell(OF, "jpeg", 100.0), cell(DOUBLE, "jpeg", 97.0), cell(OF, "hd", 10.0), cell(DOUBLE, "hd", 10.1)];
        let found = control(&cells).unwrap();
        assert!((found.apart - 0.03).abs() < 1e-9 && (found.spread - 0.03).abs() < 1e-9, "{found:?}");
        let calm = control(&cells[2..]).unwrap();
        assert!((calm.spread - 0.01).abs() < 1e-9, "{calm:?}");
        assert!(control(&cells[..1]).is_none());
    }
}
