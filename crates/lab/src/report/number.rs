//! Figures as a report writes them.

use narrate::{Lang, grouped};

/// A share as a percentage with as many digits as it deserves: `0.4 %`, `4.3 %`, `38 %`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let digits = usize::from(percent.abs() < 9.95);
    format!("{percent:.digits$}\u{a0}%")
}

/// How many times: `2.4`, `38`, `2 486`.
pub(crate) fn times(ratio: f64) -> String {
    if ratio < 9.95 { format!("{ratio:.1}") } else { grouped(ratio.round()) }
}

/// Microseconds: three digits, or all before the point.
pub(crate) fn micros(value: f64) -> String {
    match value {
        value if value < 9.995 => format!("{value:.2}"),
        value if value < 99.95 => format!("{value:.1}"),
        value => grouped(value.round()),
    }
}

/// A value that may be missing.
pub(crate) fn or_dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "–".into())
}

/// A figure inside a sentence: Vietnamese writes a comma where tables and English have a point.
pub fn prose(figure: impl Into<String>) -> String {
    let figure = figure.into();
    if Lang::current() == Lang::Vi { figure.replace('.', ",") } else { figure }
}

/// Bytes a second, or bytes, in the unit that fits: `9.6 GB`, `4 MB`, `64 B`.
pub(crate) fn bytes(value: f64) -> String {
    let (value, unit) = match value {
        value if value >= 1e9 => (value / 1e9, "GB"),
        value if value >= 1e6 => (value / 1e6, "MB"),
        value if value >= 1e3 => (value / 1e3, "kB"),
        value => (value, "B"),
    };
    let digits = usize::from(value < 99.95 && value.fract() > 0.05 && unit != "B");
    format!("{value:.digits$}\u{a0}{unit}")
}
