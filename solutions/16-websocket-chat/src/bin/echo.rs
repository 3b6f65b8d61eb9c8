//! Bài 16 · `echo`: server WebSocket trả lại từng tin nhắn, đúng theo RFC 6455.
//! Exercise 16 · `echo`: a WebSocket server that sends back each message, strictly by RFC 6455.
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

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::thread;

use tungstenite::protocol::WebSocketConfig;
use tungstenite::protocol::frame::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{HandshakeError, Message};
//~ end

/// Accepts clients from `listener`, forever.
fn serve(listener: &TcpListener, max_message: usize) {
    //~ task
    //~ vi: Nhận (accept) từng client từ `listener` và chạy `handle_client`.
    //~ vi: - Mỗi client một thread, kể cả lúc bắt tay: client kết nối rồi ngồi im không được bắt client khác chờ.
    //~ vi: - Client có làm gì thì server vẫn chạy: lỗi chỉ kết thúc kết nối đó.
    //~ vi: - `accept` lỗi thì đợi một chút rồi nhận tiếp.
    //~ en: Accept one client after another from `listener`, and run `handle_client`.
    //~ en: - A thread for each client, its handshake included: a client that connects and sends nothing must not make
    //~ en:   another wait.
    //~ en: - Nothing a client does stops the server: an error ends that connection only.
    //~ en: - When `accept` fails, wait a little and go on.
    //~ stub: todo!("accept clients and serve all of them at the same time")
    for accepted in listener.incoming() {
        let stream = match accepted {
            Ok(stream) => stream,
            // Most likely EMFILE. The client stays in the backlog until a descriptor is free.
            Err(error) => {
                eprintln!("chưa nhận được client · cannot accept: {error}");
                thread::sleep(Duration::from_millis(50));
                continue;
            }
        };
        let spawned = thread::Builder::new().spawn(move || {
            if let Err(error) = handle_client(stream, max_message) {
                eprintln!("một client kết thúc vì lỗi · a client result with an error: {error}");
            }
        });
        if let Err(error) = spawned {
            eprintln!("không tạo được thread · no thread for a client: {error}");
        }
    }
    //~ end
}

/// Serves one client from its handshake to the last byte.
fn handle_client(stream: TcpStream, max_message: usize) -> Result<(), Error> {
    //~ task
    //~ vi: Đặt kết nối vào một `DeadlineStream`: hạn chót của việc bắt tay tính từ lúc đó.
    //~ vi: 1. `handshake`. Thất bại thì gửi `rejection(&error)` qua chính kết nối đó.
    //~ vi: 2. Thành công thì `echo`.
    //~ vi: 3. Dù thế nào cũng kết thúc bằng `close_gracefully`: đóng khi còn byte chưa đọc là gửi RST, và câu trả lời
    //~ vi:    cuối cùng của ta có thể mất.
    //~ vi: Trả về kết quả của việc bắt tay hay của `echo`.
    //~ en: Put the connection into a `DeadlineStream`: the deadline of the handshake counts from then on.
    //~ en: 1. `handshake`. When it fails, send `rejection(&error)` over that same connection.
    //~ en: 2. When it succeeds, `echo`.
    //~ en: 3. In any case end with `close_gracefully`: closing with unread bytes sends RST, and our last answer may be
    //~ en:    lost.
    //~ en: Return the result of the handshake or of `echo`.
    //~ stub: todo!("handshake, echo, close")
    let mut stream = DeadlineStream::new(stream)?;
    let result = match handshake(&mut stream, max_message) {
        Ok(mut socket) => echo(&mut socket),
        Err(error) => {
            stream.write_all(rejection(&error).as_bytes())?;
            Err(error)
        }
    };
    stream.close_gracefully();
    result
    //~ end
}

/// Does the handshake on a connection, or returns why it failed.
fn handshake(stream: &mut DeadlineStream, max_message: usize) -> Result<WebSocket<&mut DeadlineStream>, Error> {
    //~ task
    //~ vi: Bắt tay với vai server (`tungstenite::accept_with_config`).
    //~ vi: - Tin dài hơn `max_message` byte phải bị từ chối, dù tới trong một khung (frame) hay nhiều khung; một khung
    //~ vi:   dài hơn thế thì từ chối ngay khi thấy header, không chờ nội dung.
    //~ vi: - `HandshakeError` có hai loại: `Failure` chứa lỗi cần trả về; `Interrupted` nghĩa là hết giờ: trả về
    //~ vi:   `Error::Io` loại `TimedOut`.
    //~ vi: - `stream.deadline` là hạn chót của mọi lần đọc. Nó dành cho việc bắt tay: xong rồi thì bỏ đi, vì một
    //~ vi:   WebSocket được phép im lặng bao lâu tùy ý.
    //~ en: Do the handshake as a server (`tungstenite::accept_with_config`).
    //~ en: - A message of more than `max_message` bytes must be rejected, whether it comes in one frame or in many; a
    //~ en:   frame longer than that is rejected as soon as its header is there, without waiting for the payload.
    //~ en: - A `HandshakeError` is of two kinds: `Failure` holds the error to return; `Interrupted` means that time is
    //~ en:   up: return an `Error::Io` of kind `TimedOut`.
    //~ en: - `stream.deadline` is the deadline of every read. It is meant for the handshake: when that is over, remove
    //~ en:   it, since a WebSocket may be silent for any time.
    //~ stub: todo!("handshake with both limits")
    // Both limits: with that of the message alone, a frame is read to its end before it is rejected.
    let config = WebSocketConfig::default().max_message_size(Some(max_message)).max_frame_size(Some(max_message));
    let mut socket = tungstenite::accept_with_config(stream, Some(config)).map_err(|error| match error {
        HandshakeError::Failure(error) => error,
        HandshakeError::Interrupted(_) => Error::Io(io::ErrorKind::TimedOut.into()),
    })?;
    socket.get_mut().deadline = None;
    Ok(socket)
    //~ end
}

