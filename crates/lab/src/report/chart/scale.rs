//! From values to positions along an axis.

use narrate::grouped;

/// An axis.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scale {
    /// From zero to the value at the end.
    Linear(f64),
    /// From one value to another, both powers of ten.
    Log(f64, f64),
}

impl Scale {
    /// An axis for values from 0 to `most`.
    pub(crate) fn linear(most: f64) -> Scale {
        Scale::Linear(if most.is_finite() && most > 0.0 { most * 1.03 } else { 1.0 })
    }

    /// An axis of whole decades for these values.
    pub(crate) fn log(values: impl Iterator<Item = f64>) -> Scale {
        let good = values.filter(|value| value.is_finite() && *value > 0.0);
        let (low, high) = good.fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        if high <= 0.0 {
            return Scale::Log(1.0, 10.0);
        }
        let (low, high) = (low.log10().floor(), high.log10().ceil());
        Scale::Log(10_f64.powf(low), 10_f64.powf(high.max(low + 1.0)))
    }

    /// An axis that begins and ends with these values.
    pub(crate) fn log_between(low: f64, high: f64) -> Scale {
        Scale::Log(low, high.max(low * 1.1))
    }

    /// The place of a value, 0 to 1.
    pub(crate) fn position(self, value: f64) -> f64 {
        let position = match self {
            Scale::Linear(most) => value / most,
            Scale::Log(low, high) => (value / low).ln() / (high / low).ln(),
        };
        if position.is_finite() { position.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Round values for the axis.
    pub(crate) fn ticks(self) -> Vec<f64> {
        match self {
            Scale::Linear(most) => {
                let rough = most / 4.0;
                let decade = 10_f64.powf(rough.log10().floor());
                let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * decade);
                let step = step.into_iter().find(|step| *step >= rough).unwrap_or(decade * 10.0);
                (0..=(most / step) as usize).map(|n| n as f64 * step).collect()
            }
            Scale::Log(low, high) => {
                let (from, to) = (low.log10().ceil() as i32, high.log10().floor() as i32);
                (from..=to).map(|power| 10_f64.powi(power)).collect()
            }
        }
    }
}

/// A value of an axis: `500`, `20k`, `0.1`, `4M`.
pub(crate) fn tick(value: f64) -> String {
    match value {
        value if value >= 1e6 => format!("{}M", value / 1e6),
        value if value >= 1e4 => format!("{}k", value / 1e3),
        value if value >= 1.0 || value == 0.0 => grouped(value.round()),
        value => format!("{value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_on_the_axis() {
        assert_eq!(Scale::linear(55_700.0).ticks(), [0.0, 20_000.0, 40_000.0]);
        assert_eq!(Scale::log([36.0, 55_700.0].into_iter()).ticks(), [10.0, 100.0, 1e3, 1e4, 1e5]);
    }

    #[test]
    fn position_of_what_is_no_number_is_on_the_axis() {
        for scale in [Scale::linear(f64::NAN), Scale::log([0.0, f64::INFINITY].into_iter())] {
            for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
                assert!((0.0..=1.0).contains(&scale.position(value)), "{scale:?} {value}");
            }
        }
    }
}
