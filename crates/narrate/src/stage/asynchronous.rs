//! What a story shows of tokio streams.

use super::Stage;
use crate::Side;
use crate::tap::asynchronous::Tapper;

impl Stage {
    /// As [`Stage::tap`], for tokio streams: the tapper may be taken along into tasks.
    /// A story that waits for what never comes is ended by its deadline.
    pub fn tapper(&self, side: Side) -> Tapper {
        Tapper::new(self.recorder.clone(), side)
    }
}
