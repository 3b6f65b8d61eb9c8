//! Who takes part in a run.

use super::contestant::Contestant;
use super::results::{Entrant, Sentence};
use super::{both, control, home, peers};
use crate::options::Options;
use crate::{text, transport};

/// Everyone whom the options let take part. Who cannot take part here is noted in `lacking`.
///
/// # Errors
/// When this program cannot find itself.
pub(crate) fn contestants(options: &Options, lacking: &mut Vec<Sentence>) -> Result<Vec<Contestant>, String> {
    let named = |name: &str| options.only.iter().any(|only| only == name);
    let wanted = |name: &str| options.only.is_empty() || named(name);
    let mut all = Vec::new();
    // A variant that is not in the table can be asked for by its name.
    for entry in transport::ALL.iter().filter(|entry| named(entry.name) || entry.in_the_table && wanted(entry.name)) {
        all.push(Contestant::ours(entry.name, entry.name)?);
        if entry.name == control::OF {
            all.push(Contestant::ours(control::DOUBLE, entry.name)?);
        }
    }
    if options.peers {
        match peers::contestants(&home()) {
            Ok(peers) => all.extend(peers.into_iter().filter(|peer| wanted(&peer.name))),
            Err(why) => lacking.push(both(|| text::no_peers(&why))),
        }
    }
    all.extend(options.add.iter().map(|program| Contestant::yours(program)));
    Ok(all)
}

/// The same, and of our own variants those which are named.
///
/// # Errors
/// When this program cannot find itself.
pub(crate) fn with_variants<'a>(
    contestants: &[Contestant],
    names: impl Iterator<Item = &'a str>,
) -> Result<Vec<Contestant>, String> {
    let mut all = contestants.to_vec();
    for name in names.filter(|name| transport::entry(name).is_ok()) {
        if !all.iter().any(|who| who.name == name) {
            all.push(Contestant::ours(name, name)?);
        }
    }
    Ok(all)
}

/// What a report says of one who took part.
pub(crate) fn entrant(who: &Contestant) -> Entrant {
    let copies = who.transport().and_then(|name| transport::entry(name).ok()).map(|entry| entry.copies);
    Entrant { name: who.name.clone(), family: who.family, copies }
}
