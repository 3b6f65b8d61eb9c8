//! Bài 16 · `room`: phòng chat WebSocket: lịch sử, tên, người vào người ra, và người đọc chậm.
//! Exercise 16 · `room`: a WebSocket chat room: history, names, joining and leaving, slow readers.
//!
//!     cargo run -p ex16 --bin ex16-room      chạy · run it
//!     cargo course check 16 room             chấm · check it
//!     cargo course book 16                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở hai terminal khác `python3 -m websockets ws://127.0.0.1:PORT`; tin đầu tiên
//! là tên của bạn.
//! By hand: run it, then in two more terminals `python3 -m websockets ws://127.0.0.1:PORT`; the first
//! message is your name.

use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tungstenite::protocol::Message;
use tungstenite::protocol::frame::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::collections::VecDeque;

use tokio::sync::{mpsc, oneshot};
use tungstenite::protocol::WebSocketConfig;
//~ end

/// The most lines of history that a newcomer gets.
const HISTORY: usize = 10;

/// The most messages that wait for a member that reads slowly. One more, and the member is dropped.
const QUEUE: usize = 64;

/// The longest line that is accepted, in bytes.
const MAX_LINE: usize = 1024;

/// The longest message of any kind that is accepted, in bytes.
const MAX_MESSAGE: usize = 64 * 1024;

/// The longest name, in characters.
const MAX_NAME: usize = 24;

/// How long handshake and name together may take.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a member may take to read our last messages and to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

type Sink = SplitSink<WebSocketStream<TcpStream>, Message>;
type Source = SplitStream<WebSocketStream<TcpStream>>;

//~ task
//~ vi: Phòng chat: những ai đang ở đây, theo thứ tự vào, và những dòng được nói gần nhất. Giữ gì trong đó là do bạn.
//~ en: The chat room: its members, in order of joining, and the last lines. What it holds is up to you.
//~ stub: #[derive(Default)]
//~ stub: struct Room;
/// Why a member is disconnected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DisconnectReason {
    /// The member has left, or its connection has failed.
    Gone,
    /// The member did not read: see [`Membership::dropped`].
    TooSlow,
    /// The member sent a line of more than [`MAX_LINE`].
    TooLong,
}

/// The receiving end of a member's queue.
struct Membership {
    queue: mpsc::Receiver<Message>,
    /// Sent when the queue was full and the room has dropped the member.
    dropped: oneshot::Receiver<()>,
}

/// A member, as the room knows it.
struct Member {
    id: u64,
    name: String,
    queue: mpsc::Sender<Message>,
    drop_notice: oneshot::Sender<()>,
}

/// The members in order of joining, and the last lines.
#[derive(Default)]
struct Room {
    members: Vec<Member>,
    history: VecDeque<Message>,
    last_id: u64,
}

impl Room {
    /// Adds a member, or returns why not.
    fn join(&mut self, name: &str) -> Result<(u64, Membership), &'static str> {
        if !is_name(name) {
            return Err("! bad name");
        }
        self.last_id += 1;
        let id = self.last_id;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (drop_notice, dropped) = oneshot::channel();
        let member = Member { id, name: name.to_owned(), queue, drop_notice };
        let membership = Membership { queue: waiting, dropped };
        if self.members.iter().any(|other| other.name == name) {
            return Err("! name taken");
        }
        let mut present = "=".to_owned();
        for other in &self.members {
            present = present + " " + &other.name;
        }
        for message in self.history.iter().cloned().chain([Message::text(present)]) {
            // Cannot be full: the queue is new, and larger than the history.
            let _ = member.queue.try_send(message);
        }
        self.broadcast(id, &Message::text(format!("+ {name}")));
        self.members.push(member);
        Ok((id, membership))
    }

    /// Sends `message` of member `id` to the others: a line, or bytes of any kind.
    fn send_message(&mut self, id: u64, message: Message) {
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
        self.broadcast(id, &message);
    }

    /// Removes member `id`; the others get `- mai`. Does nothing when it has been removed already.
    fn leave(&mut self, id: u64) {
        if let Some(index) = self.members.iter().position(|member| member.id == id) {
            let Member { name, .. } = self.members.remove(index);
            self.broadcast(id, &Message::text(format!("- {name}")));
        }
    }

    /// Puts `message` in every queue but that of member `id`. Never waits: a member whose queue is full is dropped.
    fn broadcast(&mut self, id: u64, message: &Message) {
        let full = |member: &mut Member| {
            let sent = if member.id == id { Ok(()) } else { member.queue.try_send(message.clone()) };
            matches!(sent, Err(mpsc::error::TrySendError::Full(_)))
        };
        let slow: Vec<Member> = self.members.extract_if(.., full).collect();
        for Member { id, name, drop_notice, .. } in slow {
            let _ = drop_notice.send(()); // an error means that this member is leaving anyway
            self.broadcast(id, &Message::text(format!("- {name}")));
        }
    }
}
//~ end

