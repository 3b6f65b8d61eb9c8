//! An echo server that is one event loop: one thread, one `poll`, thousands of clients.
//!
//! You can copy this file into `src/` of a project of your own, together with the folder `server/`. It uses nothing
//! else of the course. Your `Cargo.toml` needs:
//!
//!     [dependencies]
//!     mio = { version = "1", features = ["net", "os-poll"] }
//!
//! Start it from `main`:
//!
//!     mod server;
//!
//!     fn main() -> std::io::Result<()> {
//!         let listener = mio::net::TcpListener::bind(([127, 0, 0, 1], 7013).into())?;
//!         server::EventLoop::new(listener, Ok)?.run(false)
//!     }
//!
//! `Ok` takes each accepted stream as it is. A function in its place may wrap it, as TLS or a recorder does.

mod connection;
mod slab;

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::time::Duration;

use mio::event::Source;
use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};

use connection::{BUFFER_SIZE, Connection, Progress};
use slab::Slab;

/// The most connections at once. More clients wait in the backlog.
pub const MAX_CONNECTIONS: usize = 20_000;
/// The listener's token. The tokens of connections are their keys in the slab, counted from 0.
const LISTENER: Token = Token(usize::MAX);
/// The most connections that are accepted before the others are processed again.
const MAX_ACCEPTS: usize = 64;
/// How long to wait after a failed `accept`, so that something may become free.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Whether `accept` is worth trying.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AcceptState {
    /// No connection waits: `accept` has said so.
    Idle,
    /// Connections may wait.
    Ready,
    /// Connections may wait, but the slab is full.
    AtCapacity,
    /// `accept` failed: no descriptor is free, in this process or in the whole system. Edge-triggered: no further
    /// event will arrive for the connections that wait already.
    Backoff,
}

/// The event loop. `wrap` makes the stream that is served out of the one that was accepted.
pub struct EventLoop<S, W> {
    poll: Poll,
    listener: TcpListener,
    wrap: W,
    accept_state: AcceptState,
    connections: Slab<Connection<S>>,
    /// Keys of connections that have something to do, each once.
    run_queue: VecDeque<usize>,
}

impl<S: Read + Write + Source, W: Fn(TcpStream) -> io::Result<S>> EventLoop<S, W> {
    pub fn new(mut listener: TcpListener, wrap: W) -> io::Result<EventLoop<S, W>> {
        let poll = Poll::new()?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        let (connections, run_queue) = (Slab::new(), VecDeque::new());
        Ok(EventLoop { poll, listener, wrap, accept_state: AcceptState::Idle, connections, run_queue })
    }

    /// Echoes what each client sends, all of them in this thread; with `until_empty`, until the last one has left.
    // ANCHOR: loop
    pub fn run(&mut self, until_empty: bool) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        let mut buffer = vec![0; BUFFER_SIZE]; // one for all: no connection's bytes stay in it
        loop {
            match self.poll.poll(&mut events, self.poll_timeout()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            // First, every event goes into the run queue; slots are freed and filled only after that.
            // So no event of this batch can mean a client that has got another's slot.
            for event in &events {
                match event.token() {
                    LISTENER => self.accept_state = AcceptState::Ready,
                    Token(key) => self.enqueue(key),
                }
            }
            let before = self.connections.len();
            for _ in 0..self.run_queue.len() {
                self.process_next(&mut buffer);
            }
            self.accept_pending();
            if until_empty && before > 0 && self.connections.len() == 0 {
                return Ok(());
            }
        }
    }

    /// Returns how long `poll` may sleep: not at all while work is left over, and forever when there is none.
    fn poll_timeout(&self) -> Option<Duration> {
        match self.accept_state {
            _ if !self.run_queue.is_empty() => Some(Duration::ZERO),
            AcceptState::Ready => Some(Duration::ZERO),
            AcceptState::Backoff => Some(ACCEPT_RETRY_DELAY),
            AcceptState::Idle | AcceptState::AtCapacity => None,
        }
    }
    // ANCHOR_END: loop

    fn enqueue(&mut self, key: usize) {
        if self.connections.get_mut(key).is_some_and(Connection::needs_queueing) {
            self.run_queue.push_back(key);
        }
    }

    // ANCHOR: process
    fn process_next(&mut self, buffer: &mut [u8]) {
        let Some(key) = self.run_queue.pop_front() else { return };
        let Some(connection) = self.connections.get_mut(key) else { return };
        match connection.process(buffer, self.poll.registry(), Token(key)) {
            Ok(Progress::Blocked) => {}
            Ok(Progress::MoreToRead) => self.enqueue(key), // behind the others
            // The end, or an error of this connection alone: the others go on.
            Ok(Progress::Finished) | Err(_) => {
                self.connections.remove(key); // dropped, which closes it and takes it out of the poll
                if self.accept_state != AcceptState::Idle {
                    self.accept_state = AcceptState::Ready;
                }
            }
        }
    }
    // ANCHOR_END: process

    // ANCHOR: accept
    fn accept_pending(&mut self) {
        for _ in 0..MAX_ACCEPTS {
            if self.accept_state == AcceptState::Idle {
                return;
            }
            if self.connections.len() >= MAX_CONNECTIONS {
                self.accept_state = AcceptState::AtCapacity;
                return;
            }
            match self.listener.accept() {
                Ok((stream, _)) => {
                    let Ok(mut stream) = (self.wrap)(stream) else { continue };
                    let key = self.connections.next_key();
                    // Bytes that came before this are reported as an event too.
                    if self.poll.registry().register(&mut stream, Token(key), Interest::READABLE).is_ok() {
                        self.connections.insert(Connection::new(stream));
                    }
                }
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock => self.accept_state = AcceptState::Idle,
                    ErrorKind::Interrupted => {}
                    ErrorKind::ConnectionAborted => {} // closed by the client while it waited
                    _ => {
                        self.accept_state = AcceptState::Backoff;
                        return;
                    }
                },
            }
        }
    }
    // ANCHOR_END: accept
}
