//! Bài 16 · `room`: phòng chat WebSocket: lịch sử, tên, người vào người ra, và người đọc chậm.
//! Exercise 16 · `room`: a WebSocket chat room: history, names, joining and leaving, slow readers.
//!
//! Bạn viết 1 hàm, khoảng 150 dòng; bắt đầu từ `fn handle_client`.
//! You write 1 function, about 150 lines; start at `fn handle_client`.
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

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

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

// Phòng chat: những ai đang ở đây, theo thứ tự vào, và những dòng được nói gần nhất. Giữ gì trong đó là do bạn.
//
// The chat room: its members, in order of joining, and the last lines. What it holds is up to you.
#[derive(Default)]
struct Room;

/// Serves one client from its handshake to the end.
async fn handle_client(stream: TcpStream, room: SharedRoom) {
    // VÀO PHÒNG. Bắt tay bằng `tokio_tungstenite::accept_async_with_config`. Tin đầu tiên là tên, bỏ `\n` hay
    // `\r\n` ở cuối nếu có; trước nó có thể có ping. Tin nhị phân thì coi như tên sai.
    // - Bắt tay và tên phải xong trong HANDSHAKE_TIMEOUT; không thì thôi, đóng kết nối.
    // - Tin nào dài hơn MAX_MESSAGE byte cũng bị từ chối (`WebSocketConfig`: cả tin lẫn khung).
    // - Tên mà `is_name` nói là sai: gửi `! bad name`. Tên đã có người dùng: gửi `! name taken`. Cả hai bằng
    //   `close`, mã `CloseCode::Policy`.
    // - Được: người mới nhận HISTORY dòng được nói gần nhất, cũ trước, rồi `= binh lan`: những ai đang ở đây, theo
    //   thứ tự vào (`=` nếu chưa có ai). Những người khác nhận `+ mai`.
    // NÓI. Đọc từng tin cho tới hết (`None`) hoặc lỗi.
    // - Một dòng text tới mọi người khác, có tên đứng trước (`mai: xin chao`), và được nhớ: chỉ giữ HISTORY dòng
    //   cuối. Người nói không nhận lại. Bỏ `\n` hay `\r\n` ở cuối nếu có. Dòng rỗng thì bỏ qua.
    // - Dài hơn MAX_LINE byte: gửi `! line too long` bằng `close`, mã `CloseCode::Policy`.
    // - Tin nhị phân tới người khác nguyên vẹn, không tên, không nhớ.
    // - Ping và Close thì cứ đọc tiếp: câu trả lời đi ở lần đọc kế tiếp.
    // RA ĐI. Những người còn lại nhận `- mai`, và tên đó dùng lại được.
    // KHÔNG AI PHẢI CHỜ AI. Đọc và gửi cùng lúc; bên nào kết thúc trước thì cả hai kết thúc.
    // - Mỗi người có một hàng đợi, nhiều nhất QUEUE tin.
    // - Hàng đợi đầy mà còn một tin nữa phải vào thì người đó bị loại: những người khác nhận ngay `- tên`, và kết
    //   nối đóng ngay bằng `close`, mã `CloseCode::Library(4001)`, lý do `too slow`, kể cả lúc đang chờ gửi dở, vì
    //   chính người này không đọc. Tin còn trong hàng đợi không gửi nữa.
    // - Người đã bị loại thì không nói được nữa.
    //
    // JOINING. Do the handshake with `tokio_tungstenite::accept_async_with_config`. The first message is the name,
    // without `\n` or `\r\n` at its end, if there is one; a ping may come before it. A binary message counts as a
    // name that is not valid.
    // - Handshake and name must be done within HANDSHAKE_TIMEOUT; if not, drop the connection.
    // - A message of more than MAX_MESSAGE bytes is rejected (`WebSocketConfig`: both message and frame).
    // - `is_name` says that the name is not valid: send `! bad name`. A member has this name: send `! name taken`.
    //   Both with `close`, code `CloseCode::Policy`.
    // - Accepted: the newcomer gets the last HISTORY lines, oldest first, then `= binh lan`: the other members in
    //   order of joining (`=` when there is none). The others get `+ mai`.
    // SPEAKING. Read the messages until there are no more (`None`) or an error.
    // - A line of text goes to all others with the name in front (`mai: xin chao`) and is remembered: only the
    //   last HISTORY lines are kept. The speaker does not get it back. Remove `\n` or `\r\n` at its end, if there
    //   is one. Ignore an empty line.
    // - A line of more than MAX_LINE bytes: send `! line too long` with `close`, code `CloseCode::Policy`.
    // - A binary message goes to the others unchanged, without a name, and is not remembered.
    // - For pings and Close, read on: the answer leaves with the next read.
    // LEAVING. The members that stay get `- mai`, and the name is free again.
    // NO MEMBER WAITS FOR ANOTHER. Read and send at the same time; the half that ends first ends both.
    // - Each member has a queue, of QUEUE messages at most.
    // - When the queue is full and one more message must go in, that member is dropped: the others get `- name` at
    //   once, and its connection is closed at once with `close`, code `CloseCode::Library(4001)`, reason `too
    //   slow`, even in the middle of a send, since it is this member that does not read. Messages left in its
    //   queue are not sent.
    // - A dropped member can no longer speak.
    todo!("handshake and name, join the room, then read and send until one of them ends")
}

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
