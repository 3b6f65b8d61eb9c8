//! `{{#measured NAME}}`: a table of what a benchmark measured, and the machine it was measured on.
//!
//! `book/data/NAME.csv` and `machine.toml` are written by the benchmark; `measured.toml` says what
//! their columns and rows are called. So no figure on the page is typed in.

use super::Place;
use crate::course::{Both, Course};
use crate::figure::grouped;
use crate::markdown::inline;
use crate::problem::Problem;
use crate::text;
use narrate::Lang;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the benchmark leaves its results, relative to the package `book`.
const DATA: &str = "data";

/// `data/measured.toml`: the words around the figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Headings by the column's name in the file.
    column: BTreeMap<String, Both>,
    /// What the rows are called, by `name` in the file.
    row: BTreeMap<String, Both>,
    /// The line below each table; `{cpu}`, `{cores}`, `{system}`, `{rust}`, `{date}` and `{command}` are filled in.
    caption: Both,
    /// What makes the files anew.
    command: String,
}

/// `data/machine.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Machine {
    cpu: String,
    cores: u32,
    system: String,
    rust: String,
    date: String,
}

/// The table of `NAME.csv`, in the file's order.
pub fn expand(place: &Place, name: &str) -> Result<String, String> {
    let lang = place.lang();
    let words: Words = table(place.course, "measured.toml")?;
    let machine: Machine = table(place.course, "machine.toml")?;
    let file = place.course.book().join(DATA).join(format!("{name}.csv"));
    let source = super::read(place.course, &file)?;
    let rows =
        rows(&source, &words, lang).map_err(|line| text::measured_row(place.course.relative(&file).display(), line))?;
    let caption = words
        .caption
        .get(lang)
        .replace("{cpu}", &machine.cpu)
        .replace("{cores}", &machine.cores.to_string())
        .replace("{system}", &machine.system)
        .replace("{rust}", &machine.rust)
        .replace("{date}", &machine.date)
        .replace("{command}", &words.command);
    Ok(format!("{rows}\n<p class=\"measured\">{}</p>", inline(&caption)))
}

fn table<T: serde::de::DeserializeOwned>(course: &Course, name: &str) -> Result<T, String> {
    course.table(&format!("{DATA}/{name}")).map_err(|problem: Problem| problem.to_string())
}

/// The lines of the file as rows of a Markdown table, or the line that says too little.
fn rows(source: &str, words: &Words, lang: Lang) -> Result<String, String> {
    let mut lines = source.lines();
    let header = lines.next().unwrap_or_default();
    let columns: Vec<&str> = header.split(',').map(str::trim).collect();
    let headings: Option<Vec<&str>> =
        columns.iter().map(|name| words.column.get(*name).map(|heading| heading.get(lang))).collect();
    let headings = headings.ok_or_else(|| header.to_owned())?;
    let sides: Vec<&str> = columns.iter().map(|name| if *name == "name" { "---" } else { "--:" }).collect();
    let mut out = format!("| {} |\n|{}|\n", headings.join(" | "), sides.join("|"));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let shown: Option<Vec<String>> =
            columns.iter().zip(&cells).map(|(name, cell)| shown(name, cell, words, lang)).collect();
        let shown = shown.filter(|shown| shown.len() == columns.len()).ok_or_else(|| line.to_owned())?;
        out += &format!("| {} |\n", shown.join(" | "));
    }
    Ok(out)
}

/// One cell as the page's language writes it; a value that was not measured is a dash.
fn shown(column: &str, cell: &str, words: &Words, lang: Lang) -> Option<String> {
    if column == "name" {
        return words.row.get(cell).map(|label| label.get(lang).to_owned());
    }
    if cell.is_empty() {
        return Some("–".into());
    }
    let value: f64 = cell.parse().ok()?;
    Some(grouped(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        let both = |vi: &str, en: &str| Both { vi: vi.into(), en: en.into() };
        Words {
            column: [
                ("bytes", both("Byte", "Bytes")),
                ("name", both("Kiểu", "Kind")),
                ("rate", both("Tin/s", "Messages/s")),
            ]
            .map(|(name, heading)| (name.to_owned(), heading))
            .into(),
            row: [("tcp".to_owned(), both("TCP", "TCP"))].into(),
            caption: both("", ""),
            command: String::new(),
        }
    }

    #[test]
    fn a_file_becomes_a_table_with_headings_in_the_page_s_language() {
        let table = rows("bytes,name,rate\n64,tcp,22711\n64,tcp,\n", &words(), Lang::Vi);
        let expected = "| Byte | Kiểu | Tin/s |\n|--:|---|--:|\n| 64 | TCP | 22\u{202f}711 |\n| 64 | TCP | – |\n";
        assert_eq!(table.as_deref(), Ok(expected));
    }

    #[test]
    fn a_row_without_a_name_or_with_too_few_cells_is_named() {
        for line in ["64,unknown,1", "64,tcp", "64,tcp,fast"] {
            assert_eq!(rows(&format!("bytes,name,rate\n{line}\n"), &words(), Lang::En), Err(line.to_owned()));
        }
        assert_eq!(rows("kbytes,name\n", &words(), Lang::En), Err("kbytes,name".to_owned()));
    }
}
