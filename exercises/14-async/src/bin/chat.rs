//! Bài 14 · `chat [ĐỊA_CHỈ]`: phòng trò chuyện bằng task; ai không chịu đọc thì không bắt được ai chờ.
//! Exercise 14 · `chat [ADDRESS]`: chat rooms made of tasks; who does not read makes nobody wait.
//!
//! Bạn viết 3 hàm, khoảng 140 dòng; bắt đầu từ `fn serve_all`.
//! You write 3 functions, about 140 lines; start at `fn serve_all`.
//!
//!     cargo run -p ex14 --bin ex14-chat      chạy · run it
//!     cargo course check 14 chat             chấm · check it
//!     cargo course book 14                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Dòng đầu là tên,
//! ví dụ `mai` hay `mai saigon`, rồi gõ gì thì mọi người khác trong phòng thấy nấy.
//! By hand: run it, then in a few other terminals `nc 127.0.0.1 PORT`, with the port it prints. The first line is
//! a name, for example `mai` or `mai saigon`; after that, everybody else in the room sees what you type.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use std::{env, io};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

// Cần gì thì `use` thêm ở đây: tokio có task, hàng đợi, khóa và hẹn giờ; tokio-util có CancellationToken.
//
// Add here what you need: tokio has tasks, queues, locks and timers; tokio-util has CancellationToken.

/// So many lines may wait for a client that does not read, and not one more.
const QUEUE: usize = 64;

/// The longest line that is taken, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The longest name of a client or a room, in characters.
const MAX_NAME: usize = 24;

/// The room of whoever names none.
const LOBBY: &str = "lobby";

