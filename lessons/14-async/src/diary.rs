//! What happened, in the order in which it did. Tasks write, the story reads it out afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use narrate::{Side, Stage};

#[derive(Clone, Default)]
pub(crate) struct Diary(Arc<Mutex<Vec<(Side, String)>>>);

impl Diary {
    pub(crate) fn note(&self, side: Side, event: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((side, event));
    }

    pub(crate) fn read_out(&self, stage: &Stage) {
        for (side, event) in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            stage.fact(side, event);
        }
    }
}
