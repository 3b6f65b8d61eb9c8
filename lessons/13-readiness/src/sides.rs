//! The clients of the story; and one side at a time: the event loop until Ctrl-C, clients until you press Ctrl-D.

use std::env;
use std::io::{self, BufRead, Read};
use std::net::SocketAddr;

use mio::net::TcpListener;
use narrate::{Error, Side, Stage};

use crate::server::{EventLoop, MAX_CONNECTIONS};
use crate::{limit, many_clients, text};

pub(crate) const MAI: Side = Side::client("mai");
pub(crate) const BINH: Side = Side::client("binh");
pub(crate) const LAN: Side = Side::client("lan");

/// The longest line that is read from the keyboard, in bytes.
const MAX_LINE: u64 = 200;

/// Echoes what each client sends, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    limit::raise((MAX_CONNECTIONS + limit::OTHER_DESCRIPTORS) as u64);
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(&listener)?;
    let until_empty = env::var_os(many_clients::UNTIL_EMPTY).is_some();
    if stage.is_recording() {
        let tapper = stage.tapper(Side::SERVER); // for --tape
        EventLoop::new(listener, |stream| tapper.tap(stream))?.run(until_empty)?;
    } else {
        EventLoop::new(listener, Ok)?.run(until_empty)?;
    }
    Ok(())
}

/// Opens as many connections as it may, and exchanges a message on each whenever you press Enter.
pub(crate) fn connect(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    let count = many_clients::raise_limit(stage);
    let clients = many_clients::open(stage, address, count)?;
    let mut round = 0;
    loop {
        many_clients::exchange(stage, &clients, round)?;
        stage.say(text::press_enter());
        round += clients.len();
        if io::stdin().lock().take(MAX_LINE).read_line(&mut String::new())? == 0 {
            return Ok(()); // Ctrl-D
        }
    }
}
