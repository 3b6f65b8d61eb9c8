//! The lab: who takes part, what is measured, in which order, and what came of it.

mod account;
mod contestant;
mod control;
mod count;
mod kinds;
mod limits;
mod peers;
mod process;
mod progress;
pub(crate) mod results;
mod rounds;
mod settings;
mod statistics;
mod verdicts;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use narrate::{Error, Lang, Machine};

use crate::options::Options;
use crate::{text, transport};
use account::Placement;
use contestant::{Around, Contestant, Pair};
pub(crate) use limits::{blast, sink};
use progress::Progress;
use results::{Cell, Entrant, KindSize, Plan, Results, Sentence, Setting};
use rounds::Rounds;

/// Rounds of the main table, and how long each measurement of a round is.
const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_millis(100);
/// The same for a quick look.
const QUICK: (usize, Duration) = (3, Duration::from_millis(30));
/// Rounds and time of what needs less: sizes in a sweep, and frames that take 25 ms each.
const SWEEP: (usize, Duration) = (3, Duration::from_millis(25));
const WORK: (usize, Duration) = (3, Duration::from_millis(200));

/// Where environments and reports are kept: `lab` beside the folder of this program's build.
pub(crate) fn home() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    program.ancestors().nth(2).unwrap_or(Path::new(".")).join("lab")
}

/// Runs the lab.
///
/// # Errors
/// When nobody could be measured, or the machine refuses what the lab itself needs.
pub(crate) fn run(options: &Options) -> Result<Results, Error> {
    let begun = Instant::now();
    let failed = |why: String| Error::new(text::lab_failed(why));
    let folder = tempfile::tempdir().map_err(|why| failed(why.to_string()))?;
    let frames = folder.path();
    let (rounds, time) = if options.quick { QUICK } else { (ROUNDS, TIME) };
    let (rounds, time) = (options.rounds.unwrap_or(rounds), options.millis.map_or(time, Duration::from_millis));

    let progress = Progress::new();
    progress.stage(text::making_frames(), 1);
    let lengths = kinds::write(frames, options.seed).map_err(failed)?;
    let sizes = |(kind, bytes): (kinds::Kind, usize)| KindSize { name: kind.name.to_owned(), bytes };
    let kinds: Vec<KindSize> = kinds::KINDS.into_iter().zip(lengths).map(sizes).collect();

    progress.stage(text::measuring_limits(), 1);
    let load_before = load();
    let limits = limits::measure(&kinds, !options.quick).map_err(failed)?;

    let mut lacking = Vec::new();
    let contestants = contestants(options, &mut lacking).map_err(failed)?;
    progress.stage(text::verifying(), contestants.len());
    let step = |name: &str| progress.step(name);
    let mut all = Rounds::start(&contestants, frames, Around::default(), options.seed, &step);
    if all.runners.is_empty() {
        let why = all.excluded.first().map_or_else(String::new, |first| format!("{}: {}", first.name, first.why));
        return Err(failed(text::nobody_left(why)));
    }

    let settings: Vec<Vec<Setting>> = kinds.iter().map(settings::of_kind).collect();
    let each: usize = settings.iter().map(Vec::len).sum();
    progress.stage(text::measuring(rounds), rounds * each * all.runners.len());
    for round in 0..rounds {
        for settings in &settings {
            all.round(round, settings, time);
        }
    }
    if !options.quick {
        let sweep = settings::sweep();
        progress.stage(text::sweeping(), SWEEP.0 * sweep.len() * all.runners.len());
        for round in 0..SWEEP.0 {
            sweep.iter().for_each(|setting| all.round(round, std::slice::from_ref(setting), SWEEP.1));
        }
    }
    let mut cells = all.cells();

    progress.stage(text::working(settings::WORK_MS), all.runners.len() * (1 + WORK.0));
    cells.extend(with_work(&all, frames, &kinds[0], options, &step));

    if !options.quick {
        if count::has_strace() {
            progress.stage(text::counting(), all.runners.len());
            counted(&mut all, &mut cells, frames, &step);
        } else {
            lacking.push(both(text::no_strace));
        }
    }
    progress.end();

    let entrant = |who: &Contestant| Entrant {
        name: who.name.clone(),
        family: who.family,
        copies: transport::ALL.iter().find(|entry| entry.name == who.name).map(|entry| entry.copies),
    };
    let mut results = Results {
        machine: machine(load_before, &all),
        plan: Plan {
            rounds,
            millis: time.as_millis() as u64,
            seed: options.seed,
            took: begun.elapsed().as_secs_f64(),
            kinds,
        },
        limits,
        contestants: all.runners.iter().map(|runner| entrant(&runner.who)).collect(),
        control: control::control(&cells).unwrap_or_default(),
        cells,
        excluded: all.excluded.clone(),
        lacking,
        changes: Vec::new(),
        verdicts: Vec::new(),
    };
    results.verdicts = verdicts::verdicts(&results);
    Ok(results)
}