/// Serves one client from its handshake to the end.
async fn handle_client(stream: TcpStream, room: SharedRoom) {
    //~ task
    //~ vi: VÀO PHÒNG. Bắt tay bằng `tokio_tungstenite::accept_async_with_config`. Tin đầu tiên là tên, bỏ `\n` hay
    //~ vi: `\r\n` ở cuối nếu có; trước nó có thể có ping. Tin nhị phân thì coi như tên sai.
    //~ vi: - Bắt tay và tên phải xong trong HANDSHAKE_TIMEOUT; không thì thôi, đóng kết nối.
    //~ vi: - Tin nào dài hơn MAX_MESSAGE byte cũng bị từ chối (`WebSocketConfig`: cả tin lẫn khung).
    //~ vi: - Tên mà `is_name` nói là sai: gửi `! bad name`. Tên đã có người dùng: gửi `! name taken`. Cả hai bằng
    //~ vi:   `close`, mã `CloseCode::Policy`.
    //~ vi: - Được: người mới nhận HISTORY dòng được nói gần nhất, cũ trước, rồi `= binh lan`: những ai đang ở đây, theo
    //~ vi:   thứ tự vào (`=` nếu chưa có ai). Những người khác nhận `+ mai`.
    //~ vi: NÓI. Đọc từng tin cho tới hết (`None`) hoặc lỗi.
    //~ vi: - Một dòng text tới mọi người khác, có tên đứng trước (`mai: xin chao`), và được nhớ: chỉ giữ HISTORY dòng
    //~ vi:   cuối. Người nói không nhận lại. Bỏ `\n` hay `\r\n` ở cuối nếu có. Dòng rỗng thì bỏ qua.
    //~ vi: - Dài hơn MAX_LINE byte: gửi `! line too long` bằng `close`, mã `CloseCode::Policy`.
    //~ vi: - Tin nhị phân tới người khác nguyên vẹn, không tên, không nhớ.
    //~ vi: - Ping và Close thì cứ đọc tiếp: câu trả lời đi ở lần đọc kế tiếp.
    //~ vi: RA ĐI. Những người còn lại nhận `- mai`, và tên đó dùng lại được.
    //~ vi: KHÔNG AI PHẢI CHỜ AI. Đọc và gửi cùng lúc; bên nào kết thúc trước thì cả hai kết thúc.
    //~ vi: - Mỗi người có một hàng đợi, nhiều nhất QUEUE tin.
    //~ vi: - Hàng đợi đầy mà còn một tin nữa phải vào thì người đó bị loại: những người khác nhận ngay `- tên`, và kết
    //~ vi:   nối đóng ngay bằng `close`, mã `CloseCode::Library(4001)`, lý do `too slow`, kể cả lúc đang chờ gửi dở, vì
    //~ vi:   chính người này không đọc. Tin còn trong hàng đợi không gửi nữa.
    //~ vi: - Người đã bị loại thì không nói được nữa.
    //~ en: JOINING. Do the handshake with `tokio_tungstenite::accept_async_with_config`. The first message is the name,
    //~ en: without `\n` or `\r\n` at its end, if there is one; a ping may come before it. A binary message counts as a
    //~ en: name that is not valid.
    //~ en: - Handshake and name must be done within HANDSHAKE_TIMEOUT; if not, drop the connection.
    //~ en: - A message of more than MAX_MESSAGE bytes is rejected (`WebSocketConfig`: both message and frame).
    //~ en: - `is_name` says that the name is not valid: send `! bad name`. A member has this name: send `! name taken`.
    //~ en:   Both with `close`, code `CloseCode::Policy`.
    //~ en: - Accepted: the newcomer gets the last HISTORY lines, oldest first, then `= binh lan`: the other members in
    //~ en:   order of joining (`=` when there is none). The others get `+ mai`.
    //~ en: SPEAKING. Read the messages until there are no more (`None`) or an error.
    //~ en: - A line of text goes to all others with the name in front (`mai: xin chao`) and is remembered: only the
    //~ en:   last HISTORY lines are kept. The speaker does not get it back. Remove `\n` or `\r\n` at its end, if there
    //~ en:   is one. Ignore an empty line.
    //~ en: - A line of more than MAX_LINE bytes: send `! line too long` with `close`, code `CloseCode::Policy`.
    //~ en: - A binary message goes to the others unchanged, without a name, and is not remembered.
    //~ en: - For pings and Close, read on: the answer leaves with the next read.
    //~ en: LEAVING. The members that stay get `- mai`, and the name is free again.
    //~ en: NO MEMBER WAITS FOR ANOTHER. Read and send at the same time; the half that ends first ends both.
    //~ en: - Each member has a queue, of QUEUE messages at most.
    //~ en: - When the queue is full and one more message must go in, that member is dropped: the others get `- name` at
    //~ en:   once, and its connection is closed at once with `close`, code `CloseCode::Library(4001)`, reason `too
    //~ en:   slow`, even in the middle of a send, since it is this member that does not read. Messages left in its
    //~ en:   queue are not sent.
    //~ en: - A dropped member can no longer speak.
    //~ stub: todo!("handshake and name, join the room, then read and send until one of them ends")
    let config = WebSocketConfig::default()
        .read_buffer_size(4096) // instead of 128 KiB for each silent member
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    let handshake = async {
        stream.set_nodelay(true).ok()?; // an answer leaves at once, however short
        let socket = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await.ok()?;
        let (sink, mut source) = socket.split();
        let name = receive_name(&mut source).await?;
        Some((sink, source, name))
    };
    let Ok(Some((mut sink, mut source, name))) = timeout(HANDSHAKE_TIMEOUT, handshake).await else { return };
    let (id, mut membership) = match room.with(|room| room.join(&name)) {
        Ok(taken) => taken,
        Err(refusal) => return close(sink, source, Some(refusal), CloseCode::Policy, "").await,
    };
    // A WebSocket is read and written at the same time; the half that ends first ends both.
    let reason = tokio::select! {
        reason = receive_messages(&mut source, &room, id) => reason,
        reason = send_queue(&mut membership, &mut sink) => reason,
    };
    room.with(|room| room.leave(id));
    match reason {
        DisconnectReason::Gone => {}
        DisconnectReason::TooSlow => close(sink, source, None, CloseCode::Library(4001), "too slow").await,
        DisconnectReason::TooLong => close(sink, source, Some("! line too long"), CloseCode::Policy, "").await,
    }
    //~ end
}

