//! Bài 16 · `echo`: server WebSocket trả lại từng tin nhắn, đúng theo RFC 6455.
//! Exercise 16 · `echo`: a WebSocket server that sends back each message, strictly by RFC 6455.
//!
//! Bạn viết 3 hàm, khoảng 45 dòng; bắt đầu từ `fn serve`.
//! You write 3 functions, about 45 lines; start at `fn serve`.
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

/// The longest message that is taken unless the command line says otherwise, in bytes.
const LONGEST: usize = 16 * 1024 * 1024;

/// The handshake as a whole must be over after this long, however slowly its bytes come.
const HANDSHAKE: Duration = Duration::from_secs(1);

/// A client that takes none of our bytes for this long is given up.
const TAKE: Duration = Duration::from_secs(10);

/// After our last word we listen for this long, so that it is not lost.
const FAREWELL: Duration = Duration::from_secs(1);

const USAGE: &str = "echo [MAX_MESSAGE]: MAX_MESSAGE là số byte của tin dài nhất, ít nhất 125 \
                     · is the longest message in bytes, at least 125";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let longest = match arguments.as_slice() {
        [] => Some(LONGEST),
        [longest] => longest.parse().ok().filter(|longest| *longest >= 125),
        _ => None,
    };
    let Some(longest) = longest else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match listen(longest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo: không lắng nghe được · cannot listen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn listen(longest: usize) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    serve(&listener, longest);
    Ok(())
}

/// Takes callers from `listener`, for ever.
fn serve(listener: &TcpListener, longest: usize) {
    for arrival in listener.incoming() {
        // Dòng `let` bên dưới phục vụ từng client một. Hãy viết lại: mỗi client một thread, kể cả lúc
        // bắt tay, vì client gọi tới rồi ngồi im không được bắt client khác chờ. Client có làm
        // gì thì server vẫn chạy; `accept` lỗi thì đợi một chút rồi nhận tiếp.
        //
        // The `let` below serves one client after another. Rewrite it: a thread for each client,
        // its handshake included, since one who calls and says nothing must not make another wait.
        // Nothing a client does stops the server; when `accept` fails, wait a little and go on.
        let served = arrival.map_err(Error::from).and_then(|stream| attend(stream, longest));
        todo!("serve all clients at once, not one after another: {served:?}")
    }
}

/// One client, from its handshake to the last byte.
fn attend(stream: TcpStream, longest: usize) -> Result<(), Error> {
    let mut caller = Caller::new(stream)?;
    let ended = match shake_hands(&mut caller, longest) {
        Ok(mut socket) => echo(&mut socket),
        Err(error) => {
            caller.write_all(refusal(&error).as_bytes())?;
            Err(error)
        }
    };
    caller.hang_up();
    ended
}

/// Makes a WebSocket of a connection, or says why not.
fn shake_hands(caller: &mut Caller, longest: usize) -> Result<WebSocket<&mut Caller>, Error> {
    // Bắt tay với vai server (`tungstenite::accept_with_config`). Tin dài hơn `longest` byte phải bị từ chối,
    // dù tới trong một khung (frame) hay nhiều khung; một khung dài hơn thế thì từ chối ngay khi thấy header,
    // không chờ nội dung. `HandshakeError` có hai loại: `Failure` chứa lỗi cần trả về;
    // `Interrupted` nghĩa là hết giờ: trả về `Error::Io` loại `TimedOut`.
    // `caller.deadline` là hạn chót của mọi lần đọc. Nó dành cho việc bắt tay: xong rồi thì bỏ đi,
    // vì một WebSocket được phép im lặng bao lâu tùy ý.
    //
    // Shake hands as a server (`tungstenite::accept_with_config`). A message of more than `longest` bytes must
    // be refused, whether it comes in one frame or in many; a frame longer than that is refused as
    // soon as its header is there, without waiting for the payload. A `HandshakeError` is of two
    // kinds: `Failure` holds the error to return; `Interrupted` means that time is up: return an
    // `Error::Io` of kind `TimedOut`. `caller.deadline` is the deadline of every read. It is meant
    // for the handshake: when that is over, remove it, since a WebSocket may be silent for any time.
    todo!("shake hands with {caller:?}; no message longer than {longest} bytes")
}

/// Sends back what comes, until the client closes.
fn echo(socket: &mut WebSocket<&mut Caller>) -> Result<(), Error> {
    // Chữ trả lại thành chữ, nhị phân thành nhị phân, gửi đi ngay, lần lượt từng tin. Ping và Close
    // thì tungstenite trả lời giúp, nhưng câu trả lời chỉ đi ở lần gọi `read` kế tiếp: cứ đọc tiếp
    // cho tới `ConnectionClosed`, đó là kết thúc tốt đẹp. Pong không cần trả lời.
    // Client sai luật thì gửi Close rồi trả về lỗi; mã là 1002 nếu sai giao thức (`Error::Protocol`), 1007
    // nếu chữ không phải UTF-8 (`Error::Utf8`), 1009 nếu quá dài (`Error::Capacity`). Lỗi khác (RST chẳng
    // hạn) thì chỉ trả về lỗi, đừng panic.
    //
    // Text goes back as text, binary as binary, at once, one message after the other. Pings and Close are
    // answered by tungstenite, but the answer leaves with the next call of `read`: read on until
    // `ConnectionClosed`, which is the good end. A pong needs no answer.
    // A client that breaks the rules is sent a Close, then return the error; the code is 1002 for a breach of
    // protocol (`Error::Protocol`), 1007 for text that is not UTF-8 (`Error::Utf8`), 1009 for what is
    // too long (`Error::Capacity`). For other errors (RST, say) return the error, do not panic.
    todo!("echo the messages of {socket:?}")
}

/// The answer over HTTP to one who could not be made a WebSocket.
fn refusal(error: &Error) -> &'static str {
    use tungstenite::error::ProtocolError::{
        MissingConnectionUpgradeHeader, MissingSecWebSocketVersionHeader, MissingUpgradeWebSocketHeader,
    };
    match error {
        // Correct HTTP, but no WebSocket of the version that we speak (RFC 6455, section 4.2.2).
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
}

/// A connection whose reads can have a deadline as a whole. A read timeout of the socket begins
/// anew with each byte: one who sends a byte now and then would never meet it.
#[derive(Debug)]
struct Caller {
    stream: TcpStream,
    deadline: Option<Instant>,
}

impl Caller {
    /// The deadline of the handshake begins now.
    fn new(stream: TcpStream) -> io::Result<Caller> {
        stream.set_nodelay(true)?; // an answer leaves at once, however short
        stream.set_write_timeout(Some(TAKE))?;
        Ok(Caller { stream, deadline: Some(Instant::now() + HANDSHAKE) })
    }

    /// Says "that was all" and hears them out for a while. To close with their bytes unread sends
    /// RST, which may overtake our last word and destroy it.
    fn hang_up(&mut self) {
        self.deadline = Some(Instant::now() + FAREWELL);
        if self.stream.shutdown(Shutdown::Write).is_ok() {
            let _ = io::copy(self, &mut io::sink()); // an error here means that they have gone
        }
    }
}

impl Read for Caller {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero()) {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(left)?;
        self.stream.read(buffer)
    }
}

impl Write for Caller {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
