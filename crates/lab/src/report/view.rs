//! Questions to the results that several ways of showing them ask.

use crate::results::Implementation;
use crate::results::{Cell, Interval, OneWay, Participant, Results, Sentence};
use narrate::Lang;

/// What a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// One frame after the other, as fast as it goes.
    Closed,
    /// Frames due at a fixed rate.
    Paced,
    /// Several frames unacknowledged.
    Pipelined,
    /// As [`Setup::Closed`], on the other placement: both ends on one core.
    OneCore,
    /// As [`Setup::Closed`], with work in the server.
    Worked,
}

/// Results, and what the whole report has to know about them.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) results: &'a Results,
    /// On a machine with one core the main table is the one of one core.
    main_on_one_core: bool,
}

/// A cell and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    /// 1 and how many are certainly faster; the control's double has none.
    pub(crate) rank: Option<usize>,
    pub(crate) cell: &'a Cell,
    pub(crate) implementation: Implementation,
}

/// The fastest and the one behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lead<'a> {
    pub(crate) first: &'a Cell,
    pub(crate) second: &'a Cell,
    pub(crate) last: &'a Cell,
    /// How far the first is ahead of the second, as a share.
    pub(crate) ahead: f64,
    /// It is more than noise.
    pub(crate) certain: bool,
}

impl<'a> View<'a> {
    pub(crate) fn of(results: &'a Results) -> View<'a> {
        let mut closed = results.cells.iter().map(|cell| &cell.setting);
        let apart = closed.any(|setting| !setting.one_core && setting.window == 1 && setting.rate.is_none());
        View { results, main_on_one_core: !apart }
    }

    /// Name and payload bytes of each kind that the main table has cells of, in the plan's order.
    pub(crate) fn kinds(&self) -> Vec<(&'a str, usize)> {
        let mut kinds: Vec<(&str, usize)> = Vec::new();
        let planned = self.results.plan.kinds.iter().map(|kind| (kind.name.as_str(), kind.bytes));
        let found = self.results.cells.iter().map(|cell| (cell.setting.kind.as_str(), cell.setting.bytes));
        for (name, bytes) in planned.chain(found) {
            let new = !is_sweep(name) && kinds.iter().all(|(other, _)| *other != name);
            if new && self.cells(name, Setup::Closed).next().is_some() {
                kinds.push((name, bytes));
            }
        }
        kinds
    }

    /// All cells of a kind under a setup.
    pub(crate) fn cells(self, kind: &str, setup: Setup) -> impl Iterator<Item = &'a Cell> {
        self.results.cells.iter().filter(move |cell| cell.setting.kind == kind && self.setup(cell) == Some(setup))
    }

