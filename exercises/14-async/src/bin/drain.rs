//! Bài 14 · `drain HẠN_CHÓT_MS`: server biết dừng êm: nhận SIGTERM thì thôi nhận client, làm nốt việc dở, rồi thoát.
//! Exercise 14 · `drain DEADLINE_MS`: a server with a graceful shutdown. At SIGTERM it accepts no more clients,
//! finishes the jobs in flight, then exits.
//!
//! Bạn viết 2 hàm, khoảng 60 dòng; bắt đầu từ `fn run`.
//! You write 2 functions, about 60 lines; start at `fn run`.
//!
//!     cargo run -p ex14 --bin ex14-drain -- 10000      chạy, hạn chót 10 giây · run it, with 10 seconds to leave
//!     cargo course check 14 drain                      chấm · check it
//!     cargo course book 14                             đọc · the chapter that helps
//!
//! Tự thử: chạy server, ở terminal khác gõ `nc 127.0.0.1 PORT`, gõ `BEGIN 1`; ở terminal thứ ba gõ `kill PID` với
//! PID của server, rồi thử kết nối thêm một lần nữa. Quay lại chỗ nc, gõ `END 1`. (Windows: Ctrl-C thay cho kill.)
//! By hand: run it; in another terminal `nc 127.0.0.1 PORT`, and type `BEGIN 1`; in a third, `kill PID` with the
//! server's PID, then try to connect once more. Back at nc, type `END 1`. (On Windows: Ctrl-C instead of kill.)

use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, io};

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::signal::unix::{Signal as Stop, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC as Stop, ctrl_c};

// Cần gì thì `use` thêm ở đây. tokio-util có CancellationToken (báo cho mọi task cùng lúc) và TaskTracker
// (đếm task, chờ chúng xong).
//
// Add here what you need. tokio-util has CancellationToken (tells all tasks at once) and TaskTracker (counts
// tasks, waits for them).

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 256;

/// The most jobs in flight for one connection.
const MAX_JOBS: usize = 16;

/// Serves until SIGTERM, then shuts down gracefully. Returns the exit code.
async fn run(listener: TcpListener, mut stop: Stop, deadline: Duration) -> ExitCode {
    // Nhận (accept) client và phục vụ mỗi client bằng một task chạy `handle_client`, nhiều client cùng lúc, cho
    // tới khi `stop.recv()` trả về (SIGTERM). `accept` lỗi thì nghỉ ACCEPT_RETRY_DELAY rồi nhận tiếp. Từ lúc có
    // SIGTERM:
    // - Đóng listener ngay: ai kết nối nữa thì bị kernel từ chối (ECONNREFUSED), kể cả khi việc cũ còn dở.
    // - Mọi kết nối được báo là server đang dừng (xem `handle_client`).
    // - Không còn kết nối nào thì trả về `ExitCode::SUCCESS` (0) ngay, không chờ tới hạn chót.
    // - Quá `deadline` kể từ SIGTERM, hoặc nhận SIGTERM lần thứ hai, mà vẫn còn kết nối: in ra stderr một dòng
    //   `CUT n`, n là số kết nối bị cắt ngang, rồi trả về `ExitCode::FAILURE` (1) ngay.
    //
    // Accept clients and serve each with a task that runs `handle_client`, many at the same time, until
    // `stop.recv()` returns (SIGTERM). When `accept` fails, wait for ACCEPT_RETRY_DELAY and go on. From SIGTERM
    // on:
    // - Close the listener at once: the kernel refuses new connections (ECONNREFUSED), also while old jobs still
    //   run.
    // - Every connection is told that the server shuts down (see `handle_client`).
    // - As soon as no connection is left, return `ExitCode::SUCCESS` (0); do not wait for the deadline.
    // - When `deadline` has passed since SIGTERM, or at a second SIGTERM, and connections are left: print a line
    //   `CUT n` on stderr, n being the number of connections that are cut, and return `ExitCode::FAILURE` (1) at
    //   once.
    todo!("accept until SIGTERM, then shut down within the deadline")
}

