//! Bài 16 · `room`: phòng chat WebSocket: lịch sử, tên, người vào người ra, và người đọc chậm.
//! Exercise 16 · `room`: a WebSocket chat room: history, names, who comes and goes, slow readers.
//!
//!     cargo run -p ex16 --bin ex16-room      chạy · run it
//!     cargo course check 16 room             chấm · check it
//!     cargo course book 16                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở hai terminal khác `python3 -m websockets ws://127.0.0.1:PORT`; tin đầu tiên
//! là tên của bạn.
//! By hand: run it, then in two more terminals `python3 -m websockets ws://127.0.0.1:PORT`; the first
//! message is your name.

use std::collections::VecDeque;
use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tungstenite::protocol::frame::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{Message, WebSocketConfig};

/// So many of the last lines a newcomer gets.
const HISTORY: usize = 10;

/// So many messages wait for a member who reads slowly. One more, and the member is dropped.
const QUEUE: usize = 64;

/// A line is at most so long, in bytes.
const LONGEST_LINE: usize = 1024;

/// A message of any kind is at most so long, in bytes.
const LONGEST_MESSAGE: usize = 64 * 1024;

/// A name has at most so many characters.
const LONGEST_NAME: usize = 24;

/// Handshake and name must be there after this long.
const HELLO: Duration = Duration::from_secs(5);

/// So long a member may take to hear our last word.
const FAREWELL: Duration = Duration::from_secs(5);

type Sink = SplitSink<WebSocketStream<TcpStream>, Message>;
type Source = SplitStream<WebSocketStream<TcpStream>>;

#[tokio::main]
async fn main() -> ExitCode {
    if std::env::args().count() > 1 {
        eprintln!("room: không nhận tham số nào · takes no arguments");
        return ExitCode::from(2);
    }
    match listen().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("room: không lắng nghe được · cannot listen: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn listen() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    let room = Shared::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(attend(stream, room.clone()))),
            Err(error) => {
                eprintln!("chưa nhận được client · cannot accept: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await; // others may leave meanwhile
            }
        }
    }
}

/// One client, from its handshake to the end.
async fn attend(stream: TcpStream, room: Shared) {
    let config = WebSocketConfig::default()
        .read_buffer_size(4096) // instead of 128 KiB for each who sits here and says nothing
        .max_message_size(Some(LONGEST_MESSAGE))
        .max_frame_size(Some(LONGEST_MESSAGE));
    let hello = async {
        stream.set_nodelay(true).ok()?; // an answer leaves at once, however short
        let socket = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await.ok()?;
        let (sink, mut source) = socket.split();
        let name = first_message(&mut source).await?;
        Some((sink, source, name))
    };
    let Ok(Some((mut sink, mut source, name))) = timeout(HELLO, hello).await else { return };
    let (id, mut place) = match room.with(|room| room.join(&name)) {
        Ok(taken) => taken,
        Err(refusal) => return part(sink, source, Some(refusal), CloseCode::Policy, "").await,
    };
    // A WebSocket is read and written at the same time; what ends first ends both.
    let ended = tokio::select! {
        ended = listen_to(&mut source, &room, id) => ended,
        ended = deliver(&mut place, &mut sink) => ended,
    };
    room.with(|room| room.leave(id));
    match ended {
        Ended::Gone => {}
        Ended::TooSlow => part(sink, source, None, CloseCode::Library(4001), "too slow").await,
        Ended::TooLong => part(sink, source, Some("! line too long"), CloseCode::Policy, "").await,
    }
}

/// How a member's stay came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// The member has left, in whichever way.
    Gone,
    /// The member did not read: see [`Place::dropped`].
    TooSlow,
    /// The member sent a line of more than [`LONGEST_LINE`].
    TooLong,
}

/// What a member's messages wait in.
struct Place {
    queue: mpsc::Receiver<Message>,
    /// Sent when the queue was full and the room has dropped the member.
    dropped: oneshot::Receiver<()>,
}

/// Someone in the room.
struct Member {
    id: u64,
    name: String,
    queue: mpsc::Sender<Message>,
    notice: oneshot::Sender<()>,
}

/// Who is here, in order of arrival, and what was said.
#[derive(Default)]
struct Room {
    members: Vec<Member>,
    history: VecDeque<Message>,
    last_id: u64,
}

