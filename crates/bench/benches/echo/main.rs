//! The same echo by every server of the course: how many messages a second, and how much CPU time each costs.
//!
//!     cargo bench -p bench              three minutes; prints a table
//!     cargo bench -p bench -- --save    and writes it to book/data, where the book takes it from
//!     cargo bench -p bench -- --quick   half a minute; only shows that everything works
//!
//! Client and server are two processes on this machine. Each client connection has one message on its way at a
//! time; with many connections, all of them send before the first answer is read. CPU time is the server's
//! alone, as the kernel accounts it (Linux).

mod clients;
mod cpu;
mod results;
mod servers;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use criterion::measurement::Measurement;
use criterion::{Criterion, SamplingMode};

use clients::Load;
use cpu::CpuTime;
use results::Table;
use servers::Server;

/// Where Criterion keeps its samples.
const SAMPLES: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/criterion");
/// Bytes of a small message: a line of a chat.
const SMALL: usize = 64;

/// How long each measurement takes.
#[derive(Clone, Copy)]
struct Pace {
    warm_up: Duration,
    measured: Duration,
}

const PACE: Pace = Pace { warm_up: Duration::from_millis(500), measured: Duration::from_secs(2) };
const QUICK: Pace = Pace { warm_up: Duration::from_millis(50), measured: Duration::from_millis(100) };

/// One bar of a figure: a kind of server under a kind of load.
pub(crate) struct Case {
    /// What differs down the table: connections, or bytes of a message.
    size: usize,
    name: &'static str,
    start: fn() -> Result<Server, Box<dyn Error>>,
    load: fn(&Server, usize) -> Loaded,
}

/// The client's side, connected and ready.
pub(crate) type Loaded = Result<Box<dyn Load>, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let (save, pace) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => (false, PACE),
        ["--save"] => (true, PACE),
        ["--quick"] => (false, QUICK),
        _ => {
            eprintln!(
                "Usage: cargo bench -p bench [-- --save | --quick]\n  \
                 --save    writes the results to book/data\n  --quick   only shows that everything works"
            );
            return ExitCode::from(2);
        }
    };
    match run(save, pace) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(save: bool, pace: Pace) -> Result<(), Box<dyn Error>> {
    servers::build()?;
    clients::raise_descriptor_limit();
    let mut wall = Criterion::default().output_directory(Path::new(SAMPLES));
    let mut cpu = Criterion::default().output_directory(Path::new(SAMPLES)).with_measurement(CpuTime);
    let mut tables = Vec::new();
    for (experiment, sizes, cases) in experiments() {
        // Both measures of a case stand next to each other in time.
        for case in &cases {
            measure(&mut wall, pace, &format!("{experiment} time"), case, |_, work| {
                let start = Instant::now();
                work();
                start.elapsed()
            })?;
            if narrate::cpu_time(std::process::id()).is_some() {
                measure(&mut cpu, pace, &format!("{experiment} cpu"), case, |server, work| {
                    let before = narrate::cpu_time(server);
                    work();
                    narrate::cpu_time(server).unwrap_or_default().saturating_sub(before.unwrap_or_default())
                })?;
            }
        }
        tables.push(Table::read(Path::new(SAMPLES), experiment, sizes, &cases)?);
    }
    for table in &tables {
        table.print();
    }
    if save {
        results::save(&tables)?;
    }
    Ok(())
}

fn experiments() -> Vec<(&'static str, &'static str, Vec<Case>)> {
    let mut echo = Vec::new();
    for size in [1, 100, 1000] {
        let load: fn(&Server, usize) -> _ = |server, count| clients::streams(server, count, SMALL);
        echo.push(Case { size, name: "thread", start: || servers::course("sol03-echo"), load });
        echo.push(Case { size, name: "mio", start: || servers::course("sol13-event-echo"), load });
        echo.push(Case { size, name: "tokio-1", start: || servers::own("tokio-1"), load });
        echo.push(Case { size, name: "tokio-n", start: || servers::own("tokio-n"), load });
    }
    let mut local = Vec::new();
    #[cfg(unix)]
    for size in [SMALL, 4096, 64 * 1024] {
        local.push(Case {
            size,
            name: "tcp",
            start: || servers::course("sol03-echo"),
            load: |server, size| clients::streams(server, 1, size),
        });
        local.push(Case {
            size,
            name: "tcp-nodelay",
            start: || servers::own("nodelay"),
            load: |server, size| clients::streams(server, 1, size),
        });
        local.push(Case { size, name: "unix", start: servers::unix, load: clients::unix });
    }
    let mut websocket = Vec::new();
    for size in [SMALL, 16 * 1024, 1024 * 1024] {
        websocket.push(Case { size, name: "frames", start: || servers::own("frames"), load: clients::frames });
        websocket.push(Case {
            size,
            name: "websocket",
            start: || servers::course("sol16-echo"),
            load: clients::websocket,
        });
    }
    vec![("echo", "connections", echo), ("tcp-unix", "bytes", local), ("websocket", "bytes", websocket)]
}

/// Measures rounds of `case`, by whatever `meter` reads around them.
fn measure<M: Measurement<Value = Duration>>(
    criterion: &mut Criterion<M>,
    pace: Pace,
    group: &str,
    case: &Case,
    meter: impl Fn(u32, &mut dyn FnMut()) -> Duration,
) -> Result<(), Box<dyn Error>> {
    let server = (case.start)()?;
    let mut load = (case.load)(&server, case.size)?;
    let mut group = criterion.benchmark_group(group);
    group.sampling_mode(SamplingMode::Flat).sample_size(20);
    group.warm_up_time(pace.warm_up).measurement_time(pace.measured);
    group.bench_function(results::id(case), |bencher| {
        bencher.iter_custom(|rounds| {
            meter(server.id(), &mut || {
                // A server that fails in the middle leaves nothing to measure; unwinding ends it.
                (0..rounds).for_each(|_| load.round().expect("the server must answer"));
            })
        });
    });
    group.finish();
    Ok(())
}
