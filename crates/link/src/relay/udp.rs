//! The relay for datagrams: one thread that reads for all clients, one for each client that reads what comes
//! back, and one that sends what is due.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, UdpSocket};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use socket2::SockRef;

use super::{LOOK_UP, Links, UDP_HEADERS, Way, beside, lock};
use crate::Deliveries;

/// How many clients have an upstream socket at the same time.
const CLIENTS: usize = 64;

/// How many bytes may be on the wire, both ways together. When there are more the relay does not read, and
/// the kernel's buffers do what they do when they are full.
const IN_FLIGHT: usize = 16 * 1024 * 1024;

/// What the relay asks for as its receive buffers, so that a burst is lost by the link and not by the
/// kernel; the system may grant less (`net.core.rmem_max`, socket(7)).
const RECEIVE_BUFFER: usize = 4 * 1024 * 1024;

/// How long to wait when nothing is due: whatever comes ends the wait.
const NOTHING_DUE: Duration = Duration::from_secs(3600);

/// More than the largest payload of UDP.
const LARGEST: usize = 65_536;

/// Starts a relay to `target`: where it listens, and what ends it.
pub(super) fn start(target: SocketAddr, links: Arc<Links>) -> io::Result<(SocketAddr, Running)> {
    let front = Arc::new(bound(target)?);
    let address = front.local_addr()?;
    let wire = Arc::new(Wire {
        links,
        state: Mutex::new(State { due: Deliveries::new(), bytes: 0, stopped: false }),
        changed: Condvar::new(),
    });
    let sender = thread::spawn({
        let wire = Arc::clone(&wire);
        move || wire.send_what_is_due()
    });
    let mut running = Running { wire: Arc::clone(&wire), threads: vec![sender] };
    running
        .threads
        .push(thread::spawn(move || Clients { front, target, wire, table: HashMap::new(), turn: 0 }.serve()));
    Ok((address, running))
}

/// Ends the relay when it is dropped.
pub(super) struct Running {
    wire: Arc<Wire>,
    threads: Vec<JoinHandle<()>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        lock(&self.wire.state).stopped = true;
        self.wire.changed.notify_all();
        for thread in self.threads.drain(..) {
            let _ = thread.join(); // a thread that panicked has said so
        }
    }
}

fn bound(target: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind(beside(target))?;
    socket.set_read_timeout(Some(LOOK_UP))?;
    SockRef::from(&socket).set_recv_buffer_size(RECEIVE_BUFFER)?;
    Ok(socket)
}

/// A datagram on the wire, and how it leaves.
struct Datagram {
    bytes: Vec<u8>,
    socket: Arc<UdpSocket>,
    /// The client; `None` on a socket that is connected to the target.
    to: Option<SocketAddr>,
}

struct Wire {
    links: Arc<Links>,
    state: Mutex<State>,
    /// Something was put on the wire or taken from it, or the relay stopped.
    changed: Condvar,
}

struct State {
    due: Deliveries<Arc<Datagram>>,
    /// The bytes of all that is due.
    bytes: usize,
    stopped: bool,
}

impl Wire {
    /// Lets the link decide about `datagram`.
    fn offer(&self, way: Way, datagram: Datagram) {
        let bytes = datagram.bytes.len();
        let datagram = Arc::new(datagram);
        let mut link = self.links.lock(way);
        let outcome = link.transmit(self.links.now(), bytes + UDP_HEADERS);
        // Both locks for a moment: what the link saw first is put on the wire first.
        let mut state = lock(&self.state);
        drop(link);
        for at in outcome.arrivals() {
            state.bytes += bytes;
            state.due.push(at, Arc::clone(&datagram));
        }
        self.changed.notify_all();
    }

    /// Waits until more may come onto the wire; false when the relay has stopped.
    fn has_room(&self) -> bool {
        let full = |state: &mut State| state.bytes > IN_FLIGHT && !state.stopped;
        !self.changed.wait_while(lock(&self.state), full).unwrap_or_else(PoisonError::into_inner).stopped
    }

    fn send_what_is_due(&self) {
        let mut state = lock(&self.state);
        while !state.stopped {
            let now = self.links.now();
            if let Some(datagram) = state.due.pop(now) {
                state.bytes -= datagram.bytes.len();
                drop(state);
                datagram.send();
                self.changed.notify_all();
                state = lock(&self.state);
            } else {
                let wait = state.due.next_at().map_or(NOTHING_DUE, |at| at.saturating_sub(now));
                state = self.changed.wait_timeout(state, wait).unwrap_or_else(PoisonError::into_inner).0;
            }
        }
    }
}

