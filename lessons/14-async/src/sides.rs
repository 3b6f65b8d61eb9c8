//! One side at a time: the chat until Ctrl-C, and a member that is your keyboard and your screen.

use std::io::{self, BufRead, Read};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use narrate::{Error, Side, Stage};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::signal::ctrl_c;
use tokio::sync::mpsc;

use crate::chat::lines::{FrameError, Lines, MAX_LINE};
use crate::chat::{Chat, Limits, listen};
use crate::text;

/// Below the 1,024 descriptors that a process usually gets.
const LIMITS: Limits =
    Limits { max_clients: 1000, name_timeout: Duration::from_secs(10), burst: Duration::from_millis(300) };
/// How long the server waits after Ctrl-C for clients that still read.
const SHUTDOWN_DEADLINE: Duration = Duration::from_secs(5);
/// Lines typed and not yet sent.
const TYPED_LINES: usize = 4;

/// Builds a runtime of one thread: what a line costs is the calls to the kernel, not the program's own work.
fn runtime() -> io::Result<runtime::Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

/// Serves the chat until Ctrl-C; a second Ctrl-C does not wait for clients that still read.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    runtime()?.block_on(async {
        let listener = listen(address).map_err(|error| Error::listening(address, error))?;
        stage.listening(&listener)?;
        let chat = Chat::new(LIMITS);
        if stage.is_recording() {
            let tapper = stage.tapper(Side::SERVER).with_dissector(text::dissect); // for --tape
            tokio::spawn(Arc::clone(&chat).accept_loop(listener, move |stream| tapper.tap(stream)));
        } else {
            tokio::spawn(Arc::clone(&chat).accept_loop(listener, Ok));
        }
        // ANCHOR: ctrl_c
        ctrl_c().await?;
        stage.say(text::shutting_down(SHUTDOWN_DEADLINE.as_secs()));
        let report = tokio::select! {
            report = chat.shutdown(SHUTDOWN_DEADLINE) => report,
            Ok(()) = ctrl_c() => chat.shutdown(Duration::ZERO).await,
        };
        // ANCHOR_END: ctrl_c
        stage.say(text::report(&report, SHUTDOWN_DEADLINE));
        Ok(())
    })
}

/// Sends what you type and prints what the others send; Ctrl-D leaves.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    runtime()?.block_on(async {
        let stream = TcpStream::connect(address).await.map_err(|error| Error::connecting(address, error))?;
        let (reader, mut writer) = tokio::io::split(stage.tap(Side::CLIENT, stream)?);
        let mut lines = Lines::new(reader);
        let (mut typed, mut typing) = (type_lines(), true);
        loop {
            tokio::select! {
                line = lines.next() => match line {
                    Ok(Some(line)) => stage.line(&line),
                    Ok(None) => return Ok(()),
                    Err(FrameError::Io(error)) => return Err(error.into()),
                    Err(FrameError::TooLong) => return Err(Error::new(text::no_chat(address, MAX_LINE))),
                },
                line = typed.recv(), if typing => match line {
                    // Not in the branch itself: `select!` would drop a write that is half done.
                    Some(line) => writer.write_all(&line).await?,
                    None => {
                        writer.shutdown().await?; // and go on receiving, to the end
                        typing = false;
                    }
                },
            }
        }
    })
}

/// Reads the keyboard in a thread of its own, since reading it blocks. No code waits for that thread: it ends
/// with the program.
fn type_lines() -> mpsc::Receiver<Vec<u8>> {
    let (sender, typed) = mpsc::channel(TYPED_LINES);
    thread::spawn(move || {
        let mut keyboard = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            match keyboard.by_ref().take(MAX_LINE as u64 + 1).read_until(b'\n', &mut line) {
                Ok(1..) if sender.blocking_send(line).is_ok() => {}
                _ => return,
            }
        }
    });
    typed
}
