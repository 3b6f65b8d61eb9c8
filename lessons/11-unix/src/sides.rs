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

use crate::folder::Folder;
use crate::{OWNER_ONLY, server, text};

/// How long `connect` waits for a place in the server's backlog.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Echoes whatever each client sends, a thread per client, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, path: Option<&Path>) -> Result<(), Error> {
    let Some(path) = path else {
        let folder = Folder::create()?;
        return echo(stage, &listen(stage, &folder.join("echo.sock"))?);
    };
    match abstract_name(path) {
        Some(_) => {
            let listener = Socket::new(Domain::UNIX, Type::STREAM, None)?;
            let bound = address(path).and_then(|address| listener.bind(&address)).and_then(|()| listener.listen(128));
            bound.map_err(|error| Error::listening_at(path.display(), error))?;
            let listener = listener.into();
            stage.listening(&listener)?;
            echo(stage, &listener)
        }
        None => echo(stage, &listen(stage, &absolute(path)?)?),
    }
}

/// Listens at `path`, for the owner only. Replaces a socket file whose server has ended; leaves a running
/// server alone, and every file that is not a socket.
fn listen(stage: &Stage, path: &Path) -> Result<UnixListener, Error> {
    let failed = |error| Error::listening_at(path.display(), error);
    let (listener, stale) = match UnixListener::bind(path) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            if !fs::symlink_metadata(path).map_err(failed)?.file_type().is_socket() {
                return Err(Error::new(text::not_a_socket(path.display())));
            }
            match connect_to(path) {
                Err(refusal) if refusal.kind() == io::ErrorKind::ConnectionRefused => {}
                _ => return Err(failed(error)), // it is in use, or we cannot tell
            }
            fs::remove_file(path).map_err(failed)?;
            (UnixListener::bind(path), true)
        }
        bound => (bound, false),
    };
    let listener = listener.map_err(failed)?;
    fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY))?;
    stage.listening(&listener)?;
    if stale {
        stage.fact(Side::SERVER, text::replaced());
    }
    Ok(listener)
}

fn echo(stage: &Stage, listener: &UnixListener) -> Result<(), Error> {
    let tapper = stage.tapper(Side::SERVER);
    server::serve(listener, |stream| tapper.tap(stream));
    Ok(())
}

/// Sends what you type, prints what the server sends. Ctrl-D closes the sending half.
pub(crate) fn connect(stage: &Stage, path: &Path) -> Result<(), Error> {
    let server = connect_to(path).map_err(|error| Error::connecting_to(path.display(), error))?;
    let server = Arc::new(stage.tap(Side::CLIENT, server)?);
    let keyboard = Arc::clone(&server);
    // Not joined: when the server has closed there is nothing left to send to, and the thread, which may
    // wait for the keyboard, ends with the program.
    thread::spawn(move || {
        io::copy(&mut io::stdin(), &mut &*keyboard)?;
        keyboard.shutdown(Shutdown::Write)
    });
    io::copy(&mut &*server, &mut io::stdout())?;
    Ok(())
}

/// Connects, and gives up after [`CONNECT_TIMEOUT`] when the backlog is full.
fn connect_to(path: &Path) -> io::Result<UnixStream> {
    let client = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    client.set_write_timeout(Some(CONNECT_TIMEOUT))?; // on Linux it limits connect() too
    client.connect(&address(path)?)?;
    client.set_write_timeout(None)?;
    Ok(client.into())
}

/// A path, or `@name` for an abstract name, as `ss` writes it: a name that begins with a zero byte.
fn address(path: &Path) -> io::Result<SockAddr> {
    match abstract_name(path) {
        Some(name) => SockAddr::unix(format!("\0{name}")),
        None => SockAddr::unix(path),
    }
}

/// The part after the `@`. On systems other than Linux, `@name` is a file like any other.
fn abstract_name(path: &Path) -> Option<&str> {
    path.to_str()?.strip_prefix('@').filter(|_| cfg!(any(target_os = "android", target_os = "linux")))
}
