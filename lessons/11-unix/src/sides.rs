//! One side at a time: an echo server at a path or a name, and a client that is your keyboard and
//! your screen.

use std::fs::{self, Permissions};
use std::io;
use std::net::Shutdown;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, absolute};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use narrate::{Error, Side, Stage};
use socket2::{Domain, SockAddr, Socket, Type};

use crate::story::Folder;
use crate::text;

/// How long to wait after a failed `accept`, so that clients may leave and free something.
const PAUSE: Duration = Duration::from_millis(50);
/// How long `connect` waits for room in the server's backlog.
const PATIENCE: Duration = Duration::from_secs(5);
/// Only the owner may call.
const OWNER_ONLY: u32 = 0o600;

/// Echoes whatever each client sends, a thread per client, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else {
        let folder = Folder::fresh()?;
        return echo(stage, &listen(stage, &folder.join("echo.sock"))?);
    };
    match abstract_name(path) {
        Some(_) => {
            let listener = Socket::new(Domain::UNIX, Type::STREAM, None)?;
            let bound = address(path).and_then(|address| listener.bind(&address)).and_then(|()| listener.listen(128));
            bound.map_err(|error| Error::listening_at(path.display(), error))?;
            stage.listening_at(path.display());
            echo(stage, &listener.into())
        }
        None => echo(stage, &listen(stage, &absolute(path)?)?),
    }
}

/// Listens at `path`, for the owner only. A file that nobody stands behind is replaced; a server that
/// lives is left alone, and so is whatever is no socket.
fn listen(stage: &Stage, path: &Path) -> Result<UnixListener, Error> {
    let failed = |error| Error::listening_at(path.display(), error);
    let (listener, stale) = match UnixListener::bind(path) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            if !fs::symlink_metadata(path).map_err(failed)?.file_type().is_socket() {
                return Err(Error::new(text::not_a_socket(path.display())));
            }
            match call(path) {
                Err(refusal) if refusal.kind() == io::ErrorKind::ConnectionRefused => {}
                _ => return Err(failed(error)), // it answers, or we cannot tell: then it is not ours to take
            }
            fs::remove_file(path).map_err(failed)?;
            (UnixListener::bind(path), true)
        }
        bound => (bound, false),
    };
    let listener = listener.map_err(failed)?;
    fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?;
    stage.listening_at(path.display());
    if stale {
        stage.fact(Side::SERVER, text::taken_over());
    }
    Ok(listener)
}

fn echo(stage: &Stage, listener: &UnixListener) -> Result<(), Error> {
    thread::scope(|scope| {
        for arrived in listener.incoming() {
            // As in lesson 03: one client's trouble is no reason to stop serving the others.
            let Ok(client) = arrived.and_then(|client| stage.tap_unix(Side::SERVER, client)) else {
                thread::sleep(PAUSE);
                continue;
            };
            let _ = thread::Builder::new().spawn_scoped(scope, move || io::copy(&mut &client, &mut &client));
        }
    });
    Ok(())
}

/// What you type goes to the server, what it says goes to your screen; Ctrl-D closes your half.
pub(crate) fn connect(stage: &Stage, path: &Path) -> Result<(), Error> {
    let server = call(path).map_err(|error| Error::connecting_to(path.display(), error))?;
    let server = Arc::new(stage.tap_unix(Side::CLIENT, server)?);
    let typing = Arc::clone(&server);
    // Nobody waits for this thread: when the server has gone, there is no one left to type to, and
    // it ends with the program.
    thread::spawn(move || {
        io::copy(&mut io::stdin(), &mut &*typing)?;
        typing.shutdown(Shutdown::Write)
    });
    io::copy(&mut &*server, &mut io::stdout())?;
    Ok(())
}

/// Calls, and does not wait for ever when the backlog is full.
fn call(path: &Path) -> io::Result<UnixStream> {
    let caller = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    caller.set_write_timeout(Some(PATIENCE))?; // on Linux, connect() keeps to it too
    caller.connect(&address(path)?)?;
    caller.set_write_timeout(None)?;
    Ok(caller.into())
}

/// A path, or `@name` for an abstract name, as `ss` writes it: a name that begins with a zero byte.
fn address(path: &Path) -> io::Result<SockAddr> {
    match abstract_name(path) {
        Some(name) => SockAddr::unix(format!("\0{name}")),
        None => SockAddr::unix(path),
    }
}

/// What stands behind the `@`. Elsewhere than on Linux, `@name` is a file like any other.
fn abstract_name(path: &Path) -> Option<&str> {
    path.to_str()?.strip_prefix('@').filter(|_| cfg!(any(target_os = "android", target_os = "linux")))
}