//~ task
/// Returns the first message of a client, its name; the empty name when the message is not text.
async fn receive_name(source: &mut Source) -> Option<String> {
    loop {
        match source.next().await?.ok()? {
            Message::Text(name) => return Some(name.trim_end_matches(['\r', '\n']).to_owned()),
            Message::Binary(_) => return Some(String::new()),
            _ => {} // a ping may come first
        }
    }
}

/// Reads the messages of a member and sends them to the room, until the end.
async fn receive_messages(source: &mut Source, room: &SharedRoom, id: u64) -> DisconnectReason {
    while let Some(Ok(message)) = source.next().await {
        match message {
            Message::Text(text) => {
                let line = text.strip_suffix('\n').unwrap_or(&text);
                let line = line.strip_suffix('\r').unwrap_or(line);
                if line.len() > MAX_LINE {
                    return DisconnectReason::TooLong;
                }
                if !line.is_empty() {
                    room.with(|room| room.send_message(id, Message::text(line)));
                }
            }
            Message::Binary(_) => room.with(|room| room.send_message(id, message)),
            _ => {} // the answer to a ping or a close leaves with the next read
        }
    }
    DisconnectReason::Gone
}

/// Sends the messages of a member's queue, until the member is gone or dropped.
async fn send_queue(membership: &mut Membership, sink: &mut Sink) -> DisconnectReason {
    let sending = async {
        while let Some(message) = membership.queue.recv().await {
            if sink.send(message).await.is_err() {
                break;
            }
        }
        DisconnectReason::Gone
    };
    tokio::select! {
        biased; // look at `dropped` first: nothing more of the queue may go
        Ok(()) = &mut membership.dropped => DisconnectReason::TooSlow,
        reason = sending => reason,
    }
}
//~ end

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
    let room = SharedRoom::default();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(handle_client(stream, room.clone()))),
            Err(error) => {
                eprintln!("chưa nhận được client · cannot accept: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await; // clients may leave meanwhile
            }
        }
    }
}

