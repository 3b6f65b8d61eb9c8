//! `{{#measured NAME}}`: a table of what a benchmark measured, and the machine it was measured on.
//!
//! `book/data/NAME.csv` and `machine.toml` are written by the benchmark; `measured.toml` says what
//! their columns and rows are called. So no figure on the page is typed in. A table that something
//! else measured, perhaps on another day and machine, has words of its own in `measured.toml`. Of a wide
//! file a page may show some columns, in its own order: `{{#measured NAME COLUMN…}}`.

use super::DirectiveContext;
use crate::course::{Both, Course};
use crate::markdown::inline;
use crate::problem::Problem;
use crate::text;
use narrate::{Lang, grouped};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the benchmark leaves its results, relative to the package `book`.
const DATA: &str = "data";
/// The two ends of a median's interval are columns of the file; the table has one for both, its last.
const LOW: &str = "low";
const HIGH: &str = "high";
const INTERVAL: &str = "interval";

/// `data/measured.toml`: the words around the figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Headings by the column's name in the file; `low` and `high` become `interval`.
    column: BTreeMap<String, Both>,
    /// What the rows are called, by `name` in the file.
    row: BTreeMap<String, Both>,
    /// The line below each table; `{cpu}`, `{cores}`, `{system}`, `{rust}`, `{date}` and `{command}` are filled in.
    caption: Both,
    /// What makes the files anew.
    command: String,
    /// The file that says where it was measured.
    #[serde(default = "bench_machine")]
    machine: String,
    /// Rows that `row` does not know are shown by their name in the file, as code.
    #[serde(default)]
    bare: bool,
    /// Tables of another origin, by what their names begin with (`lab` is `lab-jpeg`, too), and then by their name.
    #[serde(default)]
    table: BTreeMap<String, Own>,
}

/// What a table says in its own words; for all the rest it uses those of every table.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Own {
    column: BTreeMap<String, Both>,
    row: BTreeMap<String, Both>,
    caption: Option<Both>,
    command: Option<String>,
    machine: Option<String>,
    bare: Option<bool>,
}

fn bench_machine() -> String {
    "machine.toml".to_owned()
}

impl Words {
    /// The words of the table `name`.
    fn of(mut self, name: &str) -> Words {
        let group = name.split('-').next().unwrap_or(name).to_owned();
        for own in [self.table.remove(&group), self.table.remove(name)].into_iter().flatten() {
            self = self.with(own);
        }
        self
    }

    fn with(mut self, own: Own) -> Words {
        self.column.extend(own.column);
        // Names that are shown as they are must not meet the same names of other tables.
        if own.bare == Some(true) {
            self.row.clear();
        }
        self.row.extend(own.row);
        Words {
            caption: own.caption.unwrap_or(self.caption),
            command: own.command.unwrap_or(self.command),
            machine: own.machine.unwrap_or(self.machine),
            bare: own.bare.unwrap_or(self.bare),
            ..self
        }
    }
}

impl Words {
    /// What a row is called: in the reader's words, or where the names are the point, as it is.
    fn name(&self, name: &str, lang: Lang) -> Option<String> {
        let label = self.row.get(name).map(|label| label.get(lang).to_owned());
        label.or_else(|| self.bare.then(|| format!("`{name}`")))
    }
}

/// `data/machine.toml`, or the file that [`Words::machine`] names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Machine {
    pub(super) cpu: String,
    pub(super) cores: u32,
    pub(super) system: String,
    rust: String,
    pub(super) date: String,
}

/// The table of `NAME.csv`, its rows in the file's order; all its columns, or those that are named.
pub fn expand(context: &DirectiveContext, name: &str, chosen: &[&str]) -> Result<String, String> {
    let lang = context.lang();
    let words = table::<Words>(context.course, "measured.toml")?.of(name);
    let machine: Machine = table(context.course, &words.machine)?;
    let file = context.course.book().join(DATA).join(format!("{name}.csv"));
    let source = super::read(context.course, &file)?;
    let rows = rows(&source, &words, lang, chosen)
        .map_err(|line| text::measured_row(context.course.relative(&file).display(), line))?;
    let caption = words
        .caption
        .get(lang)
        .replace("{cpu}", &machine.cpu)
        .replace("{cores}", &machine.cores.to_string())
        .replace("{system}", &machine.system)
        .replace("{rust}", &machine.rust)
        .replace("{date}", &machine.date)
        .replace("{command}", &words.command);
    Ok(format!("<div class=\"measured\">\n\n{rows}\n<p>{}</p>\n\n</div>", inline(&caption)))
}

fn table<T: serde::de::DeserializeOwned>(course: &Course, name: &str) -> Result<T, String> {
    course.table(&format!("{DATA}/{name}")).map_err(|problem: Problem| problem.to_string())
}

