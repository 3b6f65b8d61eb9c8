//! What does delay a caller: a server that does not accept.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage};
use socket2::{Domain, SockAddr, Socket, Type};

use super::took;
use crate::text;

/// How long a call waits for room in the backlog, before it gives up.
const LIMIT: Duration = Duration::from_millis(100);

pub(crate) fn full_backlog(stage: &Stage, folder: &Path) -> Result<(), Error> {
    // ANCHOR: backlog
    stage.step(text::a_full_backlog(LIMIT.as_millis()));
    let path = SockAddr::unix(folder.join("busy.sock"))?;
    let listener = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    listener.bind(&path)?;
    listener.listen(0)?; // on Linux, room for one more than that

    let mut waiting = Vec::new(); // held open: a caller that leaves still stands in the backlog
    for _ in 0..2 {
        waiting.push(call(stage, &path)?);
    }
    listener.accept()?;
    stage.fact(Side::SERVER, "accept() → Ok");
    waiting.push(call(stage, &path)?);
    // ANCHOR_END: backlog
    Ok(())
}

/// Calls, and shows the answer and how long it took.
fn call(stage: &Stage, path: &SockAddr) -> io::Result<Socket> {
    let caller = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    caller.set_write_timeout(Some(LIMIT))?; // connect() keeps to it too (unix(7), SO_SNDTIMEO)
    let start = Instant::now();
    let answer = caller.connect(path);
    let call = format!("connect(), {}", took(start.elapsed()));
    match answer {
        Ok(()) => stage.fact(Side::CLIENT, format!("{call} → Ok")),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => stage.fact(Side::CLIENT, text::no_place(call)),
        Err(error) => stage.met(Side::CLIENT, &call, &error),
    }
    Ok(caller)
}
