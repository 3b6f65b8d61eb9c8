//! The A/A control: one transport measured as if it were two. Whatever differs between them is noise.

use crate::results::{Cell, Control};
use crate::statistics;

/// Returns what the second run of a transport is called.
pub(crate) fn aa_control(of: &str) -> String {
    format!("{of} (again)")
}

/// Compares `of` with its second run: how far the two are apart, and the spread to trust. `None` when one of them is missing.
pub(crate) fn control(of: &str, cells: &[Cell]) -> Option<Control> {
    let aa_control = aa_control(of);
    let main = |cell: &&Cell| {
        let setting = &cell.setting;
        setting.rate.is_none() && setting.work_ms == 0 && !setting.kind.starts_with("sweep") && cell.rounds.len() > 2
    };
    let again = cells.iter().filter(main).filter(|cell| cell.name == aa_control);
    let apart = again.filter_map(|again| {
        let one = cells.iter().find(|cell| cell.name == of && cell.setting == again.setting)?;
        Some((again.fps.median / one.fps.median - 1.0).abs())
    });
    let apart = apart.fold(None, |most: Option<f64>, apart| Some(most.map_or(apart, |most| most.max(apart))))?;
    let widths: Vec<f64> =
        cells.iter().filter(main).map(|cell| (cell.fps.high - cell.fps.low) / 2.0 / cell.fps.median).collect();
    let spread = apart.max(statistics::median(&widths).unwrap_or_default());
    Some(Control { of: of.to_owned(), aa_control, apart, spread })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Interval, Latency, PayloadSize};

    fn cell(name: &str, kind: &str, median: f64) -> Cell {
        let setting = crate::settings::in_turn(&PayloadSize { name: kind.into(), bytes: 1 });
        let fps = Interval { median, low: median * 0.99, high: median * 1.01 };
        let latency = Latency::default();
        let (name, rounds) = (name.to_owned(), vec![median; 5]);
        Cell { name, setting, rounds, fps, cpu_server: None, cpu_driver: None, latency, calls: None, wire: None }
    }

    #[test]
    fn control_takes_the_worst_pair_and_no_less_than_the_intervals() {
        let cells =
            [("tcp", "jpeg", 100.0), ("tcp (again)", "jpeg", 97.0), ("tcp", "hd", 10.0), ("tcp (again)", "hd", 10.1)]
                .map(|(name, kind, fps)| cell(name, kind, fps));
        let found = control("tcp", &cells).unwrap();
        assert!((found.apart - 0.03).abs() < 1e-9 && (found.spread - 0.03).abs() < 1e-9, "{found:?}");
        let calm = control("tcp", &cells[2..]).unwrap();
        assert!((calm.spread - 0.01).abs() < 1e-9, "{calm:?}");
        assert!(control("tcp", &cells[..1]).is_none());
    }
}
