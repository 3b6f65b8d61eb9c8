//! The relay for streams: who is accepted, and how it all ends.

mod connection;
mod delay_queue;

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::SockRef;

use super::{LOOK_UP, Links, beside, lock};
use connection::Connection;

/// How many connections the relay carries at the same time; the next ones wait in the backlog. Each has
/// four threads and at most two queues of bytes.
const CONNECTIONS: usize = 128;

/// How long the target may take to accept.
const CONNECT: Duration = Duration::from_secs(10);

/// Starts a relay to `target`: where it listens, and what ends it.
pub(super) fn start(target: SocketAddr, links: Arc<Links>) -> io::Result<(SocketAddr, Running)> {
    let listener = TcpListener::bind(beside(target))?;
    let address = listener.local_addr()?;
    let accepted = Arc::new(Accepted { state: Mutex::default(), changed: Condvar::new() });
    let accepting = thread::spawn({
        let accepted = Arc::clone(&accepted);
        move || accept(&listener, target, &links, &accepted)
    });
    Ok((address, Running { address, accepted, accepting: Some(accepting) }))
}

/// Ends the relay and its connections when it is dropped.
pub(super) struct Running {
    address: SocketAddr,
    accepted: Arc<Accepted>,
    accepting: Option<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepted.stop();
        // std cannot call off an `accept`; a connection of our own lets it return. When that finds no room
        // in the backlog, `accept` has something to return anyway.
        let _ = TcpStream::connect_timeout(&self.address, LOOK_UP);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join(); // a thread that panicked has said so
        }
    }
}

/// The connections that are carried.
struct Accepted {
    state: Mutex<State>,
    /// A connection has ended, or the relay stopped.
    changed: Condvar,
}

#[derive(Default)]
struct State {
    open: usize,
    connections: Vec<Weak<Connection>>,
    stopped: bool,
}

impl Accepted {
    fn stop(&self) {
        let mut state = lock(&self.state);
        state.stopped = true;
        for connection in state.connections.drain(..).filter_map(|connection| connection.upgrade()) {
            connection.abandon();
        }
        self.changed.notify_all();
    }

    /// Waits until one more connection may be open; false when the relay has stopped.
    fn has_room(&self) -> bool {
        let full = |state: &mut State| state.open >= CONNECTIONS && !state.stopped;
        !self.changed.wait_while(lock(&self.state), full).unwrap_or_else(PoisonError::into_inner).stopped
    }

    /// Takes note of `connection`; false when the relay has stopped.
    fn admit(&self, connection: &Arc<Connection>) -> bool {
        let mut state = lock(&self.state);
        if !state.stopped {
            state.connections.retain(|connection| connection.strong_count() > 0);
            state.connections.push(Arc::downgrade(connection));
        }
        !state.stopped
    }
}

fn accept(listener: &TcpListener, target: SocketAddr, links: &Arc<Links>, accepted: &Arc<Accepted>) {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    while accepted.has_room() {
        let client = match listener.accept() {
            Ok((client, _)) => client,
            Err(_) => {
                // The client has gone again, or the process is out of descriptors: wait, then go on.
                thread::sleep(LOOK_UP);
                continue;
            }
        };
        if lock(&accepted.state).stopped {
            break;
        }
        lock(&accepted.state).open += 1;
        threads.retain(|thread| !thread.is_finished());
        let links = Arc::clone(links);
        let accepted = Arc::clone(accepted);
        threads.push(thread::spawn(move || {
            carry(client, target, links, &accepted);
            lock(&accepted.state).open -= 1;
            accepted.changed.notify_all();
        }));
    }
    for thread in threads {
        let _ = thread.join();
    }
}

/// Continues `client` to `target` until both have ended.
fn carry(client: TcpStream, target: SocketAddr, links: Arc<Links>, accepted: &Accepted) {
    let connected = TcpStream::connect_timeout(&target, CONNECT);
    let connection = connected.and_then(|server| Connection::new(client.try_clone()?, server, links));
    match connection {
        Ok(connection) => {
            drop(client);
            let connection = Arc::new(connection);
            if accepted.admit(&connection) {
                connection.carry();
            }
        }
        Err(_) => reset_when_dropped(&client),
    }
}

/// Closing `stream` now sends a reset and no FIN: linger of zero, socket(7).
fn reset_when_dropped(stream: &TcpStream) {
    let _ = SockRef::from(stream).set_linger(Some(Duration::ZERO)); // it is gone already: no need
}
