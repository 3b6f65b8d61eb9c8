//! A run of the lab: what is measured, in which order, and what came of it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use narrate::Error;

use crate::candidate::Candidate;
use crate::network::Network;
use crate::options::Options;
use crate::pair::{Pair, RunConfig};
use crate::participants::{Participants, participant};
use crate::progress::Progress;
use crate::results::{Cell, Participant, PayloadSize, Plan, Results, Sentence, Setting};
use crate::rounds::Rounds;
use crate::subject::Program;
use crate::{control, count, explain, limits, machine, payloads, reference_tools, settings, text, verify};

/// Rounds of the main table, and how long each measurement of a round is: many short ones, since a disturbance
/// of half a second then spoils a round or two, which a median does not mind.
const ROUNDS: (usize, Duration) = (11, Duration::from_millis(45));
/// The same where a frame takes a round trip of many milliseconds.
const ACROSS_A_LINK: (usize, Duration) = (3, Duration::from_millis(1000));
/// The same for a quick look.
const QUICK: (usize, Duration) = (3, Duration::from_millis(30));
/// Rounds and time of what needs less: sizes in a sweep, and frames that take 25 ms each.
const SWEEP: (usize, Duration) = (3, Duration::from_millis(25));
const WORK: (usize, Duration) = (3, Duration::from_millis(200));

/// What a default run takes at most, and the rounds that it does however long they take: an interval of 90 % needs five.
const BUDGET: Duration = Duration::from_secs(120);
const FEWEST_ROUNDS: usize = 5;
/// What an estimate of the rest may be wrong by.
const SPARE: Duration = Duration::from_secs(4);

/// Runs the lab.
///
/// # Errors
/// When no candidate could be measured, or the machine refuses what the lab itself needs.
pub(crate) fn measure(program: &Program, options: &Options) -> Result<Results, Error> {
    let begun = Instant::now();
    let failed = |why: String| Error::new(text::lab_failed(why));
    let folder = tempfile::tempdir().map_err(|why| failed(why.to_string()))?;
    let frames = folder.path();
    let mut lacking = Vec::new();
    let (link, to) = (options.link.as_deref(), options.to.as_deref());
    let network = Network::create(link, to, options.seed(), &mut lacking)?;
    let here = network.within_one_machine();
    let (rounds, time) = match (here, options.quick) {
        (_, true) => QUICK,
        (true, false) => ROUNDS,
        (false, false) => ACROSS_A_LINK,
    };
    let (rounds, time) = (options.rounds.unwrap_or(rounds), options.millis.map_or(time, Duration::from_millis));

    let progress = Progress::new();
    let step = |name: &str| progress.step(name);
    progress.stage(text::making_frames(), 1);
    let lengths = payloads::write(frames, options.seed()).map_err(failed)?;
    let sizes = |(kind, bytes): (payloads::Payload, usize)| PayloadSize { name: kind.name.to_owned(), bytes };
    let mut kinds: Vec<PayloadSize> = payloads::PAYLOADS.into_iter().zip(lengths).map(sizes).collect();
    if !here {
        kinds.truncate(2); // 6.2 MB take longer than a measurement on a link worth the name
    }
    progress.stage(text::measuring_limits(), 1);
    let load_before = machine::load();
    let limits = limits::measure(program, &kinds, here && !options.quick).map_err(failed)?;

    let Participants { table, all: everyone } = Participants::of(program, options, &mut lacking).map_err(failed)?;
    progress.stage(text::verifying(), table.len());
    let starting = Instant::now();
    let config = RunConfig::on(&network, options.seed());
    let mut all = Rounds::start(&table, frames, config.clone(), &step);
    if all.runners.is_empty() {
        let why = all.excluded.first().map_or_else(String::new, |first| format!("{}: {}", first.name, first.why));
        return Err(failed(text::nobody_left(why)));
    }

    let settings: Vec<Vec<Setting>> = kinds.iter().map(|kind| settings::of_kind(kind, here)).collect();
    let each: usize = settings.iter().map(Vec::len).sum();
    progress.stage(text::measuring(rounds), rounds * each * all.runners.len());
    let budget = options.is_default().then(|| BUDGET.saturating_sub(reserve(all.runners.len(), starting.elapsed())));
    let (wanted, measuring) = (rounds, Instant::now());
    let mut rounds = 0;
    while rounds < wanted {
        let longest = measuring.elapsed() / rounds.max(1) as u32;
        if rounds >= FEWEST_ROUNDS && budget.is_some_and(|budget| begun.elapsed() + longest > budget) {
            lacking.push(Sentence::of(|| text::rounds_left_out(rounds, wanted, BUDGET.as_secs())));
            break;
        }
        settings.iter().for_each(|settings| all.round(rounds, settings, time));
        rounds += 1;
    }
    if here && !options.quick {
        let sweep = settings::sweep();
        progress.stage(text::sweeping(), SWEEP.0 * sweep.len() * all.runners.len());
        for round in 0..SWEEP.0 {
            sweep.iter().for_each(|setting| all.round(round, std::slice::from_ref(setting), SWEEP.1));
        }
    }
    let mut cells = all.cells();
    if here {
        progress.stage(text::working(settings::WORK_MS), all.runners.len() * (1 + WORK.0));
        cells.extend(with_work(&all, &kinds[0], frames, &config, &step));
    }
    if here && !options.quick {
        if count::has_strace() {
            progress.stage(text::counting(), all.runners.len());
            counted(&mut all, &mut cells, frames, &config, &step);
        } else {
            lacking.push(Sentence::of(text::no_strace));
        }
    }
    let mut excluded = all.excluded.clone();
    let taking_part: Vec<Participant> = all.runners.iter().map(|runner| participant(&runner.candidate)).collect();
    let placement = all.placement;
    drop(all); // what follows starts its own
    let mut changes = Vec::new();
    if options.explain && here {
        progress.stage(text::explaining(), explain::count(program.choices, &everyone));
        changes = explain::changes(program.choices, &everyone, &kinds, frames, &config, &step, &mut excluded);
    }
    let mut reference_tools = Vec::new();
    if options.reference_tools && here {
        progress.stage(text::comparing_with_tools(), 2 * kinds.len() + 1);
        reference_tools =
            reference_tools::measure(program, &kinds, frames, &config, &step, &mut lacking).map_err(failed)?;
    }
    progress.end();

    let millis = time.as_millis() as u64;
    let plan = Plan { rounds, millis, seed: options.seed(), took: begun.elapsed().as_secs_f64(), kinds };
    let mut results = Results {
        machine: machine::machine(load_before, placement, network.sentence(link, to)),
        plan,
        limits,
        candidates: taking_part,
        control: control::control(program.control, &cells).unwrap_or_default(),
        cells,
        excluded,
        lacking,
        reference_tools,
        changes,
        verdicts: Vec::new(),
    };
    results.verdicts = (program.claims)(&results);
    Ok(results)
}

