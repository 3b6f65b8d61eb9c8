//! Who may call: the mode of the file says it, and the kernel answers at once.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage};

use super::{OWNER_ONLY, took};
use crate::text;

/// A user without any right, on every Unix: `nobody`.
const NOBODY: u32 = 65_534;
/// Nobody at all, not even the owner. Root alone is never asked.
const CLOSED: u32 = 0;
/// How often each one knocks; the median is told.
const KNOCKS: usize = 9;
/// Tells our second process at which path to knock.
const ERRAND: &str = "LESSON11_KNOCK_AT";

type Answer = (Duration, Result<(), i32>);

pub(crate) fn refused(stage: &Stage, path: &Path) -> Result<(), Error> {
    stage.step(text::permission());
    let owner = fs::metadata(path)?.uid();
    show(stage, OWNER_ONLY, owner, knock(path));
    if owner == 0 {
        // Root is let in whatever the mode; so another user knocks, in a process of their own.
        match as_another(path) {
            Ok(answer) => show(stage, OWNER_ONLY, NOBODY, answer),
            Err(why) => stage.say(text::no_other_user(why)),
        }
    } else {
        fs::set_permissions(path, Permissions::from_mode(CLOSED))?;
        show(stage, CLOSED, owner, knock(path));
        fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?;
    }
    Ok(())
}

fn show(stage: &Stage, mode: u32, uid: u32, (how_long, answer): Answer) {
    let call = format!("mode {mode:04o}, uid {uid}: connect(), {}", took(how_long));
    match answer {
        Ok(()) => stage.fact(Side::CLIENT, format!("{call} → Ok")),
        Err(number) => stage.met(Side::CLIENT, &call, &io::Error::from_raw_os_error(number)),
    }
}

// ANCHOR: knock
/// Calls some times; how long the call took (the median), and what the last one gave.
fn knock(path: &Path) -> Answer {
    let mut times = Vec::new();
    let mut answer = Ok(());
    for _ in 0..KNOCKS {
        let start = Instant::now();
        let called = UnixStream::connect(path);
        times.push(start.elapsed());
        answer = called.map(drop).map_err(number);
    }
    times.sort();
    (times[KNOCKS / 2], answer)
}

// ANCHOR_END: knock

/// An error as the number that C calls errno.
fn number(error: io::Error) -> i32 {
    error.raw_os_error().unwrap_or_default()
}

// ANCHOR: another
/// The same from a process of another user: ourselves, started a second time.
fn as_another(path: &Path) -> io::Result<Answer> {
    // On Linux this name works even where the other user may not enter our folder.
    let ourselves = match cfg!(target_os = "linux") {
        true => "/proc/self/exe".into(),
        false => std::env::current_exe()?,
    };
    let output = Command::new(ourselves)
        .env(ERRAND, path)
        .uid(NOBODY)
        .gid(NOBODY)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    // ANCHOR_END: another
    let told = String::from_utf8_lossy(&output.stdout);
    let mut numbers = told.split_whitespace().map(str::parse);
    let (Some(Ok(nanos)), Some(Ok(number))) = (numbers.next(), numbers.next()) else {
        return Err(io::Error::other(output.status.to_string()));
    };
    let answer = if number == 0 { Ok(()) } else { Err(i32::try_from(number).unwrap_or_default()) };
    Ok((Duration::from_nanos(nanos), answer))
}

/// The path at which this process is to knock, if it is the second one.
pub(crate) fn errand() -> Option<PathBuf> {
    std::env::var_os(ERRAND).map(|path: OsString| path.into())
}

/// What the second process does: it knocks, and tells the first in two numbers.
pub(crate) fn knock_and_tell(path: &Path) -> ExitCode {
    let (took, answer) = knock(path);
    println!("{} {}", took.as_nanos(), answer.err().unwrap_or_default());
    ExitCode::SUCCESS
}
