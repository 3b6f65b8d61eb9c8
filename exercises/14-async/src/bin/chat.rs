//! Bài 14 · `chat [ĐỊA_CHỈ]`: phòng trò chuyện bằng task; client không chịu đọc thì không bắt được client khác chờ.
//! Exercise 14 · `chat [ADDRESS]`: chat rooms made of tasks; a client that does not read makes no other wait.
//!
//! Bạn viết 2 hàm, khoảng 150 dòng; bắt đầu từ `fn accept_loop`.
//! You write 2 functions, about 150 lines; start at `fn accept_loop`.
//!
//!     cargo run -p ex14 --bin ex14-chat      chạy · run it
//!     cargo course check 14 chat             chấm · check it
//!     cargo course book 14                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở vài terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Dòng đầu là tên,
//! ví dụ `mai` hay `mai saigon`, rồi gõ gì thì mọi người khác trong phòng thấy nấy.
//! By hand: run it, then in a few other terminals `nc 127.0.0.1 PORT`, with the port it prints. The first line is
//! a name, for example `mai` or `mai saigon`; after that, all others in the room see what you type.

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

/// The most lines that may wait for a client that does not read.
const QUEUE: usize = 64;

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The longest name of a client or a room, in characters.
const MAX_NAME: usize = 24;

/// The room of a client that names none.
const DEFAULT_ROOM: &str = "lobby";

// Mọi phòng, và trong mỗi phòng có những ai. Giữ gì trong đó là do bạn; phòng không còn ai thì không nên tốn
// bộ nhớ nữa.
//
// All rooms, and the members of each. What it holds is up to you; a room without members should not cost any
// memory.
#[derive(Default)]
struct Rooms;

/// Accepts one client after another, forever.
async fn accept_loop(listener: &TcpListener) -> ! {
    // Tạo một `Rooms`, rồi nhận (accept) hết client này đến client khác và chạy `handle_client` cho từng client.
    // - `handle_client(…)` chưa làm gì cả: nó chỉ tạo ra một future, và future thì đợi có ai chạy. Nếu vòng lặp
    //   này tự `.await` nó thì client sau phải chờ client trước: hãy giao nó cho một task riêng.
    // - Lỗi của một client chỉ kết thúc kết nối đó.
    // - `accept` lỗi thì nghỉ ACCEPT_RETRY_DELAY rồi nhận tiếp.
    //
    // Make one `Rooms`, then accept one client after another and run `handle_client` for each.
    // - `handle_client(…)` does nothing yet: it makes a future, and a future waits until it is run. If this loop
    //   awaited it, the next client would have to wait for this one: give it to a task of its own.
    // - An error of one client ends that connection only.
    // - When `accept` fails, wait for ACCEPT_RETRY_DELAY and go on.
    todo!("accept clients, each in a task of its own")
}

