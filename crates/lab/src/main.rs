//! The same echo by every server of the course: how many messages a second, and how much CPU time per message.
//!
//!     cargo run --release -p lab                     two minutes; prints a table
//!     cargo run --release -p lab -- --save           and writes it to book/data, where the book takes it from
//!     cargo run --release -p lab -- --quick          half a minute; only shows that everything works
//!     cargo run --release -p lab -- serve nodelay    one of the servers that no exercise has, until Ctrl-C
//!
//! Client and server are two processes on this machine. Each client connection has one message in flight at a
//! time; with many connections, all of them send before the first answer is read. CPU time is the server's
//! alone, as the kernel accounts it (Linux).

mod echo;

use std::error::Error;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use std::{env, fs};

use echo::load::{self, Load, Loaded};
use echo::{Server, servers};
use lab::results::Interval;
use lab::statistics::interval_of;
use narrate::Machine;

/// Bytes of a small message: a line of a chat.
const SMALL: usize = 64;
/// The exercises whose solutions are measured.
const SOLUTIONS: [&str; 4] = ["sol03", "sol11", "sol13", "sol16"];
/// Where the book takes its figures from.
const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../book/data");
/// How certain an interval is of holding the true median.
const CERTAINTY: f64 = 0.95;
/// Samples of each case.
const SAMPLES: u32 = 20;

/// How long the warm-up of each case is, and all of its samples together.
#[derive(Clone, Copy)]
struct Pace {
    warm_up: Duration,
    measured: Duration,
}

const PACE: Pace = Pace { warm_up: Duration::from_millis(500), measured: Duration::from_secs(3) };
const QUICK: Pace = Pace { warm_up: Duration::from_millis(50), measured: Duration::from_millis(100) };

/// One bar of a figure: a kind of server under a kind of load.
struct Case {
    /// What differs down the table: connections, or bytes of a message.
    size: usize,
    name: &'static str,
    start: fn() -> Result<Server, Box<dyn Error>>,
    load: fn(&str, usize) -> Loaded,
}

