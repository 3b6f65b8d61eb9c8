//! The mode of the file decides which users may connect, and the kernel answers at once.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use narrate::{Error, Side, Stage};

use crate::measure::format_time;
use crate::{OWNER_ONLY, text};

/// The user `nobody`, without any permission, on every Unix.
const NOBODY: u32 = 65_534;
/// No permission for anyone, the owner included. The kernel does not check root.
const NO_PERMISSION: u32 = 0;
/// How often each user connects; the median time is shown.
const ATTEMPTS: usize = 9;
/// The environment variable that tells the second process which path to connect to.
const CHILD_PATH: &str = "LESSON11_CONNECT_TO";

/// How long `connect` took (the median), and its last result, an error as its errno.
type Attempt = (Duration, Result<(), i32>);

pub(crate) fn compare(stage: &Stage, path: &Path) -> Result<(), Error> {
    stage.step(text::permission());
    let owner = fs::metadata(path)?.uid();
    show(stage, OWNER_ONLY, owner, try_connect(path));
    if owner == 0 {
        // The kernel lets root in whatever the mode is, so another user tries, in a process of its own.
        match as_other_user(path) {
            Ok(attempt) => show(stage, OWNER_ONLY, NOBODY, attempt),
            Err(why) => stage.say(text::no_other_user(why)),
        }
    } else {
        fs::set_permissions(path, Permissions::from_mode(NO_PERMISSION))?;
        show(stage, NO_PERMISSION, owner, try_connect(path));
        fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?;
    }
    Ok(())
}

fn show(stage: &Stage, mode: u32, uid: u32, (time, result): Attempt) {
    let call = format!("mode {mode:04o}, uid {uid}: connect(), {}", format_time(time));
    stage.returned(Side::CLIENT, &call, &result.map_err(io::Error::from_raw_os_error));
}

// ANCHOR: try_connect
/// Connects [`ATTEMPTS`] times.
fn try_connect(path: &Path) -> Attempt {
    let mut times = Vec::new();
    let mut result = Ok(());
    for _ in 0..ATTEMPTS {
        let start = Instant::now();
        let connected = UnixStream::connect(path);
        times.push(start.elapsed());
        result = connected.map(drop).map_err(errno);
    }
    times.sort();
    (times[ATTEMPTS / 2], result)
}
// ANCHOR_END: try_connect

/// An error as the number that C calls errno.
fn errno(error: io::Error) -> i32 {
    error.raw_os_error().unwrap_or_default()
}

// ANCHOR: another
/// The same from a process of another user: this program, started a second time.
fn as_other_user(path: &Path) -> io::Result<Attempt> {
    // On Linux this name works even where the other user may not enter the folder of the program.
    let this_program = match cfg!(target_os = "linux") {
        true => "/proc/self/exe".into(),
        false => std::env::current_exe()?,
    };
    let output = Command::new(this_program)
        .env(CHILD_PATH, path)
        .uid(NOBODY)
        .gid(NOBODY)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    // ANCHOR_END: another
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut numbers = printed.split_whitespace().map(str::parse);
    let (Some(Ok(nanos)), Some(Ok(number))) = (numbers.next(), numbers.next()) else {
        return Err(io::Error::other(output.status.to_string()));
    };
    let result = if number == 0 { Ok(()) } else { Err(i32::try_from(number).unwrap_or_default()) };
    Ok((Duration::from_nanos(nanos), result))
}

/// The path that this process is to connect to, when it is the second process.
pub(crate) fn child_role() -> Option<PathBuf> {
    std::env::var_os(CHILD_PATH).map(|path: OsString| path.into())
}

/// Runs the second process: connects, and prints time and errno for the first one to read.
pub(crate) fn run_child(path: &Path) -> ExitCode {
    let (time, result) = try_connect(path);
    println!("{} {}", time.as_nanos(), result.err().unwrap_or_default());
    ExitCode::SUCCESS
}

/// The line that `ls -l` would print of the file at `path`, without links and date.
pub(crate) fn file(path: &Path) -> io::Result<String> {
    let file = fs::symlink_metadata(path)?;
    let kind = if file.file_type().is_socket() { 's' } else { '-' };
    let letters: String =
        (0..9).map(|bit| if file.mode() & (0o400 >> bit) == 0 { '-' } else { ['r', 'w', 'x'][bit % 3] }).collect();
    let name = path.file_name().unwrap_or_default();
    Ok(text::file(format!("{kind}{letters}"), file.uid(), file.len(), name.display()))
}