/// Serves one client from its first line until it leaves or is dropped.
async fn handle_client(stream: TcpStream, rooms: &Rooms) -> io::Result<()> {
    // Mọi thứ đi qua kết nối là dòng UTF-8. Đọc bằng `next_line`; ghi ra thì mỗi dòng kết thúc bằng LF.
    //
    // VÀO PHÒNG. Dòng đầu là tên, có thể thêm một dấu cách và tên phòng; `introduction` tách hộ bạn.
    // - Sai quy cách (kể cả dòng rỗng): gửi `! bad name` rồi đóng kết nối.
    // - Trong phòng đó đã có người tên như vậy: gửi `! name taken` rồi đóng. Ở phòng khác thì không sao.
    // - Được: người mới nhận `= binh lan`, tức những ai đang có mặt, theo thứ tự vào phòng, không có chính mình
    //   (chỉ `=` khi chưa có ai). Những người kia nhận `+ mai`.
    // NÓI. Mỗi dòng sau đó tới mọi người khác trong phòng, đúng thứ tự, y nguyên, dưới dạng `mai: xin chao`.
    // - Người nói không nhận lại. Dòng rỗng thì bỏ qua. Phòng khác không nghe thấy gì.
    // DÒNG QUÁ DÀI, dù là dòng nào: gửi `! line too long` rồi đóng kết nối.
    // RA ĐI. Khi hết luồng dữ liệu, khi kết nối lỗi (RST) hay khi bị đóng: những người kia nhận `- mai`, server
    // đóng kết nối, và tên đó dùng lại được. Dòng cuối thiếu LF vẫn tính là đã nói.
    // KHÔNG AI PHẢI CHỜ AI. Một client có thể ngồi im, hay gõ từng byte, trong khi người khác đang nói. Nó cũng có
    // thể không đọc gì cả:
    // - Mỗi client có một hàng đợi, nhiều nhất QUEUE dòng.
    // - Hàng đợi đầy mà còn một dòng nữa phải vào thì client đó bị loại: kết nối đóng ngay (không chờ nó đọc), mọi
    //   người khác nhận `- tên`, kể cả người đang nói.
    // - Chưa bị loại thì không được mất dòng nào.
    //
    // All that crosses a connection is lines of UTF-8. Read with `next_line`; end each line that you write with
    // LF.
    //
    // JOINING. The first line is a name, optionally followed by one space and a room; `introduction` splits it.
    // - Not valid (an empty line, too): send `! bad name`, then close the connection.
    // - A member of that room has this name: send `! name taken`, then close. In another room it does no harm.
    // - Accepted: the newcomer gets `= binh lan`, the other members in order of joining, without itself (just `=`
    //   when there is no other). The others get `+ mai`.
    // SPEAKING. Every further line goes to all other members of the room, in order and unchanged, as `mai: xin
    // chao`.
    // - The speaker does not get it back. An empty line is ignored. Other rooms receive nothing.
    // A LINE TOO LONG, whichever it is: send `! line too long`, then close the connection. LEAVING. At the end of
    // the stream, at an error (RST), or when the connection is closed: the others get `- mai`, the server closes
    // the connection, and the name is free again. A last line without LF counts as sent. NO CLIENT WAITS FOR
    // ANOTHER. A client may sit still, or type a byte at a time while others speak. It may also read nothing at
    // all:
    // - Each client has a queue, of QUEUE lines at most.
    // - When the queue is full and one more line must go in, that client is dropped: its connection is closed at
    //   once (not when it reads again), and all others get `- name`, the speaker, too.
    // - Until it is dropped it must lose no line.
    todo!("read the name, join the room, then read and write lines until the client leaves")
}

/// How long to wait after a failed `accept`: the kernel has no descriptor to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: chat [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: chat [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address).await {
        Ok(listener) => accept_loop(&listener).await,
        Err(error) => {
            eprintln!("chat: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Returns the name and the room in a client's first line; `None` when one of them is not valid.
fn introduction(line: &str) -> Option<(&str, &str)> {
    let (name, room) = line.split_once(' ').unwrap_or((line, DEFAULT_ROOM));
    (is_name(name) && is_name(room)).then_some((name, room))
}

/// Returns whether `word` has 1 to MAX_NAME characters: letters of any script, digits, `_` and `-`.
fn is_name(word: &str) -> bool {
    (1..=MAX_NAME).contains(&word.chars().count())
        && word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
}

/// The result of `next_line`.
#[derive(Debug)]
enum Received {
    /// A line without its newline. Bytes that are not UTF-8 have been replaced.
    Line(String),
    /// More than MAX_LINE bytes without a newline.
    TooLong,
    /// The end of the stream.
    End,
}

/// Reads the next line from `reader`. As long as it is not whole, its bytes are in `line`: a caller that drops
/// this future midway (`select!` does that) calls again with the same `line`, and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Received> {
    const MAX_RAW_LINE: usize = MAX_LINE + b"\r\n".len();
    let capacity = MAX_RAW_LINE.saturating_sub(line.len());
    reader.take(capacity as u64).read_until(b'\n', line).await?;
    let whole = line.strip_suffix(b"\n").map(|whole| whole.strip_suffix(b"\r").unwrap_or(whole));
    let received = match whole {
        Some(whole) if whole.len() <= MAX_LINE => Received::Line(String::from_utf8_lossy(whole).into_owned()),
        None if line.is_empty() => Received::End,
        None if line.len() <= MAX_LINE => Received::Line(String::from_utf8_lossy(line).into_owned()),
        _ => Received::TooLong,
    };
    line.clear();
    Ok(received)
}

/// Returns the address from the command line; without one, the loopback address and port 0 (the
/// kernel picks a free port). `None` when the command line is not as the usage says.
fn parse_arguments() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}
