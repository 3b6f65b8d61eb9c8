//! Bài 16 · `echo`: server WebSocket trả lại từng tin nhắn, đúng theo RFC 6455.
//! Exercise 16 · `echo`: a WebSocket server that sends back each message, strictly by RFC 6455.
//!
//! Bạn viết 5 hàm, khoảng 75 dòng; bắt đầu từ `fn serve`.
//! You write 5 functions, about 75 lines; start at `fn serve`.
//!
//!     cargo run -p ex16 --bin ex16-echo                  chạy · run it
//!     cargo run -p ex16 --bin ex16-echo -- 65536         tin dài nhất, byte · the longest message, bytes
//!     cargo course check 16 echo                         chấm · check it
//!     cargo course book 16                               đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác `python3 -m websockets ws://127.0.0.1:PORT`.
//! By hand: run it, then in another terminal `python3 -m websockets ws://127.0.0.1:PORT`.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tungstenite::{Error, WebSocket};

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// Accepts clients from `listener`, forever.
fn serve(listener: &TcpListener, max_message: usize) {
    // Nhận (accept) từng client từ `listener` và chạy `handle_client`.
    // - Mỗi client một thread, kể cả lúc bắt tay: client kết nối rồi ngồi im không được bắt client khác chờ.
    // - Client có làm gì thì server vẫn chạy: lỗi chỉ kết thúc kết nối đó.
    // - `accept` lỗi thì đợi một chút rồi nhận tiếp.
    //
    // Accept one client after another from `listener`, and run `handle_client`.
    // - A thread for each client, its handshake included: a client that connects and sends nothing must not make
    //   another wait.
    // - Nothing a client does stops the server: an error ends that connection only.
    // - When `accept` fails, wait a little and go on.
    todo!("accept clients and serve all of them at the same time")
}

/// Serves one client from its handshake to the last byte.
fn handle_client(stream: TcpStream, max_message: usize) -> Result<(), Error> {
    // Đặt kết nối vào một `DeadlineStream`: hạn chót của việc bắt tay tính từ lúc đó.
    // 1. `handshake`. Thất bại thì gửi `rejection(&error)` qua chính kết nối đó.
    // 2. Thành công thì `echo`.
    // 3. Dù thế nào cũng kết thúc bằng `close_gracefully`: đóng khi còn byte chưa đọc là gửi RST, và câu trả lời
    //    cuối cùng của ta có thể mất.
    // Trả về kết quả của việc bắt tay hay của `echo`.
    //
    // Put the connection into a `DeadlineStream`: the deadline of the handshake counts from then on.
    // 1. `handshake`. When it fails, send `rejection(&error)` over that same connection.
    // 2. When it succeeds, `echo`.
    // 3. In any case end with `close_gracefully`: closing with unread bytes sends RST, and our last answer may be
    //    lost.
    // Return the result of the handshake or of `echo`.
    todo!("handshake, echo, close")
}

/// Does the handshake on a connection, or returns why it failed.
fn handshake(stream: &mut DeadlineStream, max_message: usize) -> Result<WebSocket<&mut DeadlineStream>, Error> {
    // Bắt tay với vai server (`tungstenite::accept_with_config`).
    // - Tin dài hơn `max_message` byte phải bị từ chối, dù tới trong một khung (frame) hay nhiều khung; một khung
    //   dài hơn thế thì từ chối ngay khi thấy header, không chờ nội dung.
    // - `HandshakeError` có hai loại: `Failure` chứa lỗi cần trả về; `Interrupted` nghĩa là hết giờ: trả về
    //   `Error::Io` loại `TimedOut`.
    // - `stream.deadline` là hạn chót của mọi lần đọc. Nó dành cho việc bắt tay: xong rồi thì bỏ đi, vì một
    //   WebSocket được phép im lặng bao lâu tùy ý.
    //
    // Do the handshake as a server (`tungstenite::accept_with_config`).
    // - A message of more than `max_message` bytes must be rejected, whether it comes in one frame or in many; a
    //   frame longer than that is rejected as soon as its header is there, without waiting for the payload.
    // - A `HandshakeError` is of two kinds: `Failure` holds the error to return; `Interrupted` means that time is
    //   up: return an `Error::Io` of kind `TimedOut`.
    // - `stream.deadline` is the deadline of every read. It is meant for the handshake: when that is over, remove
    //   it, since a WebSocket may be silent for any time.
    todo!("handshake with both limits")
}

