//! One side at a time: a server that echoes, and a client that is your keyboard and your screen.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use narrate::{Error, Side, Stage};

/// How long to wait after a failed `accept`, so that clients may leave and free something.
const PAUSE: Duration = Duration::from_millis(50);

/// Echoes whatever each client sends, a thread per client, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(listener.local_addr()?);
    thread::scope(|scope| {
        for arrived in listener.incoming() {
            // A client that was gone before we accepted it is no reason to stop serving the others. Nor
            // is a lack of descriptors; but then accept() would only fail again at once.
            let Ok(client) = arrived.and_then(|client| stage.tap(Side::SERVER, client)) else {
                thread::sleep(PAUSE);
                continue;
            };
            // Without a thread left for it, `client` is dropped here, which closes it.
            let _ = thread::Builder::new().spawn_scoped(scope, move || io::copy(&mut &client, &mut &client));
        }
    });
    Ok(())
}

/// What you type goes to the server, what it says goes to your screen; Ctrl-D closes your half.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let server = Arc::new(stage.tap(Side::CLIENT, server)?);
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
