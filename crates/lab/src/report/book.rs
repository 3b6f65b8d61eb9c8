//! What the book draws its figures and tables from: `lab-*.csv` and `lab-machine.toml`; and what its ledger of
//! claims stands on: `lab-verdicts.toml`.

use std::path::{Path, PathBuf};

use super::csv::{figure, line};
use super::put;
use super::view::{Setup, View, calls, cpu};
use crate::results::Implementation;
use crate::results::{ClaimVerdict, Machine, Results};

/// Writes the files into the folder, usually `book/data`; gives their paths. What the reader brought along is no part of
/// the book, and neither is the control's double.
///
/// # Errors
/// Which file could not be written, and why.
pub(crate) fn book(results: &Results, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let view = View::of(results);
    let mut files: Vec<(String, String)> =
        view.kinds().into_iter().map(|(kind, _)| (format!("lab-{kind}.csv"), speed(view, kind))).collect();
    if let Some((kind, _)) = view.kind_of(Setup::Worked) {
        files.push(("lab-work.csv".into(), fps(view, kind, Setup::Worked)));
    }
    if let Some((kind, _)) = view.kind_of(Setup::OneCore) {
        files.push(("lab-core.csv".into(), fps(view, kind, Setup::OneCore)));
    }
    files.push(("lab-changes.csv".into(), changes(results)));
    files.push(("lab-limits.csv".into(), limits(results)));
    files.push(("lab-machine.toml".into(), format!("{WRITTEN}{}", machine(&results.machine))));
    files.push(("lab-verdicts.toml".into(), verdicts(results)));
    files.into_iter().map(|(name, text)| put(folder, &name, &text)).collect()
}

/// The first line of files that may hold a comment.
const WRITTEN: &str = "# Written by the lab: `cargo run --release -p lesson21 -- --peers --explain --save`.\n";

fn some(value: Option<f64>) -> String {
    value.map(figure).unwrap_or_default()
}

fn of_the_book(view: View, name: &str) -> bool {
    view.implementation(name) != Implementation::Yours && !view.is_aa_control(name)
}

fn speed(view: View, kind: &str) -> String {
    let columns = ["name", "fps", "low", "high", "cpu_us", "p50_us", "p99_us", "calls_per_frame", "wire_bytes"];
    let mut out = line(columns.map(str::to_owned));
    for row in view.table(kind, Setup::Closed).iter().filter(|row| of_the_book(view, &row.cell.name)) {
        let cell = row.cell;
        let latency = view.latency(&cell.name, kind).map(|(cell, _)| &cell.latency);
        out += &line([
            cell.name.clone(),
            figure(cell.fps.median),
            figure(cell.fps.low),
            figure(cell.fps.high),
            some(cpu(cell)),
            some(latency.map(|latency| latency.p50)),
            some(latency.map(|latency| latency.p99)),
            some(calls(cell)),
            some(cell.wire),
        ]);
    }
    out
}

fn fps(view: View, kind: &str, setup: Setup) -> String {
    let mut out = line(["name", "fps", "low", "high"].map(str::to_owned));
    for row in view.table(kind, setup).iter().filter(|row| of_the_book(view, &row.cell.name)) {
        let fps = row.cell.fps;
        out += &line([row.cell.name.clone(), figure(fps.median), figure(fps.low), figure(fps.high)]);
    }
    out
}

fn changes(results: &Results) -> String {
    let columns = ["name", "before_fps", "after_fps", "before_work_fps", "after_work_fps"];
    let mut out = line(columns.map(str::to_owned));
    for change in &results.changes {
        let worked = [&change.before_work, &change.after_work].map(|one| some(one.as_ref().map(|one| one.fps.median)));
        let [before_work, after_work] = worked;
        let (before, after) = (figure(change.before.fps.median), figure(change.after.fps.median));
        out += &line([change.id.clone(), before, after, before_work, after_work]);
    }
    out
}

fn limits(results: &Results) -> String {
    let mut out = line(["name", "bytes", "ours_fps", "iperf3_fps"].map(str::to_owned));
    for way in &results.limits.loopback {
        out += &line([way.kind.clone(), way.bytes.to_string(), figure(way.ours), some(way.iperf3)]);
    }
    out
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