/// The cases of one table, and what came of each: messages a second, and the server's CPU time per message in microseconds.
struct Experiment {
    name: &'static str,
    sizes: &'static str,
    cases: Vec<Case>,
    rows: Vec<(Interval, Option<f64>)>,
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => measure(false, PACE),
        ["--save"] => measure(true, PACE),
        ["--quick"] => measure(false, QUICK),
        ["serve", kind] if servers::KINDS.contains(&kind) => servers::serve(kind).map_err(Into::into),
        _ => {
            eprintln!("Usage: lab [--save | --quick | serve {}]", servers::KINDS.join("|"));
            return ExitCode::from(2);
        }
    };
    done.map_or_else(
        |error| {
            eprintln!("lab: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn measure(save: bool, pace: Pace) -> Result<(), Box<dyn Error>> {
    // The solutions as they are measured: optimised, and beside this program.
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo.args(["build", "--release", "--bins"]).args(SOLUTIONS.iter().flat_map(|name| ["-p", name]));
    if !cargo.status()?.success() {
        return Err("the solutions do not build (see above)".into());
    }
    load::raise_descriptor_limit();
    let mut experiments = experiments();
    for experiment in &mut experiments {
        for case in &experiment.cases {
            // A round is one message for each connection.
            let messages = if experiment.sizes == "connections" { case.size } else { 1 };
            eprintln!("{} {} {}", experiment.name, case.size, case.name);
            experiment.rows.push(samples(case, messages as f64, pace)?);
        }
    }
    experiments.iter().for_each(Experiment::print);
    if save {
        let written = experiments.iter().filter(|one| !one.rows.is_empty());
        let mut files: Vec<_> = written.map(|one| (format!("{}.csv", one.name), one.csv())).collect();
        files.push(("machine.toml".to_owned(), machine()));
        for (name, text) in files {
            fs::write(format!("{BOOK}/{name}"), text).map_err(|error| format!("{BOOK}/{name}: {error}"))?;
            println!("wrote {BOOK}/{name}");
        }
    }
    Ok(())
}

/// Medians over the samples of one case.
fn samples(case: &Case, messages: f64, pace: Pace) -> Result<(Interval, Option<f64>), Box<dyn Error>> {
    let server = (case.start)()?;
    let mut load = (case.load)(&server.address, case.size)?;
    rounds(&mut *load, pace.warm_up)?;
    let (mut rates, mut cpu) = (Vec::new(), Vec::new());
    for _ in 0..SAMPLES {
        let before = narrate::cpu_time(server.id());
        let (count, took) = rounds(&mut *load, pace.measured / SAMPLES)?;
        let count = f64::from(count) * messages;
        rates.push(count / took.as_secs_f64());
        let spent = narrate::cpu_time(server.id()).zip(before).map(|(after, before)| after.saturating_sub(before));
        cpu.extend(spent.map(|spent| spent.as_secs_f64() * 1e6 / count));
    }
    let rate = interval_of(&rates, CERTAINTY).ok_or("no samples")?;
    Ok((rate, interval_of(&cpu, CERTAINTY).map(|cpu| cpu.median)))
}

/// Repeats rounds for at least this long; returns how many, and how long they took.
fn rounds(load: &mut dyn Load, time: Duration) -> Result<(u32, Duration), Box<dyn Error>> {
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < time {
        load.round()?;
        count += 1;
    }
    Ok((count, start.elapsed()))
}

fn experiments() -> Vec<Experiment> {
    let case = |size, name, start, load| Case { size, name, start, load };
    let mut echo = Vec::new();
    for size in [1, 100, 1000] {
        let load: fn(&str, usize) -> Loaded = |server, count| load::streams(server, count, SMALL);
        echo.push(case(size, "thread", || echo::solution("sol03-echo"), load));
        echo.push(case(size, "mio", || echo::solution("sol13-event-echo"), load));
        echo.push(case(size, "tokio-1", || echo::own("tokio-1"), load));
        echo.push(case(size, "tokio-n", || echo::own("tokio-n"), load));
    }
    let mut local = Vec::new();
    #[cfg(unix)]
    for size in [SMALL, 4096, 64 * 1024] {
        let load: fn(&str, usize) -> Loaded = |server, size| load::streams(server, 1, size);
        local.push(case(size, "tcp", || echo::solution("sol03-echo"), load));
        local.push(case(size, "tcp-nodelay", || echo::own("nodelay"), load));
        local.push(case(size, "unix", || echo::at_a_path("sol11-echo"), load::unix));
    }
    let mut websocket = Vec::new();
    for size in [SMALL, 16 * 1024, 1024 * 1024] {
        websocket.push(case(size, "frames", || echo::own("frames"), load::frames));
        websocket.push(case(size, "websocket", || echo::solution("sol16-echo"), load::websocket));
    }
    let tables = [("echo", "connections", echo), ("tcp-unix", "bytes", local), ("websocket", "bytes", websocket)];
    tables.map(|(name, sizes, cases)| Experiment { name, sizes, cases, rows: Vec::new() }).into()
}

impl Experiment {
    fn print(&self) {
        println!(
            "\n{:>12}  {:<11} {:>12} {:>25} {:>14}",
            self.sizes, self.name, "messages/s", "95 %", "CPU µs/message"
        );
        for (Case { size, name, .. }, (rate, cpu)) in self.cases.iter().zip(&self.rows) {
            let (cpu, interval) = (hundredths(*cpu, "-"), format!("{:.0}–{:.0}", rate.low, rate.high));
            println!("{size:>12}  {name:<11} {:>12.0} {interval:>25} {cpu:>14}", rate.median);
        }
    }

    fn csv(&self) -> String {
        let rows = self.cases.iter().zip(&self.rows).map(|(Case { size, name, .. }, (rate, cpu))| {
            format!("{size},{name},{:.0},{:.0},{:.0},{}\n", rate.median, rate.low, rate.high, hundredths(*cpu, ""))
        });
        format!("{},name,messages_per_second,low,high,cpu_us\n{}", self.sizes, rows.collect::<String>())
    }
}

fn hundredths(value: Option<f64>, missing: &str) -> String {
    value.map_or(missing.to_owned(), |value| format!("{value:.2}"))
}

fn machine() -> String {
    let Machine { cpu, cores, system, rust, date } = Machine::here();
    format!(
        "# Written by `cargo run --release -p lab -- --save`.\ncpu = {cpu:?}\ncores = {cores}\nsystem = {system:?}\nrust = {rust:?}\ndate = {date:?}\n"
    )
}