/// Sends back every message, until the client closes.
fn echo(socket: &mut WebSocket<&mut DeadlineStream>) -> Result<(), Error> {
    // - Chữ trả lại thành chữ, nhị phân thành nhị phân, gửi đi ngay, lần lượt từng tin.
    // - Ping và Close thì tungstenite trả lời giúp, nhưng câu trả lời chỉ đi ở lần gọi `read` kế tiếp: cứ đọc tiếp
    //   cho tới `ConnectionClosed`, đó là kết thúc tốt đẹp. Pong không cần trả lời.
    // - Client sai luật thì gửi Close rồi trả về lỗi; mã là 1002 nếu sai giao thức (`Error::Protocol`), 1007 nếu
    //   chữ không phải UTF-8 (`Error::Utf8`), 1009 nếu quá dài (`Error::Capacity`).
    // - Lỗi khác (RST chẳng hạn) thì chỉ trả về lỗi, đừng panic.
    //
    // - Text goes back as text, binary as binary, at once, one message after the other.
    // - Pings and Close are answered by tungstenite, but the answer leaves with the next call of `read`: read on
    //   until `ConnectionClosed`, which is the normal end. A pong needs no answer.
    // - When a client breaks the rules, send it a Close, then return the error; the code is 1002 for a protocol
    //   error (`Error::Protocol`), 1007 for text that is not UTF-8 (`Error::Utf8`), 1009 for a message that is too
    //   long (`Error::Capacity`).
    // - For other errors (RST, for example) return the error, do not panic.
    todo!("send back each message; close with the right code")
}

/// Returns the HTTP response to a failed handshake.
fn rejection(error: &Error) -> &'static str {
    // Câu trả lời HTTP cho một lần bắt tay thất bại: dòng trạng thái, các header, một dòng trống; mỗi dòng kết
    // thúc bằng CRLF. Luôn có `Connection: close` và `Content-Length: 0`.
    // - HTTP đúng, nhưng không xin WebSocket, hay không nói phiên bản (ba lỗi `Error::Protocol`:
    //   MissingConnectionUpgradeHeader, MissingUpgradeWebSocketHeader, MissingSecWebSocketVersionHeader): 426, với
    //   `Upgrade: websocket`, `Sec-WebSocket-Version: 13`, và `Connection: Upgrade, close` (RFC 6455, mục 4.2.2).
    // - Hết giờ (`Error::Io` loại `TimedOut`): 408.
    // - Còn lại: 400.
    //
    // The HTTP response to a failed handshake: a status line, the headers, an empty line; each line ends with
    // CRLF. Always with `Connection: close` and `Content-Length: 0`.
    // - Correct HTTP that does not ask for a WebSocket, or names no version (three kinds of `Error::Protocol`:
    //   MissingConnectionUpgradeHeader, MissingUpgradeWebSocketHeader, MissingSecWebSocketVersionHeader): 426,
    //   with `Upgrade: websocket`, `Sec-WebSocket-Version: 13`, and `Connection: Upgrade, close` (RFC 6455,
    //   section 4.2.2).
    // - Time is up (`Error::Io` of kind `TimedOut`): 408.
    // - Everything else: 400.
    todo!("426, 408 or 400")
}

/// The max_message message that is taken unless the command line says otherwise, in bytes.
const DEFAULT_MAX_MESSAGE: usize = 16 * 1024 * 1024;

/// How long the handshake as a whole may take, however slowly its bytes come.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(1);

/// How long a write may wait for a client that does not read.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long to read after our last byte, so that it is not lost.
const LINGER: Duration = Duration::from_secs(1);

const USAGE: &str = "echo [MAX_MESSAGE]: MAX_MESSAGE là số byte của tin dài nhất, ít nhất 125 \
                     · is the longest message in bytes, at least 125";

fn main() -> ExitCode {
    let Some(max_message) = parse_arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if let Err(error) = listen(max_message) {
        eprintln!("echo: không lắng nghe được · cannot listen: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Returns the longest message from the command line, in bytes; `None` when it is not as the usage says.
fn parse_arguments() -> Option<usize> {
    let mut arguments = std::env::args().skip(1);
    let max_message = arguments.next().map_or(Some(DEFAULT_MAX_MESSAGE), |argument| argument.parse().ok());
    max_message.filter(|max_message| *max_message >= 125 && arguments.next().is_none())
}

fn listen(max_message: usize) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    serve(&listener, max_message);
    Ok(())
}

/// A connection with one deadline for all its reads. A read timeout of the socket starts again with
/// each byte: a client that sends a byte now and then would never exceed it.
#[derive(Debug)]
struct DeadlineStream {
    stream: TcpStream,
    deadline: Option<Instant>,
}

impl DeadlineStream {
    /// Makes a stream whose deadline is that of the handshake, which begins now.
    fn new(stream: TcpStream) -> io::Result<DeadlineStream> {
        stream.set_nodelay(true)?; // an answer leaves at once, however short
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        Ok(DeadlineStream { stream, deadline: Some(Instant::now() + HANDSHAKE_TIMEOUT) })
    }

    /// Closes the sending half and reads for a while what the client still sends. Closing with unread
    /// bytes sends RST, which may destroy our last bytes before the client reads them.
    fn close_gracefully(&mut self) {
        self.deadline = Some(Instant::now() + LINGER);
        if self.stream.shutdown(Shutdown::Write).is_ok() {
            let _ = io::copy(self, &mut io::sink()); // an error here means that the client has gone
        }
    }
}

impl Read for DeadlineStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let time_left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if time_left.is_some_and(|time_left| time_left.is_zero()) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(time_left)?;
        self.stream.read(buffer)
    }
}

impl Write for DeadlineStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
