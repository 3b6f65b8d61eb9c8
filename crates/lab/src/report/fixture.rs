//! Results for tests of how results are shown: a committed run, one that is odd in every way, and an empty one.

use crate::results::Results;

/// A run with everything installed, from `testdata/results.json`.
pub(crate) fn plausible() -> Results {
    serde_json::from_str(include_str!("../../testdata/results.json")).unwrap()
}

/// One candidate with a hostile name, and nothing that could be left out.
pub(crate) fn odd() -> Results {
    let name = "<b>&\"</script>, \u{1b}[31m a very long name";
    let mut results = nothing();
    let mut cell = plausible().cells.swap_remove(0);
    cell.name = name.to_owned();
    (cell.rounds, cell.fps) = (vec![12.5], crate::statistics::interval(&[12.5]).unwrap());
    (cell.cpu_server, cell.cpu_driver, cell.calls, cell.wire) = (None, None, None, None);
    cell.latency = Default::default();
    results.cells.push(cell);
    let yours = crate::results::Implementation::Yours;
    results.candidates =
        vec![crate::results::Participant { name: name.to_owned(), implementation: yours, copies: None }];
    let (name, why) = ("<i>".to_owned(), "</style><script>".to_owned());
    results.excluded = vec![crate::results::Excluded { name, why }];
    results
}

/// A run that measured nothing at all.
pub(crate) fn nothing() -> Results {
    let plan = crate::results::Plan { rounds: 1, ..Default::default() };
    Results { plan, ..Results::default() }
}
