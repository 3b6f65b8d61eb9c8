//! What the book draws its figures and tables from: `lab-*.csv` and `lab-machine.toml`; and what its ledger of
//! claims stands on: `lab-verdicts.toml`.

use std::path::{Path, PathBuf};

use super::files::put;
use super::table::Table;
use super::tables;
use super::view::{Setup, View};
use crate::results::{ClaimVerdict, Implementation, Machine, Results};

/// Writes the files into the folder, usually `book/data`; gives their paths. What the reader brought along is no part of
/// the book, and neither is the control's double.
///
/// # Errors
/// Which file could not be written, and why.
pub(crate) fn book(results: &Results, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let view = View::of(results);
    let mut files = Vec::new();
    for (kind, _) in view.kinds() {
        files.push((format!("lab-{kind}.csv"), candidates(view, kind, Setup::Closed).pick(&SPEED).csv()));
    }
    for (setup, name) in [(Setup::Worked, "lab-work.csv"), (Setup::OneCore, "lab-core.csv")] {
        if let Some((kind, _)) = view.kind_of(setup) {
            files.push((name.to_owned(), candidates(view, kind, setup).pick(&SPEED[..4]).csv()));
        }
    }
    files.push(("lab-changes.csv".into(), tables::changes(view).csv()));
    files.push(("lab-limits.csv".into(), tables::limits(view).csv()));
    files.push(("lab-machine.toml".into(), format!("{WRITTEN}{}", machine(&results.machine))));
    files.push(("lab-verdicts.toml".into(), verdicts(results)));
    files.into_iter().map(|(name, text)| put(folder, &name, &text)).collect()
}

/// The first line of files that may hold a comment.
const WRITTEN: &str = "# Written by the lab: `cargo run --release -p lesson21 -- measure --peers --explain --save`.\n";

/// The columns of `lab-KIND.csv`; the first four stand in the other tables of candidates, too.
const SPEED: [&str; 9] = ["name", "fps", "low", "high", "cpu_us", "p50_us", "p99_us", "calls_per_frame", "wire_bytes"];

/// The rows of one kind under one setup that belong in the book.
fn candidates(view: View, kind: &str, setup: Setup) -> Table {
    let mut rows = view.table(kind, setup);
    rows.retain(|row| row.implementation != Implementation::Yours && !view.is_aa_control(&row.cell.name));
    tables::candidates(view, kind, &rows)
}

/// The same keys as the benchmark's `machine.toml`.
fn machine(machine: &Machine) -> String {
    let fields = [("cpu", &machine.cpu), ("system", &machine.system), ("rust", &machine.rust), ("date", &machine.date)];
    let text: String = fields.iter().map(|(key, value)| format!("{key} = {}\n", quoted(value))).collect();
    format!("cores = {}\n{text}", machine.cores)
}

/// What this run says of each claim, and where it ran: the book compares it with its ledger.
fn verdicts(results: &Results) -> String {
    let mut out = format!("{WRITTEN}\n[machine]\n{}", machine(&results.machine));
    for ClaimVerdict { claim, verdict, because, .. } in &results.verdicts {
        let fields = [("claim", claim), ("verdict", verdict), ("because.vi", &because.vi), ("because.en", &because.en)];
        out += "\n[[verdict]]\n";
        out.extend(fields.map(|(key, value)| format!("{key} = {}\n", quoted(value))));
    }
    out
}

/// A basic string of TOML.
fn quoted(value: &str) -> String {
    let escaped: String = value
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            c if c.is_control() => vec!['?'],
            c => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}