/// Sends back every message, until the client closes.
fn echo(socket: &mut WebSocket<&mut DeadlineStream>) -> Result<(), Error> {
    //~ task
    //~ vi: - Chữ trả lại thành chữ, nhị phân thành nhị phân, gửi đi ngay, lần lượt từng tin.
    //~ vi: - Ping và Close thì tungstenite trả lời giúp, nhưng câu trả lời chỉ đi ở lần gọi `read` kế tiếp: cứ đọc tiếp
    //~ vi:   cho tới `ConnectionClosed`, đó là kết thúc tốt đẹp. Pong không cần trả lời.
    //~ vi: - Client sai luật thì gửi Close rồi trả về lỗi; mã là 1002 nếu sai giao thức (`Error::Protocol`), 1007 nếu
    //~ vi:   chữ không phải UTF-8 (`Error::Utf8`), 1009 nếu quá dài (`Error::Capacity`).
    //~ vi: - Lỗi khác (RST chẳng hạn) thì chỉ trả về lỗi, đừng panic.
    //~ en: - Text goes back as text, binary as binary, at once, one message after the other.
    //~ en: - Pings and Close are answered by tungstenite, but the answer leaves with the next call of `read`: read on
    //~ en:   until `ConnectionClosed`, which is the normal end. A pong needs no answer.
    //~ en: - When a client breaks the rules, send it a Close, then return the error; the code is 1002 for a protocol
    //~ en:   error (`Error::Protocol`), 1007 for text that is not UTF-8 (`Error::Utf8`), 1009 for a message that is too
    //~ en:   long (`Error::Capacity`).
    //~ en: - For other errors (RST, for example) return the error, do not panic.
    //~ stub: todo!("send back each message; close with the right code")
    loop {
        let error = match socket.read() {
            Ok(message @ (Message::Text(_) | Message::Binary(_))) => {
                socket.send(message)?; // send is write and flush: write alone stays in a buffer
                continue;
            }
            Ok(_) => continue, // ping, pong, close: the answer leaves with the next read
            Err(Error::ConnectionClosed) => return Ok(()),
            Err(error) => error,
        };
        let code = match &error {
            Error::Protocol(_) => CloseCode::Protocol,
            Error::Utf8(_) => CloseCode::Invalid,
            Error::Capacity(_) => CloseCode::Size,
            _ => return Err(error), // the connection itself is broken: a Close would not arrive
        };
        // Whether the Close arrives or not, the error that ended the connection is the one that counts.
        let _ = socket.close(Some(CloseFrame { code, reason: "".into() }));
        return Err(error);
    }
    //~ end
}

/// Returns the HTTP response to a failed handshake.
fn rejection(error: &Error) -> &'static str {
    //~ task
    //~ vi: Câu trả lời HTTP cho một lần bắt tay thất bại: dòng trạng thái, các header, một dòng trống; mỗi dòng kết
    //~ vi: thúc bằng CRLF. Luôn có `Connection: close` và `Content-Length: 0`.
    //~ vi: - HTTP đúng, nhưng không xin WebSocket, hay không nói phiên bản (ba lỗi `Error::Protocol`:
    //~ vi:   MissingConnectionUpgradeHeader, MissingUpgradeWebSocketHeader, MissingSecWebSocketVersionHeader): 426, với
    //~ vi:   `Upgrade: websocket`, `Sec-WebSocket-Version: 13`, và `Connection: Upgrade, close` (RFC 6455, mục 4.2.2).
    //~ vi: - Hết giờ (`Error::Io` loại `TimedOut`): 408.
    //~ vi: - Còn lại: 400.
    //~ en: The HTTP response to a failed handshake: a status line, the headers, an empty line; each line ends with
    //~ en: CRLF. Always with `Connection: close` and `Content-Length: 0`.
    //~ en: - Correct HTTP that does not ask for a WebSocket, or names no version (three kinds of `Error::Protocol`:
    //~ en:   MissingConnectionUpgradeHeader, MissingUpgradeWebSocketHeader, MissingSecWebSocketVersionHeader): 426,
    //~ en:   with `Upgrade: websocket`, `Sec-WebSocket-Version: 13`, and `Connection: Upgrade, close` (RFC 6455,
    //~ en:   section 4.2.2).
    //~ en: - Time is up (`Error::Io` of kind `TimedOut`): 408.
    //~ en: - Everything else: 400.
    //~ stub: todo!("426, 408 or 400")
    use tungstenite::error::ProtocolError::{
        MissingConnectionUpgradeHeader, MissingSecWebSocketVersionHeader, MissingUpgradeWebSocketHeader,
    };
    match error {
        // Correct HTTP, but no WebSocket of our version (RFC 6455, section 4.2.2).
        Error::Protocol(
            MissingConnectionUpgradeHeader | MissingUpgradeWebSocketHeader | MissingSecWebSocketVersionHeader,
        ) => {
            "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
             Connection: Upgrade, close\r\nContent-Length: 0\r\n\r\n"
        }
        Error::Io(error) if error.kind() == io::ErrorKind::TimedOut => {
            "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        }
        _ => "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
    }
    //~ end
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