/// The lines of the file as rows of a Markdown table, or the line that says too little.
fn rows(source: &str, words: &Words, lang: Lang, chosen: &[&str]) -> Result<String, String> {
    let mut lines = source.lines();
    let header = lines.next().unwrap_or_default();
    let columns: Vec<&str> = header.split(',').map(str::trim).collect();
    let mut names: Vec<&str> = columns.iter().copied().filter(|&name| name != LOW && name != HIGH).collect();
    if columns.contains(&LOW) || columns.contains(&HIGH) {
        names.push(INTERVAL);
    }
    if !chosen.is_empty() {
        if let Some(unknown) = chosen.iter().find(|name| !names.contains(name)) {
            return Err((*unknown).to_owned());
        }
        names = chosen.to_vec();
    }
    let headings: Option<Vec<&str>> =
        names.iter().map(|name| words.column.get(*name).map(|heading| heading.get(lang))).collect();
    let headings = headings.ok_or_else(|| header.to_owned())?;
    let sides: Vec<&str> = names.iter().map(|name| if *name == "name" { "---" } else { "--:" }).collect();
    let mut out = format!("| {} |\n|{}|\n", headings.join(" | "), sides.join("|"));
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let cell = |name: &str| cells.get(columns.iter().position(|column| *column == name)?).copied();
        let shown = |name: &&str| match *name {
            INTERVAL => Some(format!("{}–{}", number(cell(LOW)?)?, number(cell(HIGH)?)?)),
            "name" => words.name(cell(name)?, lang),
            name => number(cell(name)?),
        };
        let shown: Option<Vec<String>> = names.iter().map(shown).collect();
        let shown = shown.ok_or_else(|| line.to_owned())?;
        out += &format!("| {} |\n", shown.join(" | "));
    }
    Ok(out)
}

/// A value as a reader wants it; one that was not measured is a dash.
fn number(cell: &str) -> Option<String> {
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
            command: "cargo bench".into(),
            machine: bench_machine(),
            bare: false,
            table: BTreeMap::new(),
        }
    }

    #[test]
    fn a_table_may_have_words_and_a_machine_of_its_own() {
        let mut words = words();
        let own = "command = \"cargo run\"\nmachine = \"lab-machine.toml\"\nbare = true\n\
                   column.rate = { vi = \"Khung/s\", en = \"Frames/s\" }\n";
        words.table = [("lab".to_owned(), toml::from_str(own).unwrap())].into();
        let lab = words.of("lab-jpeg");
        assert_eq!((lab.command.as_str(), lab.machine.as_str()), ("cargo run", "lab-machine.toml"));
        let expected = "| Bytes | Kind | Frames/s |\n|--:|---|--:|\n| 64 | `tcp` | 7 |\n";
        assert_eq!(rows("bytes,name,rate\n64,tcp,7\n", &lab, Lang::En, &[]).as_deref(), Ok(expected));
    }

    #[test]
    fn one_table_of_a_group_may_call_a_column_otherwise() {
        let mut words = words();
        words.table =
            toml::from_str("[lab]\nbare = true\n[lab-changes]\ncolumn.name = { vi = \"Thay đổi\", en = \"Change\" }\n")
                .unwrap();
        let table = rows("name,rate\ntwo-writes,7\n", &words.of("lab-changes"), Lang::En, &[]);
        assert_eq!(table.as_deref(), Ok("| Change | Messages/s |\n|---|--:|\n| `two-writes` | 7 |\n"));
    }

    #[test]
    fn what_a_table_does_not_say_is_said_for_all() {
        let mut words = words();
        words.table = [("lab".to_owned(), Own::default())].into();
        let other = words.of("echo");
        assert_eq!((other.command.as_str(), other.machine.as_str()), ("cargo bench", "machine.toml"));
        assert!(rows("name\nunknown\n", &other, Lang::En, &[]).is_err());
    }

    #[test]
    fn a_file_becomes_a_table_with_headings_in_the_page_s_language() {
        let table = rows("bytes,name,rate\n64,tcp,22711\n64,tcp,\n", &words(), Lang::Vi, &[]);
        let expected = "| Byte | Kiểu | Tin/s |\n|--:|---|--:|\n| 64 | TCP | 22\u{202f}711 |\n| 64 | TCP | – |\n";
        assert_eq!(table.as_deref(), Ok(expected));
    }

    #[test]
    fn the_ends_of_an_interval_share_a_column() {
        let mut words = words();
        words.column.insert(INTERVAL.into(), Both { vi: "Khoảng".into(), en: "Interval".into() });
        let table = rows("name,low,high,rate\ntcp,22,1024,23\n", &words, Lang::En, &[]);
        let expected = "| Kind | Messages/s | Interval |\n|---|--:|--:|\n| TCP | 23 | 22–1\u{202f}024 |\n";
        assert_eq!(table.as_deref(), Ok(expected));
        assert!(rows("name,rate,high\ntcp,23,1024\n", &words, Lang::En, &[]).is_err(), "one end alone is no interval");
    }

    #[test]
    fn a_page_may_choose_columns_and_their_order() {
        let file = "bytes,name,rate\n64,tcp,7\n";
        let table = rows(file, &words(), Lang::En, &["rate", "name"]);
        assert_eq!(table.as_deref(), Ok("| Messages/s | Kind |\n|--:|---|\n| 7 | TCP |\n"));
        assert_eq!(rows(file, &words(), Lang::En, &["name", "fps"]), Err("fps".to_owned()));
    }

    #[test]
    fn a_row_without_a_name_or_with_too_few_cells_is_named() {
        for line in ["64,unknown,1", "64,tcp", "64,tcp,fast"] {
            assert_eq!(rows(&format!("bytes,name,rate\n{line}\n"), &words(), Lang::En, &[]), Err(line.to_owned()));
        }
        assert_eq!(rows("kbytes,name\n", &words(), Lang::En, &[]), Err("kbytes,name".to_owned()));
    }
}
