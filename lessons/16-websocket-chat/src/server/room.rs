//! The room: its members, its history, and a queue for each member.
//!
//! Nothing here waits. A message is put into the queues of the other members; each member's own task carries
//! its queue to its socket. A full queue belongs to a member that does not read, and that member is removed:
//! the others do not wait for it.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot};
use tungstenite::{Bytes, Message, Utf8Bytes};

/// Messages that wait for one member, at most.
const QUEUE_CAPACITY: usize = 64;
/// Lines of history that a new member receives.
const HISTORY_LINES: usize = 50;
/// Members at once.
const MAX_MEMBERS: usize = 100;
/// Letters in a name, at most.
const MAX_NAME_LETTERS: usize = 24;

// A new member's queue must hold the history and the list of names.
const _: () = assert!(HISTORY_LINES < QUEUE_CAPACITY);

/// Why a client cannot join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JoinError {
    InvalidName,
    NameTaken,
    RoomFull,
}

/// Why the room removes a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RemovalReason {
    TooSlow,
    Shutdown,
}

/// The room. Its methods may be called from any task.
#[derive(Default)]
pub(super) struct Room {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next_id: u64,
    slots: Vec<Slot>,
    history: VecDeque<Utf8Bytes>,
}

/// What the room keeps of a member.
struct Slot {
    id: u64,
    name: String,
    queue: mpsc::Sender<Message>,
    removed: oneshot::Sender<RemovalReason>,
}

/// What a member's task keeps of the room.
pub(super) struct Member {
    pub(super) id: u64,
    /// The messages for this member, in order.
    pub(super) queue: mpsc::Receiver<Message>,
    /// Completes when the room has removed the member; the rest of the queue no longer matters then.
    pub(super) removed: oneshot::Receiver<RemovalReason>,
}

impl Room {
    /// Adds a member. It receives the history and the names of the others, and they receive its name.
    pub(super) fn join(&self, name: &str) -> Result<Member, JoinError> {
        if !is_valid_name(name) {
            return Err(JoinError::InvalidName);
        }
        let mut state = self.lock();
        if state.slots.iter().any(|slot| slot.name == name) {
            return Err(JoinError::NameTaken);
        }
        if state.slots.len() >= MAX_MEMBERS {
            return Err(JoinError::RoomFull);
        }
        let (sender, queue) = mpsc::channel(QUEUE_CAPACITY);
        let (remove, removed) = oneshot::channel();
        let names = state.slots.iter().map(|slot| slot.name.as_str());
        let names = Message::text(["="].into_iter().chain(names).collect::<Vec<_>>().join(" "));
        for message in state.history.iter().cloned().map(Message::Text).chain([names]) {
            let _ = sender.try_send(message); // never full: see the assertion above
        }
        state.broadcast(Message::text(format!("+ {name}")), None);
        let id = state.next_id;
        state.next_id += 1;
        state.slots.push(Slot { id, name: name.to_owned(), queue: sender, removed: remove });
        Ok(Member { id, queue, removed })
    }

    /// Sends a member's line to all other members, and keeps it in the history.
    pub(super) fn send_line(&self, id: u64, line: &str) {
        let mut state = self.lock();
        let Some(name) = state.name(id) else { return };
        let line = Utf8Bytes::from(format!("{name}: {line}"));
        if state.history.len() == HISTORY_LINES {
            state.history.pop_front();
        }
        state.history.push_back(line.clone());
        state.broadcast(Message::Text(line), Some(id));
    }

    /// Sends a member's bytes to all other members. The length of its name, in one byte, and its name go in
    /// front of them: a binary message has no field for its sender.
    pub(super) fn send_binary(&self, id: u64, bytes: &[u8]) {
        let mut state = self.lock();
        let Some(name) = state.name(id) else { return };
        let length = u8::try_from(name.len()).unwrap_or(u8::MAX); // 24 letters of at most 4 bytes: 96
        let message = [&[length], name.as_bytes(), bytes].concat();
        state.broadcast(Message::Binary(Bytes::from(message)), Some(id));
    }

    /// Removes a member and tells the others. Does nothing for a member that the room has removed.
    pub(super) fn leave(&self, id: u64) {
        let mut state = self.lock();
        let Some(position) = state.slots.iter().position(|slot| slot.id == id) else { return };
        let slot = state.slots.remove(position);
        state.broadcast(Message::text(format!("- {}", slot.name)), None);
    }

    /// Removes all members: the server ends.
    pub(super) fn remove_all(&self) {
        for slot in self.lock().slots.drain(..) {
            let _ = slot.removed.send(RemovalReason::Shutdown);
        }
    }

