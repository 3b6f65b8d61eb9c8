//! `kind: bars`: measured values, drawn from a data file and never typed in.

use super::source::Figure;
use super::svg::{Drawing, SMALL, width};
use crate::text;
use narrate::grouped;
use std::fs;
use std::path::Path;

const ROW: f64 = 46.0;
/// The longest bar: with its margins it fits a phone.
const FULL: f64 = 310.0;
/// Between a label and its value, at least.
const GAP: f64 = 16.0;

pub fn draw(figure: &Figure, root: &Path) -> Result<Drawing, (usize, String)> {
    let setting = |key: &str| figure.setting(key).ok_or_else(|| (figure.kind_line, text::figure_needs(key)));
    let data = setting("data")?;
    let source = fs::read_to_string(root.join(&data.label))
        .map_err(|error| data.error(text::cannot_read_file(&data.label, error)))?;
    let mut lines = source.lines();
    let columns: Vec<&str> = lines.next().unwrap_or_default().split(',').map(str::trim).collect();
    let column = |key: &str| {
        let row = setting(key)?;
        let at = columns.iter().position(|name| *name == row.label);
        at.ok_or_else(|| row.error(text::figure_column(&row.label, &data.label)))
    };
    let (name_at, value_at) = (column("name")?, column("value")?);
    let unit = setting("unit")?;
    let only = match figure.setting("where") {
        None => None,
        Some(row) => {
            let (name, wanted) = row.label.split_once('=').ok_or_else(|| row.error(text::figure_where()))?;
            let at = columns.iter().position(|column| *column == name.trim());
            Some((
                at.ok_or_else(|| row.error(text::figure_column(name.trim(), &data.label)))?,
                wanted.trim().to_owned(),
            ))
        }
    };

    let names = figure.setting("only");
    let chosen: Option<Vec<&str>> = names.map(|row| row.label.split(',').map(str::trim).collect());

    let (mut bars, mut found) = (Vec::new(), Vec::new());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        if only.as_ref().is_some_and(|(at, wanted)| cells.get(*at).is_none_or(|cell| cell != wanted)) {
            continue;
        }
        let (Some(name), Some(value)) = (cells.get(name_at), cells.get(value_at)) else {
            return Err(data.error(text::figure_data(&data.label, line)));
        };
        if chosen.as_ref().is_some_and(|chosen| !chosen.contains(name)) {
            continue;
        }
        found.push(*name);
        let value: f64 = value
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite() && *value >= 0.0)
            .ok_or_else(|| data.error(text::figure_data(&data.label, line)))?;
        let label = figure.setting(&format!("label {name}")).map_or(*name, |row| row.label.as_str());
        bars.push((label, value));
    }
    if let (Some(row), Some(chosen)) = (names, &chosen)
        && let Some(missing) = chosen.iter().find(|name| !found.contains(name))
    {
        return Err(row.error(text::figure_bar(missing, &data.label)));
    }
    let most = bars.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if most == 0.0 {
        return Err(data.error(text::figure_data(&data.label, "")));
    }

    let words = |(label, value): &(&str, f64)| width(label, SMALL) + GAP + width(&written(*value, &unit.label), SMALL);
    let full = bars.iter().map(words).fold(FULL, f64::max);
    let mut drawing = Drawing { width: full + 8.0, height: bars.len() as f64 * ROW + 8.0, body: String::new() };
    for (n, (label, value)) in bars.iter().enumerate() {
        let y = n as f64 * ROW + 4.0;
        drawing.text("small from", 4.0, y + 14.0, label);
        drawing.text("small to quiet", full + 4.0, y + 14.0, &written(*value, &unit.label));
        drawing.rect("track", 4.0, y + 20.0, full, 16.0, 3.0);
        drawing.rect("bar", 4.0, y + 20.0, (value / most * full).max(1.0), 16.0, 3.0);
    }
    Ok(drawing)
}

/// A value and its unit.
fn written(value: f64, unit: &str) -> String {
    format!("{} {unit}", grouped(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_may_hold_several_figures() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("echo.csv"), "connections,name,rate\n1,mio,17\n1000,mio,23\n")?;
        let source = |only: &str| {
            format!("kind: bars\ntitle: t\ndesc: d\ndata: echo.csv\nname: name\nvalue: rate\nunit: x\n{only}")
        };
        let draw = |only| crate::figure::draw(&source(only), narrate::Lang::En, "id", folder.path());
        let drawn = draw("where: connections = 1000\n").map_err(|(_, message)| message)?;
        assert!(drawn.contains("23 x") && !drawn.contains("17 x"), "{drawn}");
        assert!(draw("where: clients = 1000\n").is_err_and(|(line, message)| line == 8 && message.contains("clients")));
        assert!(draw("where: connections\n").is_err());
        Ok(())
    }

    #[test]
    fn a_figure_may_choose_its_bars_and_is_told_when_one_is_missing() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        fs::write(folder.path().join("lab.csv"), "name,fps\nudp,\npy socket,17\ntcp,23\n")?;
        let source = |only: &str| {
            format!("kind: bars\ntitle: t\ndesc: d\ndata: lab.csv\nname: name\nvalue: fps\nunit: x\nonly: {only}\n")
        };
        let draw = |only| crate::figure::draw(&source(only), narrate::Lang::En, "id", folder.path());
        let drawn = draw("tcp, py socket").map_err(|(_, message)| message)?;
        assert!(drawn.contains("23 x") && drawn.contains("17 x") && !drawn.contains("udp"), "{drawn}");
        assert!(draw("tcp, quic").is_err_and(|(line, message)| line == 8 && message.contains("quic")));
        assert!(draw("udp").is_err(), "it has no value");
        Ok(())
    }

    #[test]
    fn values_are_grouped_and_rounded_for_reading() {
        assert_eq!(written(22711.4, "x"), "22\u{202f}711 x");
        assert_eq!(written(36.04, "x"), "36.0 x");
        assert_eq!(written(423.0, "x"), "423 x");
    }
}