impl Room {
    /// Takes in a newcomer, or says why not.
    fn join(&mut self, name: &str) -> Result<(u64, Place), &'static str> {
        if !is_name(name) {
            return Err("! bad name");
        }
        self.last_id += 1;
        let id = self.last_id;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (notice, dropped) = oneshot::channel();
        let member = Member { id, name: name.to_owned(), queue, notice };
        let place = Place { queue: waiting, dropped };
        //~ task
        //~ vi: Tên đã có người dùng: trả về `Err("! name taken")`. Nếu chưa: người mới nhận `HISTORY` dòng được nói gần
        //~ vi: nhất, cũ trước, rồi `= binh lan`: những ai đang ở đây, theo thứ tự vào (`=` nếu chưa có ai).
        //~ vi: Những người khác nhận `+ mai` (xem `tell`). Sau đó thêm người mới vào `members`.
        //~ en: A name that somebody has: return `Err("! name taken")`. Otherwise the newcomer gets the last
        //~ en: `HISTORY` lines that were said, oldest first, then `= binh lan`: who is here, in order of
        //~ en: arrival (`=` when nobody is). The others get `+ mai` (see `tell`). Then the newcomer
        //~ en: belongs to `members`.
        //~ stub: let known = self.history.len().min(HISTORY);
        //~ stub: self.members.push(member);
        //~ stub: todo!("welcome {name} ({id}) with {known} lines: {:?}", place.queue)
        if self.members.iter().any(|other| other.name == name) {
            return Err("! name taken");
        }
        let mut here = "=".to_owned();
        for other in &self.members {
            here = here + " " + &other.name;
        }
        for message in self.history.iter().cloned().chain([Message::text(here)]) {
            // The queue is empty, and larger than the history.
            let _ = member.queue.try_send(message);
        }
        self.tell(id, &Message::text(format!("+ {name}")));
        self.members.push(member);
        Ok((id, place))
        //~ end
    }

    /// Says `message` in the name of member `id`: a line, or bytes of any kind.
    fn say(&mut self, id: u64, message: Message) {
        //~ task
        //~ vi: Một dòng text được nói với mọi người khác, có tên đứng trước (`mai: xin chao`), và được nhớ: chỉ giữ
        //~ vi: `HISTORY` dòng cuối. Tin nhị phân chuyển cho người khác nguyên vẹn, không tên, không nhớ.
        //~ vi: Ai không còn trong `members` thì không nói được nữa.
        //~ en: A line of text is said to all others with the name in front (`mai: xin chao`) and is
        //~ en: remembered: only the last `HISTORY` lines are kept. A binary message goes to the others as it
        //~ en: is, without a name, and is not remembered. Who is no longer in `members` has no say.
        //~ stub: todo!("member {id} says {message:?}")
        let Some(member) = self.members.iter().find(|member| member.id == id) else { return };
        let message = match message {
            Message::Text(line) => Message::text(format!("{}: {line}", member.name)),
            other => other,
        };
        if message.is_text() {
            self.history.push_back(message.clone());
            if self.history.len() > HISTORY {
                self.history.pop_front();
            }
        }
        self.tell(id, &message);
        //~ end
    }

    /// Member `id` is gone; the others get `- mai`. Nothing happens to one who had gone already.
    fn leave(&mut self, id: u64) {
        if let Some(place) = self.members.iter().position(|member| member.id == id) {
            let Member { name, .. } = self.members.remove(place);
            self.tell(id, &Message::text(format!("- {name}")));
        }
    }

    /// Gives `message` to everybody but member `id`. Waits for nobody.
    fn tell(&mut self, id: u64, message: &Message) {
        //~ task
        //~ vi: Xếp `message` vào hàng đợi của mọi người, trừ `id`, mà không chờ ai. Hàng đợi của ai đầy thì bỏ người
        //~ vi: đó: báo qua `notice`, lấy ra khỏi `members`, và những người còn lại nhận ngay `- tên`.
        //~ en: Put `message` in everybody's queue, except that of `id`, without waiting for anyone. Whose queue
        //~ en: is full is dropped: told by `notice`, taken out of `members`, and the others get `- name` at once.
        //~ stub: let queues: Vec<_> = self.members.iter().map(|member| (&member.queue, &member.notice)).collect();
        //~ stub: todo!("give {message} to all but {id}: {queues:?}")
        let full = |member: &mut Member| {
            let told = if member.id == id { Ok(()) } else { member.queue.try_send(message.clone()) };
            matches!(told, Err(mpsc::error::TrySendError::Full(_)))
        };
        let slow: Vec<Member> = self.members.extract_if(.., full).collect();
        for Member { id, name, notice, .. } in slow {
            let _ = notice.send(()); // an error means that this member is leaving anyway
            self.tell(id, &Message::text(format!("- {name}")));
        }
        //~ end
    }
}