    /// The cell of one candidate.
    pub(crate) fn cell(self, name: &str, kind: &str, setup: Setup) -> Option<&'a Cell> {
        self.cells(kind, setup).find(|cell| cell.name == name)
    }

    fn setup(&self, cell: &Cell) -> Option<Setup> {
        let setting = &cell.setting;
        let here = setting.one_core == self.main_on_one_core;
        match (setting.work_ms > 0, setting.rate.is_some(), setting.window > 1, here) {
            (false, false, false, true) => Some(Setup::Closed),
            (false, false, false, false) => Some(Setup::OneCore),
            (false, true, _, true) => Some(Setup::Paced),
            (false, false, true, true) => Some(Setup::Pipelined),
            (true, false, false, true) => Some(Setup::Worked),
            _ => None,
        }
    }

    /// Fastest first, with ranks.
    pub(crate) fn table(self, kind: &str, setup: Setup) -> Vec<Row<'a>> {
        let mut cells: Vec<&Cell> = self.cells(kind, setup).collect();
        cells.sort_by(|one, other| other.fps.median.total_cmp(&one.fps.median));
        let faster = |cell: &Cell| {
            cells.iter().filter(|other| !self.is_aa_control(&other.name) && self.surely(other.fps, cell.fps)).count()
        };
        let row = |cell: &&'a Cell| Row {
            rank: (!self.is_aa_control(&cell.name)).then(|| 1 + faster(cell)),
            cell,
            implementation: self.implementation(&cell.name),
        };
        cells.iter().map(row).collect()
    }

    /// `one` is faster than `other` by more than noise: by more than the control's spread, and their intervals do not meet.
    pub(crate) fn surely(self, one: Interval, other: Interval) -> bool {
        one.median > other.median * (1.0 + self.results.control.spread) && one.low > other.high
    }

    /// The first two and the last of a kind.
    pub(crate) fn lead(self, kind: &str, setup: Setup) -> Option<Lead<'a>> {
        let rows: Vec<&Cell> =
            self.table(kind, setup).iter().filter(|row| row.rank.is_some()).map(|row| row.cell).collect();
        let (first, second, last) = (*rows.first()?, *rows.get(1)?, *rows.last()?);
        let ahead = share(first.fps.median, second.fps.median)? - 1.0;
        Some(Lead { first, second, last, ahead, certain: self.surely(first.fps, second.fps) })
    }

    /// Whether it is the second run of the control, which has no rank.
    pub(crate) fn is_aa_control(&self, name: &str) -> bool {
        name == self.results.control.aa_control
    }

    pub(crate) fn participant(self, name: &str) -> Option<&'a Participant> {
        self.results.candidates.iter().find(|participant| participant.name == name)
    }

    /// Whose program it is; one that is not listed was brought by the reader.
    pub(crate) fn implementation(self, name: &str) -> Implementation {
        self.participant(name).map_or(Implementation::Yours, |participant| participant.implementation)
    }

    /// One-way TCP with frames of this kind, where it was measured.
    pub(crate) fn one_way(self, kind: &str) -> Option<&'a OneWay> {
        self.results.limits.loopback.iter().find(|way| way.kind == kind && way.ours > 0.0)
    }

    /// Latency of the paced loop, or else of the closed one; whether it was paced.
    pub(crate) fn latency(self, name: &str, kind: &str) -> Option<(&'a Cell, bool)> {
        let measured = |setup| self.cell(name, kind, setup).filter(|cell| cell.latency.frames > 0);
        let paced = measured(Setup::Paced).map(|cell| (cell, true));
        paced.or_else(|| measured(Setup::Closed).map(|cell| (cell, false)))
    }

    /// The kind of the tables that exist for one kind only, such as those with work.
    pub(crate) fn kind_of(self, setup: Setup) -> Option<(&'a str, usize)> {
        self.kinds().into_iter().find(|(kind, _)| self.cells(kind, setup).next().is_some())
    }

    /// Milliseconds of work of the cells that have some.
    pub(crate) fn work_ms(self) -> u64 {
        self.results.cells.iter().map(|cell| cell.setting.work_ms).max().unwrap_or(0)
    }

    /// Payload sizes of the sweep, rising.
    pub(crate) fn sweep(self) -> Vec<(&'a str, usize)> {
        let settings = self.results.cells.iter().map(|cell| &cell.setting).filter(|setting| is_sweep(&setting.kind));
        let mut sizes: Vec<(&str, usize)> = settings.map(|setting| (setting.kind.as_str(), setting.bytes)).collect();
        sizes.sort_by_key(|(_, bytes)| *bytes);
        sizes.dedup();
        sizes
    }
}

fn is_sweep(kind: &str) -> bool {
    kind.starts_with("sweep")
}

/// CPU time of both ends a frame, in microseconds; `None` unless both are known.
pub(crate) fn cpu(cell: &Cell) -> Option<f64> {
    Some(cell.cpu_server?.median + cell.cpu_driver?.median)
}

/// System calls of both ends a frame.
pub(crate) fn calls(cell: &Cell) -> Option<f64> {
    Some(cell.calls.as_ref()?.iter().map(|call| call.server + call.driver).sum())
}

/// `part` of `whole`; `None` where that is no number.
pub(crate) fn share(part: f64, whole: f64) -> Option<f64> {
    Some(part / whole).filter(|share| share.is_finite())
}

/// The side of a run's sentence in the language spoken now.
pub(crate) fn localized(sentence: &Sentence) -> &str {
    match Lang::current() {
        Lang::Vi => &sentence.vi,
        Lang::En => &sentence.en,
    }
}
