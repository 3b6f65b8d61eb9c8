//! Who takes part in a run.

use super::contestant::Contestant;
use super::results::{Entrant, Sentence};
use super::{both, control, home, peers};
use crate::options::Options;
use crate::{text, transport};

/// Those who are compared, and everyone whom `--explain` may need.
pub(crate) struct Field {
    pub(crate) table: Vec<Contestant>,
    pub(crate) everyone: Vec<Contestant>,
}

/// Everyone whom the options let take part. Who cannot take part here is noted in `lacking`.
///
/// # Errors
/// When this program cannot find itself.
pub(crate) fn field(options: &Options, lacking: &mut Vec<Sentence>) -> Result<Field, String> {
    let ours = transport::ALL.iter().map(|entry| Contestant::ours(entry.name, entry.name));
    let mut everyone = ours.collect::<Result<Vec<Contestant>, String>>()?;
    if options.peers {
        match peers::contestants(&home()) {
            Ok(peers) => everyone.extend(peers),
            Err(why) => lacking.push(both(|| text::no_peers(&why))),
        }
    }
    let in_the_table = |name: &str| {
        let ours = transport::ALL.iter().any(|entry| entry.name == name && entry.in_the_table);
        ours || peers::in_the_table(name)
    };
    // A variant that is not in the table can be asked for by its name.
    let wanted = |name: &str| match &options.only[..] {
        [] => in_the_table(name),
        only => only.iter().any(|only| only == name),
    };
    let mut table = Vec::new();
    for who in everyone.iter().filter(|who| wanted(&who.name)) {
        table.push(who.clone());
        if who.name == control::OF {
            table.push(Contestant::ours(control::DOUBLE, control::OF)?);
        }
    }
    table.extend(options.add.iter().map(|program| Contestant::yours(program)));
    Ok(Field { table, everyone })
}

/// What a report says of one who took part.
pub(crate) fn entrant(who: &Contestant) -> Entrant {
    let copies = who.transport().and_then(|name| transport::entry(name).ok()).map(|entry| entry.copies);
    Entrant { name: who.name.clone(), family: who.family, copies }
}