/// Returns whether `name` has 1 to MAX_NAME characters: letters of any script, digits, `_` and `-`.
fn is_name(name: &str) -> bool {
    let fits = (1..=MAX_NAME).contains(&name.chars().count());
    fits && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '-')
}

/// Sends a last text, if any, and a Close, then reads until the member has closed, but not for long. Closing
/// with unread bytes would reset the connection, and our last messages could be lost.
async fn close(mut sink: Sink, mut source: Source, text: Option<&'static str>, code: CloseCode, reason: &'static str) {
    let closing = async {
        if let Some(text) = text {
            sink.send(Message::text(text)).await?;
        }
        sink.send(Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await?;
        while let Some(Ok(_)) = source.next().await {}
        Ok::<(), tungstenite::Error>(())
    };
    // Whether they hear it or not, they are no longer present.
    let _ = timeout(CLOSE_TIMEOUT, closing).await;
}

/// The room, shared by all tasks. Its lock is never held across an `await`.
#[derive(Clone, Default)]
struct SharedRoom(Arc<Mutex<Room>>);

impl SharedRoom {
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
    fn receive_all(membership: &mut Membership) -> Vec<Message> {
        std::iter::from_fn(|| membership.queue.try_recv().ok()).collect()
    }

    proptest! {
        #[test]
        fn room_keeps_its_limits_and_its_order_whatever_members_do(actions in prop::collection::vec(action(), 0..400)) {
            let mut room = Room::default();
            let mut members: Vec<(u64, String, Membership)> = Vec::new();
            let mut lines: Vec<Message> = Vec::new();
            for action in actions {
                let member = |number: usize| members.get(number).map(|(id, name, _)| (*id, name.clone()));
                match action {
                    Action::Join(name) => {
                        let taken = room.members.iter().any(|member| member.name == name);
                        let joined = room.join(&name);
                        prop_assert_eq!(joined.is_ok(), is_name(&name) && !taken);
                        let Ok((id, mut membership)) = joined else { continue };
                        let welcome = receive_all(&mut membership);
                        let known = &lines[lines.len().saturating_sub(HISTORY)..];
                        prop_assert_eq!(&welcome[..welcome.len() - 1], known);
                        prop_assert!(welcome.last().unwrap().to_text().unwrap().starts_with('='));
                        members.push((id, name, membership));
                    }
                    Action::SendText(number, line) => if let Some((id, name)) = member(number) {
                        if room.members.iter().any(|member| member.id == id) {
                            lines.push(Message::text(format!("{name}: {line}")));
                        }
                        room.send_message(id, Message::text(line));
                    },
                    Action::SendBinary(number, bytes) => if let Some((id, _)) = member(number) {
                        room.send_message(id, Message::binary(bytes));
                    },
                    Action::Receive(number) => if let Some((_, name, membership)) = members.get_mut(number) {
                        let own = format!("{name}: ");
                        for message in receive_all(membership).iter().filter_map(|message| message.to_text().ok()) {
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
                for (id, _, membership) in &mut members {
                    prop_assert!(membership.queue.len() <= QUEUE);
                    // A client that is no longer in the room either left or was told that it was too slow.
                    let present = room.members.iter().any(|member| member.id == *id);
                    prop_assert!(!present || membership.dropped.try_recv().is_err());
                }
            }
        }
    }
}
//~ end