/// Verifies transports by name (all, if neither they nor programs are named), and programs of the reader's.
///
/// # Errors
/// When the lab itself cannot run; who is refused is an exit code.
pub(crate) fn verify_all(names: &[String], programs: &[PathBuf]) -> Result<ExitCode, Error> {
    let failed = |why: String| Error::new(text::lab_failed(why));
    let folder = tempfile::tempdir().map_err(|why| failed(why.to_string()))?;
    let all = names.is_empty() && programs.is_empty();
    let wanted = transport::ALL.iter().filter(|entry| all || names.iter().any(|name| name == entry.name));
    let ours: Result<Vec<Contestant>, String> = wanted.map(|entry| Contestant::ours(entry.name, entry.name)).collect();
    let mut refused = 0;
    for who in ours.map_err(failed)?.into_iter().chain(programs.iter().map(|program| Contestant::yours(program))) {
        let judged = Pair::start(&who, folder.path(), &Around::default())
            .and_then(|mut pair| verify::verify(&mut pair, folder.path(), u64::from(std::process::id())));
        match judged {
            Ok(()) => println!("{}", text::verified(&who.name)),
            Err(why) => {
                println!("{}", text::refused(&who.name, why));
                refused += 1;
            }
        }
    }
    if refused == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{}", text::some_refused(refused));
    Ok(ExitCode::FAILURE)
}

/// Who takes part. What cannot take part here is noted in `lacking`.
fn contestants(options: &Options, lacking: &mut Vec<Sentence>) -> Result<Vec<Contestant>, String> {
    let mut all = Vec::new();
    for entry in transport::ALL.iter().filter(|entry| entry.in_the_table) {
        all.push(Contestant::ours(entry.name, entry.name)?);
        if entry.name == control::OF {
            all.push(Contestant::ours(control::DOUBLE, entry.name)?);
        }
    }
    if options.peers {
        match peers::contestants(&home()) {
            Ok(peers) => all.extend(peers),
            Err(why) => lacking.push(both(|| text::no_peers(&why))),
        }
    }
    if !options.only.is_empty() {
        let named = |who: &Contestant| options.only.contains(&who.name);
        let wanted = |who: &Contestant| {
            named(who) || who.name == control::DOUBLE && options.only.iter().any(|name| name == control::OF)
        };
        // A variant that is not in the table can be asked for by its name.
        for entry in transport::ALL
            .iter()
            .filter(|entry| !entry.in_the_table && options.only.iter().any(|name| name == entry.name))
        {
            all.push(Contestant::ours(entry.name, entry.name)?);
        }
        all.retain(wanted);
    }
    all.extend(options.add.iter().map(|program| Contestant::yours(program)));
    Ok(all)
}

/// Everyone once more, with servers for whom each frame is 25 ms of work: what the note compared.
fn with_work(all: &Rounds, frames: &Path, kind: &KindSize, options: &Options, step: &dyn Fn(&str)) -> Vec<Cell> {
    let around = Around { work: Duration::from_millis(settings::WORK_MS), ..Around::default() };
    let who: Vec<Contestant> = all.runners.iter().map(|runner| runner.who.clone()).collect();
    let mut working = Rounds::start(&who, frames, around, options.seed, step);
    let setting = Setting { work_ms: settings::WORK_MS, ..settings::in_turn(kind) };
    (0..WORK.0).for_each(|round| working.round(round, std::slice::from_ref(&setting), WORK.1));
    working.cells()
}

/// Adds to the cells of the first kind, one frame at a time, how often the kernel was called and what crossed.
fn counted(all: &mut Rounds, cells: &mut [Cell], frames: &Path, step: &dyn Fn(&str)) {
    let kind = kinds::JPEG.name;
    for runner in &mut all.runners {
        step(&runner.who.name);
        let plain = |setting: &Setting| {
            setting.kind == kind
                && setting.window == 1
                && setting.rate.is_none()
                && !setting.one_core
                && setting.work_ms == 0
        };
        let Some(cell) = cells.iter_mut().find(|cell| cell.name == runner.who.name && plain(&cell.setting)) else {
            continue;
        };
        cell.wire = runner.wire(kind);
        // Who does not run under strace, runs all the same: the column stays empty.
        cell.calls = count::calls(&runner.who, kind, frames, &Around::default()).ok();
    }
}

fn machine(load_before: Option<f64>, all: &Rounds) -> results::Machine {
    let Machine { cpu, cores, system, rust, date } = Machine::here();
    let congestion = std::fs::read_to_string("/proc/sys/net/ipv4/tcp_congestion_control").ok();
    results::Machine {
        cpu,
        cores,
        system,
        rust,
        date,
        build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
        congestion_control: congestion.map(|name| name.trim().to_owned()),
        load: load_before.zip(load()).map(|(before, after)| [before, after]),
        placement: match all.placement {
            Placement::Free => both(text::placed_freely),
            _ => both(text::placed_on_two),
        },
        network: both(text::loopback),
    }
}

/// How many processes wanted to run in the last minute (`/proc/loadavg`).
fn load() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// A sentence in both languages, whichever this process speaks.
fn both(say: impl Fn() -> String) -> Sentence {
    let spoken = Lang::current();
    let [vi, en] = Lang::ALL.map(|lang| {
        lang.speak();
        say()
    });
    spoken.speak();
    Sentence { vi, en }
}
