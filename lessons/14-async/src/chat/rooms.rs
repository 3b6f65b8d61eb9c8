//! The members of each room, and a queue of lines for each member.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Lines that may wait for one member. A member whose queue is full is evicted.
pub const QUEUE_CAPACITY: usize = 64;

/// One line for all members: each queue holds a pointer to the same text.
pub type Line = Arc<str>;

/// Shared by all tasks. The lock is held for a moment and never across an `.await`.
#[derive(Default)]
pub struct Rooms(Mutex<State>);

#[derive(Default)]
struct State {
    rooms: HashMap<String, Vec<Member>>,
    next_id: u64,
    closed: bool,
}

struct Member {
    id: u64,
    name: String,
    queue: mpsc::Sender<Line>,
    evicted: CancellationToken,
}

/// Membership of a room. Dropping it, for whatever reason, leaves the room: the others get `- name`.
pub struct Membership {
    rooms: Arc<Rooms>,
    room: String,
    name: String,
    id: u64,
    evicted: CancellationToken,
}

impl Rooms {
    /// Adds `name` to `room`; returns `None` when the name is taken there, or after [`Rooms::close`].
    pub fn join(self: &Arc<Rooms>, name: &str, room: &str) -> Option<(Membership, mpsc::Receiver<Line>)> {
        let mut state = self.lock();
        let (evicted, id) = (CancellationToken::new(), state.next_id);
        let members = state.rooms.get(room).map_or(&[][..], Vec::as_slice);
        if state.closed || members.iter().any(|member| member.name == name) {
            return None;
        }
        let present: String = members.iter().map(|member| format!(" {}", member.name)).collect();
        let (queue, lines) = mpsc::channel(QUEUE_CAPACITY);
        queue.try_send(format!("={present}\n").into()).ok()?; // an empty queue has space
        state.next_id += 1;
        let members = state.rooms.entry(room.to_owned()).or_default();
        broadcast(members, format!("+ {name}\n").into(), id);
        members.push(Member { id, name: name.to_owned(), queue, evicted: evicted.clone() });
        Some((Membership { rooms: Arc::clone(self), room: room.to_owned(), name: name.to_owned(), id, evicted }, lines))
    }

    /// Empties all rooms for good: no more joins, no more lines. Each queue ends behind its last line.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.rooms.clear(); // and with the members the sending ends of their queues
    }

    /// Returns how many lines wait for a member; `None` when there is no such member.
    pub fn queued(&self, name: &str, room: &str) -> Option<usize> {
        let state = self.lock();
        let member = state.rooms.get(room)?.iter().find(|member| member.name == name)?;
        Some(QUEUE_CAPACITY - member.queue.capacity())
    }

    /// A task that panicked while it held the lock must not silence the others.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Membership {
    /// Sends `line` to all other members of the room.
    pub fn send(&self, line: &str) {
        let line = format!("{}: {line}\n", self.name).into();
        if let Some(members) = self.rooms.lock().rooms.get_mut(&self.room) {
            broadcast(members, line, self.id);
        }
    }

    /// Waits until this member has been removed from the room because its queue was full.
    pub async fn evicted(&self) {
        self.evicted.cancelled().await;
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut state = self.rooms.lock();
        let Some(members) = state.rooms.get_mut(&self.room) else { return };
        // By its id: the name may belong to another member by now.
        if let Some(at) = members.iter().position(|member| member.id == self.id) {
            members.remove(at);
            broadcast(members, format!("- {}\n", self.name).into(), self.id);
        }
        if members.is_empty() {
            state.rooms.remove(&self.room);
        }
    }
}

// ANCHOR: broadcast
/// Puts `line` into the queue of every member but its author, without waiting for any of them.
fn broadcast(members: &mut Vec<Member>, line: Line, author: u64) {
    let mut pending = VecDeque::from([(line, author)]);
    while let Some((line, author)) = pending.pop_front() {
        members.retain(|member| {
            if member.id == author || member.queue.try_send(Arc::clone(&line)).is_ok() {
                return true;
            }
            member.evicted.cancel(); // its queue is full: it does not read, or not fast enough
            pending.push_back((format!("- {}\n", member.name).into(), member.id));
            false
        });
    }
}
// ANCHOR_END: broadcast
