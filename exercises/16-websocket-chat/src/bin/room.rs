//! Bài 16 · `room`: phòng chat WebSocket: lịch sử, tên, người vào người ra, và người đọc chậm.
//! Exercise 16 · `room`: a WebSocket chat room: history, names, who comes and goes, slow readers.
//!
//! Bạn viết 5 hàm, khoảng 65 dòng; bắt đầu từ `fn join`.
//! You write 5 functions, about 65 lines; start at `fn join`.
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
        // Tên đã có người dùng: trả về `Err("! name taken")`. Nếu chưa: người mới nhận `HISTORY` dòng được nói gần
        // nhất, cũ trước, rồi `= binh lan`: những ai đang ở đây, theo thứ tự vào (`=` nếu chưa có ai).
        // Những người khác nhận `+ mai` (xem `tell`). Sau đó thêm người mới vào `members`.
        //
        // A name that somebody has: return `Err("! name taken")`. Otherwise the newcomer gets the last
        // `HISTORY` lines that were said, oldest first, then `= binh lan`: who is here, in order of
        // arrival (`=` when nobody is). The others get `+ mai` (see `tell`). Then the newcomer
        // belongs to `members`.
        let known = self.history.len().min(HISTORY);
        self.members.push(member);
        todo!("welcome {name} ({id}) with {known} lines: {:?}", place.queue)
    }

    /// Says `message` in the name of member `id`: a line, or bytes of any kind.
    fn say(&mut self, id: u64, message: Message) {
        // Một dòng text được nói với mọi người khác, có tên đứng trước (`mai: xin chao`), và được nhớ: chỉ giữ
        // `HISTORY` dòng cuối. Tin nhị phân chuyển cho người khác nguyên vẹn, không tên, không nhớ.
        // Ai không còn trong `members` thì không nói được nữa.
        //
        // A line of text is said to all others with the name in front (`mai: xin chao`) and is
        // remembered: only the last `HISTORY` lines are kept. A binary message goes to the others as it
        // is, without a name, and is not remembered. Who is no longer in `members` has no say.
        todo!("member {id} says {message:?}")
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
        // Xếp `message` vào hàng đợi của mọi người, trừ `id`, mà không chờ ai. Hàng đợi của ai đầy thì bỏ người
        // đó: báo qua `notice`, lấy ra khỏi `members`, và những người còn lại nhận ngay `- tên`.
        //
        // Put `message` in everybody's queue, except that of `id`, without waiting for anyone. Whose queue
        // is full is dropped: told by `notice`, taken out of `members`, and the others get `- name` at once.
        let queues: Vec<_> = self.members.iter().map(|member| (&member.queue, &member.notice)).collect();
        todo!("give {message} to all but {id}: {queues:?}")
    }
}

/// Hears what a member says, until the end.
async fn listen_to(source: &mut Source, room: &Shared, id: u64) -> Ended {
    // Đọc từng tin của `source` cho tới hết (`None`) hoặc lỗi: `Ended::Gone`. Một dòng text mà người ta nói thì
    // đưa vào phòng (`room.with`), bỏ `\n` hay `\r\n` ở cuối nếu có. Dòng rỗng thì thôi. Dài hơn `LONGEST_LINE`
    // byte: `Ended::TooLong`. Tin nhị phân cũng đưa vào phòng. Ping và Close thì cứ đọc tiếp.
    //
    // Read the messages of `source` until there are no more (`None`) or an error: `Ended::Gone`. A line of
    // text is said in the room (`room.with`), without `\n` or `\r\n` at its end, if there is one. An
    // empty line is nothing. Longer than `LONGEST_LINE` bytes: `Ended::TooLong`. A binary message is
    // said as well. For pings and Close, read on.
    let next = source.next().await;
    room.with(|room| room.say(id, Message::text("?")));
    todo!("say what member {id} sends: {next:?}, or {:?} after {LONGEST_LINE}", Ended::TooLong)
}

/// Sends what waits for a member, until the member is gone or dropped.
async fn deliver(place: &mut Place, sink: &mut Sink) -> Ended {
    // Gửi từng tin trong `place.queue` qua `sink`; không gửi được nữa: `Ended::Gone`. Khi `place.dropped` báo tin
    // (`Ok`), dừng ngay: `Ended::TooSlow`, kể cả lúc đang chờ gửi dở, vì chính người này không đọc.
    //
    // Send each message of `place.queue` by `sink`; when that fails: `Ended::Gone`. When `place.dropped` gives
    // word (`Ok`), stop at once: `Ended::TooSlow`, even in the middle of a send, since it is this member
    // who does not read.
    let next = (place.queue.recv().await, (&mut place.dropped).await);
    todo!("send {next:?} by {sink:?}, until {:?}", (Ended::Gone, Ended::TooSlow))
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