    /// Locks the state, also after a task has panicked: the others go on.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn name(&self, id: u64) -> Option<String> {
        self.slots.iter().find(|slot| slot.id == id).map(|slot| slot.name.clone())
    }

    // ANCHOR: broadcast
    /// Puts a message into every queue but one. A member whose queue is full is removed, and the others are
    /// told, which may fill further queues.
    fn broadcast(&mut self, message: Message, except: Option<u64>) {
        let mut pending = VecDeque::from([(message, except)]);
        while let Some((message, except)) = pending.pop_front() {
            let full = |slot: &mut Slot| Some(slot.id) != except && slot.queue.try_send(message.clone()).is_err();
            for slot in self.slots.extract_if(.., full) {
                let _ = slot.removed.send(RemovalReason::TooSlow);
                pending.push_back((Message::text(format!("- {}", slot.name)), None));
            }
        }
    }
    // ANCHOR_END: broadcast
}

/// Returns whether a name is 1 to 24 letters of any script, digits, `_` and `-`.
fn is_valid_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    (1..=MAX_NAME_LETTERS).contains(&name.chars().count()) && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes everything out of a member's queue, as text; binary messages in hex.
    fn received(member: &mut Member) -> Vec<String> {
        let mut received = Vec::new();
        while let Ok(message) = member.queue.try_recv() {
            received.push(match message {
                Message::Text(text) => text.to_string(),
                other => format!("{:02x?}", other.into_data().to_vec()),
            });
        }
        received
    }

    #[test]
    fn join_gives_the_history_then_the_names_in_order_of_joining() {
        let room = Room::default();
        let mut mai = room.join("mai").unwrap();
        assert_eq!(received(&mut mai), ["="]);
        let mut binh = room.join("Bình-2").unwrap();
        room.send_line(binh.id, "xin chào");
        let mut lan = room.join("lan").unwrap();
        assert_eq!(received(&mut lan), ["Bình-2: xin chào", "= mai Bình-2"]);
        assert_eq!(received(&mut mai), ["+ Bình-2", "Bình-2: xin chào", "+ lan"]);
        assert_eq!(received(&mut binh), ["= mai", "+ lan"], "a sender does not receive its own line");
    }

    #[test]
    fn join_gives_only_the_last_lines_and_they_fit_the_queue() {
        let room = Room::default();
        let mai = room.join("mai").unwrap();
        (0..HISTORY_LINES + 10).for_each(|number| room.send_line(mai.id, &number.to_string()));
        let lines = received(&mut room.join("lan").unwrap());
        assert_eq!((lines[0].as_str(), lines.len()), ("mai: 10", HISTORY_LINES + 1));
        assert_eq!(lines.last().unwrap(), "= mai");
    }

    #[test]
    fn join_refuses_taken_and_invalid_names_until_the_owner_leaves() {
        let room = Room::default();
        let mai = room.join("mai").unwrap();
        assert_eq!(room.join("mai").err(), Some(JoinError::NameTaken));
        for bad in ["", "mai lan", "mai:", "x".repeat(25).as_str(), "mai\u{301}"] {
            assert_eq!(room.join(bad).err(), Some(JoinError::InvalidName), "{bad:?}");
        }
        room.leave(mai.id);
        assert!(room.join("mai").is_ok());
    }

    #[test]
    fn send_line_removes_a_member_that_does_not_read_and_reaches_all_others() {
        let room = Room::default();
        let (mai, mut lan, mut slow) =
            (room.join("mai").unwrap(), room.join("lan").unwrap(), room.join("slow").unwrap());
        received(&mut lan);
        for number in 0..QUEUE_CAPACITY {
            room.send_line(mai.id, &number.to_string());
            assert_eq!(received(&mut lan).first(), Some(&format!("mai: {number}")));
        }
        assert_eq!(slow.removed.try_recv(), Ok(RemovalReason::TooSlow));
        assert!(room.join("slow").is_ok(), "its name is free at once");
        assert!(received(&mut lan).contains(&"+ slow".to_owned()));
        room.leave(slow.id); // its task calls this later too: nothing is sent
        room.send_line(slow.id, "too late");
        assert_eq!(received(&mut lan), [""; 0]);
    }

    #[test]
    fn send_binary_puts_the_senders_name_in_front() {
        let room = Room::default();
        let (mut mai, binh) = (room.join("mai").unwrap(), room.join("bình").unwrap());
        received(&mut mai);
        room.send_binary(binh.id, b"\xff\x00");
        assert_eq!(received(&mut mai), ["[05, 62, c3, ac, 6e, 68, ff, 00]"]);
    }

    #[test]
    fn join_refuses_when_the_room_is_full() {
        let room = Room::default();
        let mut all: Vec<Member> = Vec::new();
        for number in 0..MAX_MEMBERS {
            all.push(room.join(&format!("m{number}")).unwrap());
            all.iter_mut().for_each(|member| drop(received(member))); // a member with a full queue would be removed
        }
        assert_eq!(room.join("one-more").err(), Some(JoinError::RoomFull));
    }
}
