//! One side at a time: the chat until Ctrl-C, and a member who is your keyboard and your screen.

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

use crate::chat::lines::{Broken, LONGEST, Lines};
use crate::chat::{Chat, Limits, listen};
use crate::{annotate, text};

/// Below the 1,024 descriptors that a process usually gets.
const LIMITS: Limits =
    Limits { clients: 1000, name_within: Duration::from_secs(10), ahead: Duration::from_millis(300) };
/// How long the server waits for those who still read, after Ctrl-C.
const LEAVING: Duration = Duration::from_secs(5);
/// Lines typed and not yet sent.
const TYPED: usize = 4;

/// One thread serves them all: what a line costs is the calls to the kernel, not our own work.
fn runtime() -> io::Result<runtime::Runtime> {
    runtime::Builder::new_current_thread().enable_all().build()
}

/// The chat, until Ctrl-C; a second Ctrl-C does not wait for anybody.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    runtime()?.block_on(async {
        let listener = listen(address).map_err(|error| Error::listening(address, error))?;
        stage.listening(listener.local_addr()?);
        let chat = Chat::new(LIMITS, stage.tapper(Side::SERVER).speaking(annotate::chat));
        tokio::spawn(Arc::clone(&chat).accept(listener));
        // ANCHOR: ctrl_c
        ctrl_c().await?;
        stage.say(text::leaving(LEAVING.as_secs()));
        let left = tokio::select! {
            left = chat.leave(LEAVING) => left,
            Ok(()) = ctrl_c() => chat.leave(Duration::ZERO).await,
        };
        // ANCHOR_END: ctrl_c
        stage.say(text::left(&left, LEAVING));
        Ok(())
    })
}

/// What you type goes to the room, what the others say goes to your screen; Ctrl-D leaves.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    runtime()?.block_on(async {
        let stream = TcpStream::connect(address).await.map_err(|error| Error::connecting(address, error))?;
        let (reader, mut writer) = tokio::io::split(stage.tapper(Side::CLIENT).tap(stream)?);
        let mut lines = Lines::new(reader);
        let (mut typed, mut typing) = (type_lines(), true);
        loop {
            tokio::select! {
                line = lines.next() => match line {
                    Ok(Some(line)) => stage.line(&line),
                    Ok(None) => return Ok(()),
                    Err(Broken::Network(error)) => return Err(error.into()),
                    Err(Broken::TooLong) => return Err(Error::new(text::no_chat(address, LONGEST))),
                },
                line = typed.recv(), if typing => match line {
                    // Not in the branch itself: `select!` would drop a write that is half done.
                    Some(line) => writer.write_all(&line).await?,
                    None => {
                        writer.shutdown().await?; // and go on hearing, to the end
                        typing = false;
                    }
                },
            }
        }
    })
}

/// Reading the keyboard blocks, so it has a thread of its own. Nobody waits for that thread: it ends
/// with the program.
fn type_lines() -> mpsc::Receiver<Vec<u8>> {
    let (sender, typed) = mpsc::channel(TYPED);
    thread::spawn(move || {
        let mut keyboard = io::stdin().lock();
        loop {
            let mut line = Vec::new();
            match keyboard.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line) {
                Ok(1..) if sender.blocking_send(line).is_ok() => {}
                _ => return,
            }
        }
    });
    typed
}
