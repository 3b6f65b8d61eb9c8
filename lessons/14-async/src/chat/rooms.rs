//! Who is in which room, and a queue of lines for each of them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Lines that wait for one member. Who lets them grow to more is dropped.
pub(crate) const QUEUE: usize = 64;

/// One line for everybody: each queue holds a pointer to the same text.
pub(crate) type Line = Arc<str>;

/// Shared by all tasks. The lock is held for a moment and never across an `.await`.
#[derive(Default)]
pub(crate) struct Rooms(Mutex<State>);

#[derive(Default)]
struct State {
    rooms: HashMap<String, Vec<Member>>,
    arrivals: u64,
    closed: bool,
}

struct Member {
    arrival: u64,
    name: String,
    queue: mpsc::Sender<Line>,
    dropped: CancellationToken,
}

/// A place in a room. Whoever lets go of it, for whatever reason, has left: the others hear `- name`.
pub(crate) struct Place {
    rooms: Arc<Rooms>,
    room: String,
    name: String,
    arrival: u64,
    dropped: CancellationToken,
}

impl Rooms {
    /// Adds `name` to `room`; `None` when the name is taken there, or the server leaves.
    pub(crate) fn join(self: &Arc<Rooms>, name: &str, room: &str) -> Option<(Place, mpsc::Receiver<Line>)> {
        let mut state = self.lock();
        let (dropped, arrival) = (CancellationToken::new(), state.arrivals);
        let members = state.rooms.get(room).map_or(&[][..], Vec::as_slice);
        if state.closed || members.iter().any(|member| member.name == name) {
            return None;
        }
        let there: String = members.iter().map(|member| format!(" {}", member.name)).collect();
        let (queue, lines) = mpsc::channel(QUEUE);
        queue.try_send(format!("={there}\n").into()).ok()?; // an empty queue has room
        state.arrivals += 1;
        let members = state.rooms.entry(room.to_owned()).or_default();
        tell(members, format!("+ {name}\n").into(), arrival);
        members.push(Member { arrival, name: name.to_owned(), queue, dropped: dropped.clone() });
        Some((Place { rooms: Arc::clone(self), room: room.to_owned(), name: name.to_owned(), arrival, dropped }, lines))
    }

    /// From now on nobody joins and nobody speaks. Each queue ends behind its last line.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.rooms.clear(); // and with the members the sending ends of their queues
    }

    /// How many lines wait for a member; `None` when there is no such member.
    pub(crate) fn waiting(&self, name: &str, room: &str) -> Option<usize> {
        let state = self.lock();
        let member = state.rooms.get(room)?.iter().find(|member| member.name == name)?;
        Some(QUEUE - member.queue.capacity())
    }

    /// A task that panicked while it held the lock must not silence the others.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Says `line` to everybody else in the room.
    pub(crate) fn say(&self, line: &str) {
        let line = format!("{}: {line}\n", self.name).into();
        if let Some(members) = self.rooms.lock().rooms.get_mut(&self.room) {
            tell(members, line, self.arrival);
        }
    }

    /// Waits until this member's queue was full and it is no longer in the room.
    pub(crate) async fn dropped(&self) {
        self.dropped.cancelled().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.rooms.lock();
        let Some(members) = state.rooms.get_mut(&self.room) else { return };
        // By the number of its arrival: the name may already be somebody else's.
        if let Some(at) = members.iter().position(|member| member.arrival == self.arrival) {
            members.remove(at);
            tell(members, format!("- {}\n", self.name).into(), self.arrival);
        }
        if members.is_empty() {
            state.rooms.remove(&self.room);
        }
    }
}

// ANCHOR: tell
/// Puts `line` into the queue of everybody but its author, without waiting for anybody.
fn tell(members: &mut Vec<Member>, line: Line, author: u64) {
    let mut news = VecDeque::from([(line, author)]);
    while let Some((line, author)) = news.pop_front() {
        members.retain(|member| {
            if member.arrival == author || member.queue.try_send(Arc::clone(&line)).is_ok() {
                return true;
            }
            member.dropped.cancel(); // its queue is full: it does not read, or not fast enough
            news.push_back((format!("- {}\n", member.name).into(), member.arrival));
            false
        });
    }
}
// ANCHOR_END: tell
