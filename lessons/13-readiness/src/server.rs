//! The event loop: one thread, one `poll`, and an echo for whoever calls.

mod connection;
mod seats;

use std::collections::VecDeque;
use std::env;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use mio::net::TcpListener;
use mio::{Events, Interest, Poll, Token};
use narrate::{Error, Side, Stage};

use crate::limit;
use connection::{Connection, ROOM, Turn};
use seats::Seats;

/// Set for the server of the story: it ends when its last caller has left.
pub(crate) const UNTIL_EMPTY: &str = "LESSON13_UNTIL_EMPTY";

/// The listener's token. The tokens of connections are their seats, counted from 0.
const LISTENER: Token = Token(usize::MAX);
/// The most connections that we hold, and the descriptors we ask for. More callers wait in the backlog.
const SEATS: usize = 20_000;
/// Callers that are accepted before the others have their turn again.
const AT_ONCE: usize = 64;
/// How long to wait after a failed `accept`, so that something may become free.
const PAUSE: Duration = Duration::from_millis(50);

/// Echoes whatever each client sends, all of them in this thread, until Ctrl-C.
pub(crate) fn serve(stage: &Stage, address: SocketAddr) -> Result<(), Error> {
    limit::raise(SEATS as u64 + 64);
    let listener = TcpListener::bind(address).map_err(|error| Error::listening(address, error))?;
    stage.listening(listener.local_addr()?);
    EventLoop::new(stage, listener)?.run(env::var_os(UNTIL_EMPTY).is_some())?;
    Ok(())
}

/// What is known about those who wait to be accepted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callers {
    /// There is nobody: `accept` has said so.
    None,
    /// There may be some.
    Some,
    /// There are, but no seat is free.
    NoSeat,
    /// `accept` failed: no descriptor is free, in this process or in the whole system. An edge is told once, so
    /// nobody will remind us of those who wait.
    Failed,
}

struct EventLoop<'a> {
    stage: &'a Stage,
    poll: Poll,
    listener: TcpListener,
    callers: Callers,
    seats: Seats,
    /// Seats that have something to do, each once.
    turns: VecDeque<usize>,
}

impl EventLoop<'_> {
    fn new(stage: &Stage, mut listener: TcpListener) -> io::Result<EventLoop<'_>> {
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (callers, seats, turns) = (Callers::None, Seats::new(SEATS), VecDeque::new());
        Ok(EventLoop { stage, poll, listener, callers, seats, turns })
    }

    // ANCHOR: loop
    fn run(&mut self, until_empty: bool) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        let mut room = vec![0; ROOM]; // one for all: nobody's bytes stay in it
        loop {
            match self.poll.poll(&mut events, self.patience()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            // First every event becomes a turn; seats change hands only after that. So
            // no event still to be read can mean a client who has another's seat.
            for event in &events {
                match event.token() {
                    LISTENER => self.callers = Callers::Some,
                    Token(seat) => self.queue(seat),
                }
            }
            for _ in 0..self.turns.len() {
                self.take_turn(&mut room);
            }
            self.accept();
            if until_empty && self.seats.left_alone() {
                return Ok(());
            }
        }
    }

    /// With work left over we only look for events; with none we sleep.
    fn patience(&self) -> Option<Duration> {
        match self.callers {
            _ if !self.turns.is_empty() => Some(Duration::ZERO),
            Callers::Some => Some(Duration::ZERO),
            Callers::Failed => Some(PAUSE),
            Callers::None | Callers::NoSeat => None,
        }
    }
    // ANCHOR_END: loop

    fn queue(&mut self, seat: usize) {
        if self.seats.get(seat).is_some_and(Connection::wants_a_turn) {
            self.turns.push_back(seat);
        }
    }

    // ANCHOR: turn
    fn take_turn(&mut self, room: &mut [u8]) {
        let Some(seat) = self.turns.pop_front() else { return };
        let Some(connection) = self.seats.get(seat) else { return };
        match connection.take_turn(room, self.poll.registry(), Token(seat)) {
            Ok(Turn::Waits) => {}
            Ok(Turn::HasMore) => self.queue(seat), // behind the others
            // The end, or an error that is this client's own: the others go on.
            Ok(Turn::Over) | Err(_) => {
                self.seats.leave(seat); // dropped, which closes it and takes it out of the poll
                if self.callers != Callers::None {
                    self.callers = Callers::Some;
                }
            }
        }
    }
    // ANCHOR_END: turn

    // ANCHOR: accept
    fn accept(&mut self) {
        for _ in 0..AT_ONCE {
            if self.callers == Callers::None {
                return;
            }
            if self.seats.all_taken() {
                self.callers = Callers::NoSeat;
                return;
            }
            match self.listener.accept() {
                Ok((stream, peer)) => {
                    let Ok(local) = stream.local_addr() else { continue };
                    let mut stream = self.stage.overhear(Side::SERVER, stream, local, peer);
                    let seat = self.seats.next();
                    // Bytes that came before this are told as an event too.
                    let registry = self.poll.registry();
                    if registry.register(&mut *stream, Token(seat), Interest::READABLE).is_ok() {
                        self.seats.take(Connection::new(stream));
                    }
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.callers = Callers::None,
                    ErrorKind::Interrupted => {}
                    ErrorKind::ConnectionAborted => {} // gone before we came
                    _ => {
                        self.callers = Callers::Failed;
                        return;
                    }
                },
            }
        }
    }
    // ANCHOR_END: accept
}
