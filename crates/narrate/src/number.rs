//! Numbers as people read them.

/// A value with as many digits as it deserves, in groups of three.
pub fn grouped(value: f64) -> String {
    let digits = if value >= 100.0 || value.fract() == 0.0 { 0 } else { 1 };
    let text = format!("{value:.digits$}");
    let whole = text.split('.').next().unwrap_or_default().len();
    let mut grouped = String::new();
    for (n, c) in text.chars().enumerate() {
        if n > 0 && n < whole && (whole - n) % 3 == 0 {
            grouped.push('\u{202f}'); // a narrow space, which reads the same in both languages
        }
        grouped.push(c);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn values_are_grouped_and_rounded_for_reading() {
        assert_eq!(grouped(22711.4), "22\u{202f}711");
        assert_eq!(grouped(36.04), "36.0");
        assert_eq!(grouped(423.0), "423");
    }
}