/// Estimates how long a run takes after its main rounds: the sweep, all candidates started again for the work and measured with it,
/// and started twice more under `strace`. `starting` is how long they took to start and be verified.
fn reserve(candidates: usize, starting: Duration) -> Duration {
    let each = SWEEP.1.saturating_mul((SWEEP.0 * payloads::SWEEP.len()) as u32) + WORK.1 * WORK.0 as u32;
    // Half as long again: warming up, and waiting for the last acknowledgement.
    each * candidates as u32 * 3 / 2 + starting * 3 + SPARE
}

/// Measures all candidates once more, with servers that work 25 ms on each frame: what the note compared.
fn with_work(all: &Rounds, kind: &PayloadSize, frames: &Path, config: &RunConfig, step: &dyn Fn(&str)) -> Vec<Cell> {
    let config = config.working(Duration::from_millis(settings::WORK_MS));
    let candidate: Vec<Candidate> = all.runners.iter().map(|runner| runner.candidate.clone()).collect();
    let mut working = Rounds::start(&candidate, frames, config, step);
    let setting = Setting { work_ms: settings::WORK_MS, ..settings::in_turn(kind) };
    (0..WORK.0).for_each(|round| working.round(round, std::slice::from_ref(&setting), WORK.1));
    working.cells()
}

/// Adds to the cells of the first kind, one frame at a time, how often the kernel was called and what crossed.
fn counted(all: &mut Rounds, cells: &mut [Cell], frames: &Path, config: &RunConfig, step: &dyn Fn(&str)) {
    let kind = payloads::JPEG.name;
    for runner in &mut all.runners {
        step(&runner.candidate.name);
        let counts = |cell: &&mut Cell| cell.name == runner.candidate.name && cell.setting.is_plain(kind);
        let Some(cell) = cells.iter_mut().find(counts) else { continue };
        cell.wire = runner.wire(kind);
        // A candidate that does not run under strace stays in the table: its column is empty.
        cell.calls = count::calls(&runner.candidate, kind, frames, config).ok();
    }
}

/// Verifies transports by name (all, if neither they nor programs are named), and programs of the reader's.
///
/// # Errors
/// When the lab itself cannot run; a refused program is an exit code.
pub(crate) fn verify_all(program: &Program, names: &[String], programs: &[PathBuf]) -> Result<ExitCode, Error> {
    let failed = |why: String| Error::new(text::lab_failed(why));
    let folder = tempfile::tempdir().map_err(|why| failed(why.to_string()))?;
    let all = names.is_empty() && programs.is_empty();
    let wanted = program.transports.iter().filter(|one| all || names.iter().any(|name| name == one.name()));
    let ours: Result<Vec<Candidate>, String> = wanted.map(|one| Candidate::ours(*one)).collect();
    let mut refused = 0;
    for candidate in ours.map_err(failed)?.into_iter().chain(programs.iter().map(|program| Candidate::yours(program))) {
        let judged =
            Pair::start(&candidate, folder.path(), &RunConfig::on(&Network::Loopback, 0)).and_then(|mut pair| {
                verify::verify(&mut pair, folder.path(), payloads::LARGEST, u64::from(std::process::id()))
            });
        match judged {
            Ok(()) => println!("{}", text::verified(&candidate.name)),
            Err(why) => {
                println!("{}", text::refused(&candidate.name, why));
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
