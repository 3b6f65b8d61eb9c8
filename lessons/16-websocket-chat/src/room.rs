//! The room: who is in it, what was said, and a queue for each member.
//!
//! Nothing here waits. Whoever speaks puts a line into the queues of the others and goes on; each
//! member's own task carries its queue to its socket. A queue that is full belongs to somebody who
//! does not read, and that one has to go: the others are not made to wait.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tungstenite::{Bytes, Message, Utf8Bytes};

/// Messages that wait for one member at most.
pub(crate) const QUEUE: usize = 64;
/// Lines that a newcomer is shown.
const HISTORY: usize = 50;
/// Members at once.
const SEATS: usize = 100;
/// Letters in a name, at most.
const NAME: usize = 24;

// A newcomer's queue must hold the history and the list of names.
const _: () = assert!(HISTORY < QUEUE);

/// What differs between the room that serves and the rooms of the story.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    /// How often a member is pinged; silent for twice as long, it is gone.
    pub(crate) heartbeat: Duration,
    /// How far ahead of its pace a member may be before it is made to wait.
    pub(crate) ahead: Duration,
}

/// Why a newcomer is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    BadName,
    NameTaken,
    Full,
}

/// Why the room sends a member away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    TooSlow,
    GoingAway,
}

/// The room.
pub(crate) struct Room {
    pub(crate) settings: Settings,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    seats: Vec<Seat>,
    said: VecDeque<Utf8Bytes>,
}

/// The room's end of a member.
struct Seat {
    id: u64,
    name: String,
    queue: mpsc::Sender<Message>,
    away: oneshot::Sender<Sent>,
}

/// The member's end of its seat.
pub(crate) struct Member {
    pub(crate) id: u64,
    /// What the room has for this member, in order.
    pub(crate) queue: mpsc::Receiver<Message>,
    /// Comes true when the room has sent it away; what is left in the queue no longer matters.
    pub(crate) away: oneshot::Receiver<Sent>,
}

impl Room {
    pub(crate) fn new(settings: Settings) -> Room {
        Room { settings, state: Mutex::default() }
    }

    // ANCHOR: join
    /// Lets somebody in: the newcomer gets what was said and who is there, the others its name.
    pub(crate) fn join(&self, name: &str) -> Result<Member, Refused> {
        if !is_name(name) {
            return Err(Refused::BadName);
        }
        let mut state = self.lock();
        if state.seats.iter().any(|seat| seat.name == name) {
            return Err(Refused::NameTaken);
        }
        if state.seats.len() >= SEATS {
            return Err(Refused::Full);
        }
        let (sender, queue) = mpsc::channel(QUEUE);
        let (dismiss, away) = oneshot::channel();
        let here: Vec<&str> = state.seats.iter().map(|seat| seat.name.as_str()).collect();
        let here = Message::text(["="].into_iter().chain(here).collect::<Vec<_>>().join(" "));
        for message in state.said.iter().cloned().map(Message::Text).chain([here]) {
            let _ = sender.try_send(message); // never full: see the assertion above
        }
        state.tell(Message::text(format!("+ {name}")), None);
        let id = state.next;
        state.next += 1;
        state.seats.push(Seat { id, name: name.to_owned(), queue: sender, away: dismiss });
        Ok(Member { id, queue, away })
    }
    // ANCHOR_END: join

    /// A line from a member, for everybody else and for those who come later.
    pub(crate) fn say(&self, id: u64, line: &str) {
        let mut state = self.lock();
        let Some(name) = state.name(id) else { return };
        let line = Utf8Bytes::from(format!("{name}: {line}"));
        if state.said.len() == HISTORY {
            state.said.pop_front();
        }
        state.said.push_back(line.clone());
        state.tell(Message::Text(line), Some(id));
    }

    /// Bytes from a member, for everybody else. In front of them go the length of its name, in one
    /// byte, and its name: a binary message has no place of its own for who sent it.
    pub(crate) fn show(&self, id: u64, bytes: &[u8]) {
        let mut state = self.lock();
        let Some(name) = state.name(id) else { return };
        let length = u8::try_from(name.len()).unwrap_or(u8::MAX); // 24 letters of at most 4 bytes: 96
        let message = [&[length], name.as_bytes(), bytes].concat();
        state.tell(Message::Binary(Bytes::from(message)), Some(id));
    }

    /// A member is gone, and the others hear of it. One whom the room sent away is gone already.
    pub(crate) fn leave(&self, id: u64) {
        let mut state = self.lock();
        let Some(at) = state.seats.iter().position(|seat| seat.id == id) else { return };
        let seat = state.seats.remove(at);
        state.tell(Message::text(format!("- {}", seat.name)), None);
    }

    /// Sends everybody away: the server ends.
    pub(crate) fn close(&self) {
        for seat in self.lock().seats.drain(..) {
            let _ = seat.away.send(Sent::GoingAway);
        }
    }

