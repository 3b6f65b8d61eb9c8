//! One check's run: the program under judgement and everything that was said to it.

use std::path::{Path, PathBuf};

use crate::{Failure, Rng};

/// What a check gets: a way to start the program, random choices, and the record of it all.
pub struct Trial {
    program: PathBuf,
    rng: Rng,
}

impl Trial {
    pub(crate) fn new(program: &Path, seed: u64, check: &str) -> Trial {
        Trial {
            program: program.to_owned(),
            rng: Rng::new(seed, check),
        }
    }

    /// The random choices of this check.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    pub(crate) fn complete(self, failure: Failure) -> Failure {
        let _ = self.program;
        failure
    }
}
