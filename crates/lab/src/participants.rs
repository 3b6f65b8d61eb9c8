//! The candidates of a run.

use crate::candidate::Candidate;
use crate::options::{Options, home};
use crate::results::{Participant, Sentence};
use crate::subject::Program;
use crate::{control, peers, text};

/// The candidates that are compared, and all that `--explain` may need.
pub(crate) struct Participants {
    pub(crate) table: Vec<Candidate>,
    pub(crate) all: Vec<Candidate>,
}

impl Participants {
    /// Collects every candidate that the options ask for. What cannot take part on this machine is noted in `lacking`.
    ///
    /// # Errors
    /// When this program cannot find its own file.
    pub(crate) fn of(
        program: &Program,
        options: &Options,
        lacking: &mut Vec<Sentence>,
    ) -> Result<Participants, String> {
        let ours = program.transports.iter().map(|one| Candidate::ours(*one));
        let mut all = ours.collect::<Result<Vec<Candidate>, String>>()?;
        if options.peers {
            match peers::candidates(&home()) {
                Ok(peers) => all.extend(peers),
                Err(why) => lacking.push(Sentence::of(|| text::no_peers(&why))),
            }
        }
        // A variant that is not in the table can be asked for by its name.
        let is_wanted = |name: &str| match &options.only[..] {
            [] => {
                peers::is_in_table(name) || program.transports.iter().any(|one| one.name() == name && one.is_in_table())
            }
            only => only.iter().any(|only| only == name),
        };
        let mut table = Vec::new();
        for candidate in all.iter().filter(|candidate| is_wanted(&candidate.name)) {
            table.push(candidate.clone());
            if candidate.name == program.control {
                table.push(candidate.renamed(control::aa_control(program.control)));
            }
        }
        table.extend(options.add.iter().map(|program| Candidate::yours(program)));
        Ok(Participants { table, all })
    }
}

/// What a report says of a candidate.
pub(crate) fn participant(candidate: &Candidate) -> Participant {
    let Candidate { name, implementation, copies, .. } = candidate;
    Participant { name: name.clone(), implementation: *implementation, copies: *copies }
}