impl Datagram {
    fn send(&self) {
        let send = || match self.to {
            Some(client) => self.socket.send_to(&self.bytes, client),
            None => self.socket.send(&self.bytes),
        };
        // A connected socket reports that an *earlier* datagram was refused, and does not send this one
        // (udp(7)). That error is gone now. Any other means that this datagram cannot be sent.
        if send().is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused) {
            let _ = send();
        }
    }
}

/// Whoever sends through the relay, each with an upstream socket.
struct Clients {
    front: Arc<UdpSocket>,
    target: SocketAddr,
    wire: Arc<Wire>,
    table: HashMap<SocketAddr, Client>,
    /// The number of the last datagram.
    turn: u64,
}

struct Client {
    upstream: Arc<UdpSocket>,
    /// The number of its last datagram.
    spoke: u64,
    reader: JoinHandle<()>,
}

impl Clients {
    fn serve(mut self) {
        let mut buffer = vec![0; LARGEST];
        while self.wire.has_room() {
            match self.front.recv_from(&mut buffer) {
                Ok((length, client)) => {
                    // No socket for a new client: the system is at its limits, and this datagram is lost.
                    let Ok(socket) = self.upstream(client) else { continue };
                    self.wire.offer(Way::Forward, Datagram { bytes: buffer[..length].to_vec(), socket, to: None });
                }
                Err(error) if passes(&error) => {}
                Err(_) => break,
            }
        }
        for (_, client) in self.table.drain() {
            drop(client.upstream);
            let _ = client.reader.join();
        }
    }

    fn upstream(&mut self, address: SocketAddr) -> io::Result<Arc<UdpSocket>> {
        self.turn += 1;
        if let Some(client) = self.table.get_mut(&address) {
            client.spoke = self.turn;
            return Ok(Arc::clone(&client.upstream));
        }
        if self.table.len() >= CLIENTS {
            let silent_longest = self.table.iter().min_by_key(|(_, client)| client.spoke).map(|(&address, _)| address);
            silent_longest.and_then(|address| self.table.remove(&address));
        }
        let upstream = Arc::new(bound(self.target)?);
        upstream.connect(self.target)?;
        let reader = thread::spawn({
            let [upstream, front] = [&upstream, &self.front].map(Arc::clone);
            let wire = Arc::clone(&self.wire);
            move || read_answers(upstream, front, address, &wire)
        });
        self.table.insert(address, Client { upstream: Arc::clone(&upstream), spoke: self.turn, reader });
        Ok(upstream)
    }
}

/// Carries what `upstream` receives to `client`.
fn read_answers(upstream: Arc<UdpSocket>, front: Arc<UdpSocket>, client: SocketAddr, wire: &Wire) {
    let mut buffer = vec![0; LARGEST];
    // When the table has let go of the socket, and nothing on the wire needs it, the client is gone.
    while wire.has_room() && Arc::strong_count(&upstream) > 1 {
        match upstream.recv(&mut buffer) {
            Ok(length) => {
                let socket = Arc::clone(&front);
                wire.offer(Way::Back, Datagram { bytes: buffer[..length].to_vec(), socket, to: Some(client) });
            }
            Err(error) if passes(&error) => {}
            Err(_) => break,
        }
    }
}

/// True for an error after which the socket is as good as before: time to look up, a signal, or word of a
/// datagram that nobody received.
fn passes(error: &io::Error) -> bool {
    use ErrorKind::{ConnectionRefused, ConnectionReset, Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), WouldBlock | TimedOut | Interrupted | ConnectionRefused | ConnectionReset)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_datagram_is_sent_although_an_earlier_one_was_refused() {
        let target = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = target.local_addr().unwrap();
        let upstream = UdpSocket::bind("127.0.0.1:0").unwrap();
        upstream.connect(address).unwrap();
        drop(target);
        upstream.send(b"refused").unwrap(); // on loopback the refusal is there when this returns
        let target = UdpSocket::bind(address).unwrap();
        target.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        Datagram { bytes: b"taken".to_vec(), socket: Arc::new(upstream), to: None }.send();
        let mut buffer = [0; 100];
        assert_eq!(target.recv(&mut buffer).map(|length| &buffer[..length]).unwrap(), b"taken");
    }
}
