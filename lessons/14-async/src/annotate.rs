//! What a line of the chat means, for the tape.

use narrate::{Side, Span};

use crate::text;

/// One span a line.
pub(crate) fn chat(from: Side, bytes: &[u8]) -> Vec<Span> {
    let ends = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
    ends.map(|line| Span { length: line.len(), meaning: meaning(from, line) }).collect()
}

fn meaning(from: Side, line: &[u8]) -> String {
    match line[0] {
        _ if from.calls => text::a_line(),
        b'=' => text::who_is_there(),
        b'+' => text::somebody_came(),
        b'-' => text::somebody_left(),
        b'!' => text::refusal(),
        _ => text::somebody_said(),
    }
}
