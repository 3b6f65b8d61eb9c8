//! One side at a time: a server that shows every read and every frame, and a client that sends what you type.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use narrate::{Error, Side, Stage};

use crate::receive::{FrameError, receive};
use crate::{dissect, frame, line, text};

/// Up to two pages in one read: more than a network card usually brings at once.
const BUFFER_SIZE: usize = 8192;
/// How long one side waits for the other: people type slowly.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// Shows what each client sends, read by read and frame by frame; one client at a time.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(&listener)?;
    stage.show_calls();
    for accepted in listener.incoming() {
        // A client that has left before `accept` is no reason to stop serving the others.
        let Ok(mut client) = accepted.and_then(|client| stage.tap(Side::SERVER, client)) else { continue };
        if client.set_read_timeout(Some(IDLE_TIMEOUT)).is_err() {
            continue;
        }
        stage.step(text::client_connected());
        let end = receive(&mut client, BUFFER_SIZE, frame::end, |whole| {
            stage.fact(Side::SERVER, text::a_frame(dissect::quoted(frame::message(whole))));
            Ok(())
        });
        stage.fact(Side::SERVER, end.map_or_else(|error| error.to_string(), |()| text::clean_end()));
    }
    Ok(())
}

/// Sends each line that you type as one frame. Your keyboard is a stream too, of lines.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let server = TcpStream::connect(address).map_err(|error| Error::connecting(address, error))?;
    let mut server = stage.tap(Side::CLIENT, server)?.with_dissector(dissect::frames);
    server.set_write_timeout(Some(IDLE_TIMEOUT))?;
    stage.show_calls();
    let end = receive(io::stdin().lock(), BUFFER_SIZE, line::end, |whole| {
        server.write_all(&frame::frame(line::text(whole))?)?; // one write: header and message together
        Ok(())
    });
    match end {
        Err(FrameError::CutShort { kept }) => Err(Error::new(text::unfinished_line(kept))),
        end => Ok(end?),
    }
}