/// Hears what a member says, until the end.
async fn listen_to(source: &mut Source, room: &Shared, id: u64) -> Ended {
    //~ task
    //~ vi: Đọc từng tin của `source` cho tới hết (`None`) hoặc lỗi: `Ended::Gone`. Một dòng text mà người ta nói thì
    //~ vi: đưa vào phòng (`room.with`), bỏ `\n` hay `\r\n` ở cuối nếu có. Dòng rỗng thì thôi. Dài hơn `LONGEST_LINE`
    //~ vi: byte: `Ended::TooLong`. Tin nhị phân cũng đưa vào phòng. Ping và Close thì cứ đọc tiếp.
    //~ en: Read the messages of `source` until there are no more (`None`) or an error: `Ended::Gone`. A line of
    //~ en: text is said in the room (`room.with`), without `\n` or `\r\n` at its end, if there is one. An
    //~ en: empty line is nothing. Longer than `LONGEST_LINE` bytes: `Ended::TooLong`. A binary message is
    //~ en: said as well. For pings and Close, read on.
    //~ stub: let next = source.next().await;
    //~ stub: room.with(|room| room.say(id, Message::text("?")));
    //~ stub: todo!("say what member {id} sends: {next:?}, or {:?} after {LONGEST_LINE}", Ended::TooLong)
    while let Some(Ok(message)) = source.next().await {
        match message {
            Message::Text(text) => {
                let line = text.strip_suffix('\n').unwrap_or(&text);
                let line = line.strip_suffix('\r').unwrap_or(line);
                if line.len() > LONGEST_LINE {
                    return Ended::TooLong;
                }
                if !line.is_empty() {
                    room.with(|room| room.say(id, Message::text(line)));
                }
            }
            Message::Binary(_) => room.with(|room| room.say(id, message)),
            _ => {} // the answer to a ping or a close leaves with the next read
        }
    }
    Ended::Gone
    //~ end
}

/// Sends what waits for a member, until the member is gone or dropped.
async fn deliver(place: &mut Place, sink: &mut Sink) -> Ended {
    //~ task
    //~ vi: Gửi từng tin trong `place.queue` qua `sink`; không gửi được nữa: `Ended::Gone`. Khi `place.dropped` báo tin
    //~ vi: (`Ok`), dừng ngay: `Ended::TooSlow`, kể cả lúc đang chờ gửi dở, vì chính người này không đọc.
    //~ en: Send each message of `place.queue` by `sink`; when that fails: `Ended::Gone`. When `place.dropped` gives
    //~ en: word (`Ok`), stop at once: `Ended::TooSlow`, even in the middle of a send, since it is this member
    //~ en: who does not read.
    //~ stub: let next = (place.queue.recv().await, (&mut place.dropped).await);
    //~ stub: todo!("send {next:?} by {sink:?}, until {:?}", (Ended::Gone, Ended::TooSlow))
    let sending = async {
        while let Some(message) = place.queue.recv().await {
            if sink.send(message).await.is_err() {
                break;
            }
        }
        Ended::Gone
    };
    tokio::select! {
        biased; // look at `dropped` first: nothing more of the queue may go
        Ok(()) = &mut place.dropped => Ended::TooSlow,
        ended = sending => ended,
    }
    //~ end
}

/// The first message of a client: its name. One that is no text is no name.
async fn first_message(source: &mut Source) -> Option<String> {
    loop {
        match source.next().await?.ok()? {
            Message::Text(name) => return Some(name.trim_end_matches(['\r', '\n']).to_owned()),
            Message::Binary(_) => return Some(String::new()),
            _ => {} // a ping may come first
        }
    }
}

fn is_name(name: &str) -> bool {
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    fits && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-')
}