    /// A task that panicked must not silence the room.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn name(&self, id: u64) -> Option<String> {
        self.seats.iter().find(|seat| seat.id == id).map(|seat| seat.name.clone())
    }

    // ANCHOR: tell
    /// A message into every queue but one. Whose queue is full is sent away, which is news too.
    fn tell(&mut self, message: Message, except: Option<u64>) {
        let mut news = VecDeque::from([(message, except)]);
        while let Some((message, except)) = news.pop_front() {
            let full = |seat: &mut Seat| Some(seat.id) != except && seat.queue.try_send(message.clone()).is_err();
            for seat in self.seats.extract_if(.., full) {
                let _ = seat.away.send(Sent::TooSlow);
                news.push_back((Message::text(format!("- {}", seat.name)), None));
            }
        }
    }
    // ANCHOR_END: tell
}

/// 1 to 24 letters of any script, digits, `_` and `-`.
fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    (1..=NAME).contains(&name.chars().count()) && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> Room {
        Room::new(Settings { heartbeat: Duration::from_secs(1), ahead: Duration::MAX })
    }

    /// Everything that waits in a member's queue, as text; binary messages in hex.
    fn heard(member: &mut Member) -> Vec<String> {
        let mut heard = Vec::new();
        while let Ok(message) = member.queue.try_recv() {
            heard.push(match message {
                Message::Text(text) => text.to_string(),
                other => format!("{:02x?}", other.into_data().to_vec()),
            });
        }
        heard
    }

    #[test]
    fn a_newcomer_gets_the_history_then_the_names_in_order_of_arrival() {
        let room = room();
        let mut mai = room.join("mai").unwrap();
        assert_eq!(heard(&mut mai), ["="]);
        let mut binh = room.join("Bình-2").unwrap();
        room.say(binh.id, "xin chào");
        let mut lan = room.join("lan").unwrap();
        assert_eq!(heard(&mut lan), ["Bình-2: xin chào", "= mai Bình-2"]);
        assert_eq!(heard(&mut mai), ["+ Bình-2", "Bình-2: xin chào", "+ lan"]);
        assert_eq!(heard(&mut binh), ["= mai", "+ lan"], "nobody hears itself");
    }

    #[test]
    fn the_history_ends_at_its_limit_and_still_fits_a_newcomers_queue() {
        let room = room();
        let mai = room.join("mai").unwrap();
        (0..HISTORY + 10).for_each(|number| room.say(mai.id, &number.to_string()));
        let lines = heard(&mut room.join("lan").unwrap());
        assert_eq!((lines[0].as_str(), lines.len()), ("mai: 10", HISTORY + 1));
        assert_eq!(lines.last().unwrap(), "= mai");
    }

    #[test]
    fn a_name_is_free_again_once_its_owner_has_left() {
        let room = room();
        let mai = room.join("mai").unwrap();
        assert_eq!(room.join("mai").err(), Some(Refused::NameTaken));
        for bad in ["", "mai lan", "mai:", "x".repeat(25).as_str(), "mai\u{301}"] {
            assert_eq!(room.join(bad).err(), Some(Refused::BadName), "{bad:?}");
        }
        room.leave(mai.id);
        assert!(room.join("mai").is_ok());
    }

    #[test]
    fn who_does_not_read_is_sent_away_and_everybody_else_hears_every_line() {
        let room = room();
        let (mai, mut lan, mut slow) =
            (room.join("mai").unwrap(), room.join("lan").unwrap(), room.join("slow").unwrap());
        heard(&mut lan);
        for number in 0..QUEUE {
            room.say(mai.id, &number.to_string());
            assert_eq!(heard(&mut lan).first(), Some(&format!("mai: {number}")));
        }
        assert_eq!(slow.away.try_recv(), Ok(Sent::TooSlow));
        assert!(room.join("slow").is_ok(), "its name is free at once");
        assert!(heard(&mut lan).contains(&"+ slow".to_owned()));
        room.leave(slow.id); // its task says so too, later: no news
        room.say(slow.id, "too late");
        assert_eq!(heard(&mut lan), [""; 0]);
    }

    #[test]
    fn bytes_come_with_the_name_of_who_sent_them() {
        let room = room();
        let (mut mai, binh) = (room.join("mai").unwrap(), room.join("bình").unwrap());
        heard(&mut mai);
        room.show(binh.id, b"\xff\x00");
        assert_eq!(heard(&mut mai), ["[05, 62, c3, ac, 6e, 68, ff, 00]"]);
    }

    #[test]
    fn a_full_room_lets_nobody_in() {
        let room = room();
        let mut all: Vec<Member> = Vec::new();
        for number in 0..SEATS {
            all.push(room.join(&format!("m{number}")).unwrap());
            all.iter_mut().for_each(|member| drop(heard(member))); // who does not read would have to go
        }
        assert_eq!(room.join("one-more").err(), Some(Refused::Full));
    }
}