// Mỗi dòng của client được trả lời ngay bằng đúng một dòng, kết thúc bằng LF:
//
//   BEGIN id   BEGUN id   việc `id` bắt đầu, và đang dở cho tới dòng END id
//   END id     DONE id    việc `id` xong
//   dòng khác  NO         cũng vậy: BEGIN khi `id` đang dở hay đã có MAX_JOBS việc dở, END mà không có việc đó
//
// - `id` là tất cả những gì sau dấu cách đầu tiên.
// - Việc thuộc về kết nối đã bắt đầu nó. Client đi thì việc của nó cũng hết.
// Sau SIGTERM:
// - Kết nối không có việc dở: gửi `BYE` rồi đóng, ngay, kể cả khi nó đang im lặng.
// - Kết nối có việc dở: phục vụ tiếp cho tới khi việc cuối cùng của nó xong, rồi gửi `BYE` và đóng. Không việc mới
//   nào bắt đầu nữa: BEGIN được trả lời `NO`.
// - Không mất byte nào: nửa dòng đã tới trước SIGTERM vẫn là phần đầu của dòng đó.
// Bạn muốn đưa thêm tham số vào `handle_client` thì cứ thêm.
//
// Answer each line of a client at once with exactly one line, ended by LF:
//
//   BEGIN id        BEGUN id   the job `id` has begun, and is in flight until the line END id
//   END id          DONE id    the job `id` is done
//   anything else   NO         also: BEGIN when `id` is in flight or MAX_JOBS are, END without such a job
//
// - `id` is the rest of the line after the first space.
// - A job belongs to the connection that began it. When a client leaves, its jobs are over.
// After SIGTERM:
// - A connection without a job in flight: send `BYE` and close, at once, also when it is silent.
// - A connection with jobs in flight: serve it until its last job is done, then send `BYE` and close. No new job
//   begins: BEGIN is answered `NO`.
// - No byte is lost: half a line that came before SIGTERM is still the beginning of that line.
// Give `handle_client` more parameters if you like.
/// Serves one connection until it has ended.
async fn handle_client(stream: TcpStream) -> io::Result<()> {
    todo!("answer each line, and leave when the server shuts down")
}

/// How long to wait after a failed `accept`: the kernel has no descriptor to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(deadline) = parse_arguments() else {
        eprintln!("Cách dùng: drain HẠN_CHÓT_MS     số mili giây, ví dụ 10000");
        eprintln!("Usage: drain DEADLINE_MS     in milliseconds, for example 10000");
        return ExitCode::from(2);
    };
    match listen().await {
        Ok((listener, stop)) => run(listener, stop, deadline).await,
        Err(error) => {
            eprintln!("drain: không bắt đầu được · cannot start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Registers for the signal first and listens second: a process that reads the address may send SIGTERM at once.
async fn listen() -> io::Result<(TcpListener, Stop)> {
    let stop = termination_signal()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok((listener, stop))
}

/// From here on SIGTERM does not end the program any more: `stop.recv().await` returns once for each.
#[cfg(unix)]
fn termination_signal() -> io::Result<Stop> {
    signal(SignalKind::terminate())
}

/// Windows has no SIGTERM; Ctrl-C takes its place.
#[cfg(windows)]
fn termination_signal() -> io::Result<Stop> {
    ctrl_c()
}

/// Reads the next line from `reader`, without its newline; `None` at the end of the stream. As long as the line is
/// not whole, its bytes are in `line`: a caller that drops this future midway (`select!` does that) calls again with
/// the same `line`, and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Option<String>> {
    const MAX_RAW_LINE: usize = MAX_LINE + b"\r\n".len();
    let capacity = MAX_RAW_LINE.saturating_sub(line.len());
    reader.take(capacity as u64).read_until(b'\n', line).await?;
    let Some(whole) = line.strip_suffix(b"\n") else {
        // The stream has ended, and a line that was cut off does not count; or the line is too long.
        return if line.len() < MAX_RAW_LINE { Ok(None) } else { Err(io::ErrorKind::InvalidData.into()) };
    };
    let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
    if whole.len() > MAX_LINE {
        return Err(io::ErrorKind::InvalidData.into()); // one byte too many, followed by LF alone
    }
    let text = String::from_utf8(whole.to_vec()).map_err(|_| io::ErrorKind::InvalidData)?;
    line.clear();
    Ok(Some(text))
}

/// Returns the deadline from the command line; `None` when it is not as the usage says.
fn parse_arguments() -> Option<Duration> {
    let mut arguments = env::args_os().skip(1);
    let milliseconds = arguments.next()?.to_str()?.parse().ok()?;
    arguments.next().is_none().then(|| Duration::from_millis(milliseconds))
}