/// Says the last words, if there are any, closes, and hears out who is leaving, but not for long:
/// to close a connection with their bytes unread would cut it, and our last words with it.
async fn part(mut sink: Sink, mut source: Source, words: Option<&'static str>, code: CloseCode, reason: &'static str) {
    let farewell = async {
        if let Some(words) = words {
            sink.send(Message::text(words)).await?;
        }
        sink.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await?;
        while let Some(Ok(_)) = source.next().await {}
        Ok::<(), tungstenite::Error>(())
    };
    // Whether they hear it or not, they are no longer here.
    let _ = timeout(FAREWELL, farewell).await;
}

/// The room, shared by all tasks. Its lock is never held over an `await`.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Room>>);

impl Shared {
    fn with<T>(&self, work: impl FnOnce(&mut Room) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

//~ tests
#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    /// What a client does. Clients are numbered in the order in which they joined.
    #[derive(Clone, Debug)]
    enum Action {
        Join(String),
        SendText(usize, String),
        SendBinary(usize, Vec<u8>),
        Receive(usize),
        Leave(usize),
    }

    fn action() -> impl Strategy<Value = Action> {
        let client = 0usize..6;
        prop_oneof![
            1 => "[a-dà\u{1b} :]{0,3}".prop_map(Action::Join),
            6 => (client.clone(), "[a-z =+:-]{1,9}").prop_map(|(client, line)| Action::SendText(client, line)),
            1 => (client.clone(), prop::collection::vec(any::<u8>(), 0..9))
                .prop_map(|(client, bytes)| Action::SendBinary(client, bytes)),
            2 => client.clone().prop_map(Action::Receive),
            1 => client.prop_map(Action::Leave),
        ]
    }

    /// Returns everything that waits for a member.
    fn receive_all(place: &mut Place) -> Vec<Message> {
        std::iter::from_fn(|| place.queue.try_recv().ok()).collect()
    }

    proptest! {
        #[test]
        fn room_keeps_its_limits_and_its_order_whatever_members_do(actions in prop::collection::vec(action(), 0..400)) {
            let mut room = Room::default();
            let mut members: Vec<(u64, String, Place)> = Vec::new();
            let mut lines: Vec<Message> = Vec::new();
            for action in actions {
                let member = |number: usize| members.get(number).map(|(id, name, _)| (*id, name.clone()));
                match action {
                    Action::Join(name) => {
                        let taken = room.members.iter().any(|member| member.name == name);
                        let joined = room.join(&name);
                        prop_assert_eq!(joined.is_ok(), is_name(&name) && !taken);
                        let Ok((id, mut place)) = joined else { continue };
                        let welcome = receive_all(&mut place);
                        let known = &lines[lines.len().saturating_sub(HISTORY)..];
                        prop_assert_eq!(&welcome[..welcome.len() - 1], known);
                        prop_assert!(welcome.last().unwrap().to_text().unwrap().starts_with('='));
                        members.push((id, name, place));
                    }
                    Action::SendText(number, line) => if let Some((id, name)) = member(number) {
                        if room.members.iter().any(|member| member.id == id) {
                            lines.push(Message::text(format!("{name}: {line}")));
                        }
                        room.say(id, Message::text(line));
                    },
                    Action::SendBinary(number, bytes) => if let Some((id, _)) = member(number) {
                        room.say(id, Message::binary(bytes));
                    },
                    Action::Receive(number) => if let Some((_, name, place)) = members.get_mut(number) {
                        let own = format!("{name}: ");
                        for message in receive_all(place).iter().filter_map(|message| message.to_text().ok()) {
                            prop_assert!(!message.starts_with(&own), "{} gets its own line back", name);
                        }
                    },
                    Action::Leave(number) => if let Some((id, _)) = member(number) {
                        room.leave(id);
                    },
                }
                let names: HashSet<&str> = room.members.iter().map(|member| member.name.as_str()).collect();
                prop_assert_eq!(names.len(), room.members.len(), "two of one name");
                prop_assert!(room.history.len() <= HISTORY);
                for (id, _, place) in &mut members {
                    prop_assert!(place.queue.len() <= QUEUE);
                    // A client that is no longer in the room either left or was told that it was too slow.
                    let present = room.members.iter().any(|member| member.id == *id);
                    prop_assert!(!present || place.dropped.try_recv().is_err());
                }
            }
        }
    }
}
//~ end