/// How long the server rests when the kernel has no descriptor to give.
const REST: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(address) = address_to_listen_at() else {
        eprintln!("Cách dùng: chat [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: chat [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address).await {
        Ok(listener) => serve_all(&listener).await,
        Err(error) => {
            eprintln!("chat: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that takes calls, and says where it listens.
async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

// Mọi phòng, và trong mỗi phòng có những ai. Giữ gì trong đó là do bạn; phòng không còn ai thì không nên
// tốn bộ nhớ nữa.
//
// All rooms, and who is in each of them. What it holds is up to you; a room with nobody left in it should
// cost no memory any more.
#[derive(Debug, Default)]
struct Rooms;

/// Takes one call after another, for ever.
async fn serve_all(listener: &TcpListener) -> ! {
    let rooms = Arc::<Rooms>::default();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("chat: {error}");
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        // `serve(…)` chưa làm gì cả: nó chỉ tạo ra một future, và future thì đợi có ai chạy. Nếu vòng lặp này
        // tự `.await` nó thì client sau phải chờ client trước: hãy giao nó cho một task riêng. Lỗi của một
        // client chỉ kết thúc kết nối đó.
        //
        // `serve(…)` does nothing yet: it makes a future, and a future waits until somebody runs it. If this
        // loop awaited it, the next client would have to wait for this one: give it to a task of its own. An
        // error of one client ends that connection only.
        let future = serve(stream, &rooms);
        todo!("run this future of {} bytes in a task of its own", size_of_val(&future))
    }
}

/// Serves one client from its first line until it leaves or is dropped.
async fn serve(stream: TcpStream, rooms: &Rooms) -> io::Result<()> {
    // Mọi thứ đi qua kết nối là dòng UTF-8. Đọc bằng `next_line`; ghi ra thì mỗi dòng kết thúc bằng LF.
    //
    // VÀO PHÒNG. Dòng đầu là tên, có thể thêm một dấu cách và tên phòng; `introduction` tách hộ bạn.
    // - Sai quy cách (kể cả dòng rỗng): gửi `! bad name` rồi đóng kết nối.
    // - Trong phòng đó đã có người tên như vậy: gửi `! name taken` rồi đóng. Ở phòng khác thì không sao.
    // - Được: người mới nhận `= binh lan`, tức những ai đang có mặt, theo thứ tự vào phòng, không có chính
    //   mình (chỉ `=` khi chưa có ai). Những người kia nhận `+ mai`.
    // NÓI. Mỗi dòng sau đó tới mọi người khác trong phòng, đúng thứ tự, y nguyên, dưới dạng `mai: xin chao`.
    // Người nói không nhận lại. Dòng rỗng thì bỏ qua. Phòng khác không nghe thấy gì.
    // DÒNG QUÁ DÀI, dù là dòng nào: gửi `! line too long` rồi đóng kết nối.
    // RA ĐI. Khi hết luồng dữ liệu, khi kết nối lỗi (RST) hay khi bị đóng: những người kia nhận `- mai`, server
    // đóng kết nối, và tên đó dùng lại được. Dòng cuối thiếu LF vẫn tính là đã nói.
    // KHÔNG AI PHẢI CHỜ AI. Một client có thể ngồi im, hay gõ từng byte, trong khi người khác đang nói. Nó
    // cũng có thể không đọc gì cả: mỗi client có một hàng đợi, nhiều nhất QUEUE dòng. Hàng đợi đầy mà còn một
    // dòng nữa phải vào thì client ấy bị loại: kết nối đóng ngay (không chờ nó đọc), mọi người khác nhận
    // `- tên`, kể cả người đang nói. Chưa bị loại thì không được mất dòng nào.
    //
    // All that crosses a connection is lines of UTF-8. Read with `next_line`; what you write ends each line
    // in LF.
    //
    // JOINING. The first line is a name, and may go on with one space and a room; `introduction` splits it.
    // - Not as it should be (an empty line, too): send `! bad name`, then close the connection.
    // - Somebody in that room has this name: send `! name taken`, then close. In another room it is no harm.
    // - Accepted: the newcomer gets `= binh lan`, who else is there, in order of arrival, without itself
    //   (just `=` when nobody is there). The others get `+ mai`.
    // SPEAKING. Every further line goes to everybody else in the room, in order and unchanged, as
    // `mai: xin chao`. Who speaks does not get it back. An empty line is nothing. Other rooms hear nothing.
    // A LINE TOO LONG, whichever it is: send `! line too long`, then close the connection.
    // LEAVING. At the end of the stream, at an error (RST), or when it is closed: the others get `- mai`, the
    // server closes the connection, and the name is free again. A last line without LF counts as said.
    // NOBODY WAITS FOR ANYBODY. A client may sit still, or type a byte at a time while others speak. It may
    // also read nothing at all: each client has a queue, of QUEUE lines at most. When it is full and one more
    // line must go in, that client is dropped: its connection is closed at once (not when it reads again),
    // everybody else gets `- name`, who is speaking, too. Until it is dropped it must lose no line.
    let heard = next_line(&mut BufReader::new(stream), &mut Vec::new()).await?;
    let Heard::Line(line) = &heard else { todo!("what to do at {heard:?}") };
    todo!("seat {:?} among {rooms:?}, with a queue of {QUEUE} lines", introduction(line))
}

/// The name and the room in a client's first line; `None` when it is not as it should be.
fn introduction(line: &str) -> Option<(&str, &str)> {
    let (name, room) = line.split_once(' ').unwrap_or((line, LOBBY));
    (is_name(name) && is_name(room)).then_some((name, room))
}

/// 1 to MAX_NAME characters: letters of any script, digits, `_` and `-`.
fn is_name(word: &str) -> bool {
    (1..=MAX_NAME).contains(&word.chars().count())
        && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// What `next_line` has found.
#[derive(Debug)]
enum Heard {
    /// A line without its end. What is not UTF-8 has been replaced.
    Line(String),
    /// More than MAX_LINE bytes without a line end.
    TooLong,
    /// Nothing more will come.
    End,
}

/// The next line from `reader`. As long as it is not whole, it stands in `line`: whoever drops this future
/// midway (`select!` does that) calls again with the same `line`, and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Heard> {
    const TOO_MUCH: usize = MAX_LINE + b"\r\n".len();
    let room = TOO_MUCH.saturating_sub(line.len());
    reader.take(room as u64).read_until(b'\n', line).await?;
    let whole = line.strip_suffix(b"\n").map(|whole| whole.strip_suffix(b"\r").unwrap_or(whole));
    let heard = match whole {
        Some(whole) if whole.len() <= MAX_LINE => Heard::Line(String::from_utf8_lossy(whole).into_owned()),
        None if line.is_empty() => Heard::End,
        None if line.len() <= MAX_LINE => Heard::Line(String::from_utf8_lossy(line).into_owned()),
        _ => Heard::TooLong,
    };
    line.clear();
    Ok(heard)
}

/// The address on the command line; without one, this machine only, on a port that the kernel
/// picks. `None` when the command line is not as the usage says.
fn address_to_listen_at() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}
