//! From Criterion's samples to tables: on the screen, and in `book/data` for the book's figures.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use narrate::Machine;
use serde_json::Value;

use crate::Case;

/// Where the book takes its figures from.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/data");

/// A case by its name within its group.
pub(crate) fn id(case: &Case) -> String {
    format!("{} {}", case.name, case.size)
}

/// A median of Criterion's with its 95 % interval, in nanoseconds a round.
struct Estimate {
    median: f64,
    low: f64,
    high: f64,
}

impl Estimate {
    fn read(samples: &Path, group: &str, case: &Case) -> Result<Estimate, Box<dyn Error>> {
        // Criterion replaces in file names what is not safe there; a blank is.
        let file = samples.join(group).join(id(case)).join("new").join("estimates.json");
        let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let median = &serde_json::from_str::<Value>(&text)?["median"];
        let number = |value: &Value| value.as_f64().ok_or_else(|| format!("{}: no median", file.display()));
        Ok(Estimate {
            median: number(&median["point_estimate"])?,
            low: number(&median["confidence_interval"]["lower_bound"])?,
            high: number(&median["confidence_interval"]["upper_bound"])?,
        })
    }
}

/// One experiment's results.
pub(crate) struct Table {
    name: &'static str,
    sizes: &'static str,
    rows: Vec<Row>,
}

struct Row {
    size: usize,
    name: &'static str,
    /// Messages a second: the median, and its interval.
    rate: [f64; 3],
    /// The server's CPU time a message, in microseconds.
    cpu: Option<f64>,
}

impl Table {
    pub(crate) fn read(
        samples: &Path,
        name: &'static str,
        sizes: &'static str,
        cases: &[Case],
    ) -> Result<Table, Box<dyn Error>> {
        let mut rows = Vec::new();
        for case in cases {
            // A round is one message for each connection.
            let messages = if sizes == "connections" { case.size as f64 } else { 1.0 };
            let time = Estimate::read(samples, &format!("{name} time"), case)?;
            let cpu = Estimate::read(samples, &format!("{name} cpu"), case).ok();
            rows.push(Row {
                size: case.size,
                name: case.name,
                rate: [time.median, time.high, time.low].map(|round| messages * 1e9 / round),
                cpu: cpu.map(|round| round.median / messages / 1e3),
            });
        }
        Ok(Table { name, sizes, rows })
    }

    pub(crate) fn print(&self) {
        println!(
            "\n{:>12}  {:<10} {:>12} {:>25} {:>14}",
            self.sizes, self.name, "messages/s", "95 %", "CPU µs/message"
        );
        for Row { size, name, rate: [median, low, high], cpu } in &self.rows {
            let cpu = cpu.map_or("-".into(), |cpu| format!("{cpu:.2}"));
            println!("{size:>12}  {name:<10} {median:>12.0} {:>25} {cpu:>14}", format!("{low:.0}–{high:.0}"));
        }
    }

    fn csv(&self) -> String {
        let mut text = format!("{},name,messages_per_second,low,high,cpu_us\n", self.sizes);
        for Row { size, name, rate: [median, low, high], cpu } in &self.rows {
            let cpu = cpu.map_or(String::new(), |cpu| format!("{cpu:.2}"));
            let _ = writeln!(text, "{size},{name},{median:.0},{low:.0},{high:.0},{cpu}");
        }
        text
    }
}

/// Writes each table, and the machine on which it came about.
pub(crate) fn save(tables: &[Table]) -> Result<(), Box<dyn Error>> {
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        let file = format!("{DATA}/{}.csv", table.name);
        fs::write(&file, table.csv()).map_err(|error| format!("{file}: {error}"))?;
        println!("wrote {file}");
    }
    let file = format!("{DATA}/machine.toml");
    fs::write(&file, machine()).map_err(|error| format!("{file}: {error}"))?;
    println!("wrote {file}");
    Ok(())
}

fn machine() -> String {
    let Machine { cpu, cores, system, rust, date } = Machine::here();
    format!(
        "# Written by `cargo bench -p bench -- --save`.\ncpu = {cpu:?}\ncores = {cores}\nsystem = {system:?}\nrust = {rust:?}\ndate = {date:?}\n"
    )
}
