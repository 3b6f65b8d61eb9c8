//! The conditions under which all candidates are measured.

use crate::payloads;
use crate::results::{PayloadSize, Setting};

/// Frames on their way in the pipelined columns.
pub(crate) const WINDOW: usize = 8;
/// Frames a second at which the paced column sends: below what the slowest transport of the table can do, so
/// that latency is that of a frame and not that of a queue.
pub(crate) const PACE: f64 = 250.0;
/// The work of the note's own comparison: about 25 ms a frame is what makes 32 and 36 frames a second.
pub const WORK_MS: u64 = 25;

/// One frame after the other.
pub(crate) fn in_turn(kind: &PayloadSize) -> Setting {
    let PayloadSize { name, bytes } = kind;
    Setting { kind: name.clone(), bytes: *bytes, window: 1, rate: None, one_core: false, work_ms: 0 }
}

/// The settings of one kind of frame in the main rounds. Between two machines there is no core to share, and
/// a pace that suits the loopback would be a queue.
pub(crate) fn of_kind(kind: &PayloadSize, here: bool) -> Vec<Setting> {
    let turn = in_turn(kind);
    let mut settings = vec![turn.clone(), Setting { window: WINDOW, ..turn.clone() }];
    if here && kind.name == payloads::JPEG.name {
        settings.push(Setting { rate: Some(PACE), ..turn.clone() });
        settings.push(Setting { one_core: true, ..turn });
    }
    settings
}

/// One setting for each size of the sweep.
pub(crate) fn sweep() -> Vec<Setting> {
    payloads::SWEEP.map(|bytes| in_turn(&PayloadSize { name: payloads::sweep_name(bytes), bytes })).to_vec()
}
