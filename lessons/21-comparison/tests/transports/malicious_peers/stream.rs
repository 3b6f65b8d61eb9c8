//! Frames behind a length on a stream of bytes: more than may be announced.

use std::io::Write as _;

use libtest_mimic::Trial;
use narrate::testing::must;

use super::{MAX_PAYLOAD, call, survives};

/// For the transports that are framed this way.
pub fn trials(name: &'static str) -> Option<Trial> {
    (name == "unix" || name.starts_with("tcp")).then(|| {
        Trial::test(format!("{name} takes no more than 16 MiB"), move || {
            survives(name, |server| {
                let piece = vec![b'x'; 1 << 20];
                for length in [MAX_PAYLOAD as u32 + 1, 1 << 31, u32::MAX] {
                    let mut peer = call(server)?;
                    peer.write_all(&[&length.to_be_bytes()[..], &[0; 16]].concat())?;
                    let mut taken = 0;
                    // The server closes; what it has not read then resets the connection.
                    while taken <= 4 * MAX_PAYLOAD && peer.write_all(&piece).is_ok() {
                        taken += piece.len();
                    }
                    must(taken < MAX_PAYLOAD, || format!("{length} bytes announced: {taken} were taken"))?;
                }
                Ok(())
            })
        })
    })
}
