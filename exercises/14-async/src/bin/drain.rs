//! Bài 14 · `drain HẠN_CHÓT_MS`: server biết ra về. Nhận SIGTERM thì thôi nhận khách, làm nốt việc dở, rồi thoát.
//! Exercise 14 · `drain DEADLINE_MS`: a server that knows how to leave. At SIGTERM it takes no more calls, finishes
//! what runs, then exits.
//!
//! Bạn viết 3 hàm, khoảng 60 dòng; bắt đầu từ `fn run`.
//! You write 3 functions, about 60 lines; start at `fn run`.
//!
//!     cargo run -p ex14 --bin ex14-drain -- 10000      chạy, hạn chót 10 giây · run it, with 10 seconds to leave
//!     cargo course check 14 drain                      chấm · check it
//!     cargo course book 14                             đọc · the chapter that helps
//!
//! Tự thử: chạy server, ở terminal khác gõ `nc 127.0.0.1 PORT`, gõ `BEGIN 1`; ở terminal thứ ba gõ `kill PID` với
//! PID của server, rồi gọi thử thêm một lần nữa. Quay lại chỗ nc, gõ `END 1`. (Windows: Ctrl-C thay cho kill.)
//! By hand: run it; in another terminal `nc 127.0.0.1 PORT`, and type `BEGIN 1`; in a third, `kill PID` with the
//! server's PID, then try to call once more. Back at nc, type `END 1`. (On Windows: Ctrl-C in place of kill.)

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

/// The longest line that is taken, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 256;

/// So many jobs may run at the same time for one connection.
const MAX_JOBS: usize = 16;

/// How long the server rests when the kernel has no descriptor to give.
const REST: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() -> ExitCode {
    let Some(deadline) = deadline() else {
        eprintln!("Cách dùng: drain HẠN_CHÓT_MS     số mili giây, ví dụ 10000");
        eprintln!("Usage: drain DEADLINE_MS     in milliseconds, for example 10000");
        return ExitCode::from(2);
    };
    match open().await {
        Ok((listener, stop)) => run(listener, stop, deadline).await,
        Err(error) => {
            eprintln!("drain: không bắt đầu được · cannot start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the ears for signals first and for calls second: who knows the address may send SIGTERM.
async fn open() -> io::Result<(TcpListener, Stop)> {
    let stop = stop_requests()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok((listener, stop))
}

/// From here on SIGTERM does not end the program any more: `stop.recv().await` returns once for each.
#[cfg(unix)]
fn stop_requests() -> io::Result<Stop> {
    signal(SignalKind::terminate())
}

/// Windows has no SIGTERM; Ctrl-C stands for it.
#[cfg(windows)]
fn stop_requests() -> io::Result<Stop> {
    ctrl_c()
}

/// Serves until it is told to stop, then leaves in good order. What it returns is the exit code.
async fn run(listener: TcpListener, mut stop: Stop, deadline: Duration) -> ExitCode {
    // Nhận khách và phục vụ mỗi người bằng một task chạy `serve`, nhiều người cùng lúc. `accept` lỗi thì nghỉ
    // REST rồi nhận tiếp. Cho tới khi `stop.recv()` trả về (SIGTERM). Từ lúc đó:
    // - Đóng listener ngay: ai gọi thêm thì bị kernel từ chối (ECONNREFUSED), kể cả khi việc cũ còn dở.
    // - Mọi kết nối được báo là đến lúc ra về (xem `serve`).
    // - Không còn kết nối nào thì trả về `ExitCode::SUCCESS` (0) ngay, không chờ tới hạn chót.
    // - Quá `deadline` kể từ SIGTERM, hoặc nhận SIGTERM lần thứ hai, mà vẫn còn kết nối: in ra stderr một dòng
    //   `CUT n`, n là số kết nối bị cắt ngang, rồi trả về `ExitCode::FAILURE` (1) ngay.
    //
    // Take calls and serve each with a task that runs `serve`, many at the same time. When `accept` fails, rest
    // for REST and go on. Until `stop.recv()` returns (SIGTERM). From then on:
    // - Close the listener at once: who calls now is refused by the kernel (ECONNREFUSED), also while old jobs
    //   still run.
    // - Every connection is told that it is time to leave (see `serve`).
    // - As soon as no connection is left, return `ExitCode::SUCCESS` (0); do not wait for the deadline.
    // - When `deadline` has passed since SIGTERM, or at a second SIGTERM, and connections are left: print a line
    //   `CUT n` on stderr, n being the number of connections that are cut, and return `ExitCode::FAILURE` (1)
    //   at once.
    tokio::select! {
        Ok((stream, _)) = listener.accept() => {
            let future = serve(stream); // which does nothing until somebody runs it
            todo!("a task for this future ({} bytes), and so on; rests: {REST:?}", size_of_val(&future))
        }
        _ = stop.recv() => todo!("leave within {deadline:?}"),
    }
}

// Mỗi dòng của client được trả lời ngay bằng đúng một dòng, kết thúc bằng LF:
//
//   BEGIN id   BEGUN id   việc `id` bắt đầu, và đang dở cho tới dòng END id
//   END id     DONE id    việc `id` xong
//   dòng khác  NO         cũng vậy: BEGIN khi `id` đang dở hay đã có MAX_JOBS việc dở, END mà không có việc ấy
//
// `id` là tất cả những gì sau dấu cách đầu tiên. Việc thuộc về kết nối đã bắt đầu nó. Client đi thì việc của nó cũng hết.
// Sau SIGTERM:
// - Kết nối không có việc dở: gửi `BYE` rồi đóng, ngay, kể cả khi nó đang im lặng.
// - Kết nối có việc dở: phục vụ tiếp cho tới khi việc cuối cùng của nó xong, rồi gửi `BYE` và đóng. Không việc
//   mới nào bắt đầu nữa: BEGIN được trả lời `NO`.
// - Không mất byte nào: nửa dòng đã tới trước SIGTERM vẫn là phần đầu của dòng ấy.
// Bạn muốn đưa thêm tham số vào `serve` thì cứ thêm.
//
// Each line of a client is answered at once by exactly one line, ended by LF:
//
//   BEGIN id        BEGUN id   the job `id` has begun, and is in flight until the line END id
//   END id          DONE id    the job `id` is done
//   anything else   NO         also: BEGIN when `id` is in flight or MAX_JOBS are, END without such a job
//
// `id` is what follows the first space. A job belongs to the connection that began it. When a client leaves,
// its jobs are over.
// After SIGTERM:
// - A connection without a job in flight: send `BYE` and close, at once, also when it is silent.
// - A connection with jobs in flight: serve it until its last job is done, then send `BYE` and close. No new
//   job begins: BEGIN is answered `NO`.
// - No byte is lost: half a line that came before SIGTERM is still the beginning of that line.
// Give `serve` more parameters if you like.
/// Serves one connection until it has ended.
async fn serve(stream: TcpStream) -> io::Result<()> {
    let line = next_line(&mut BufReader::new(stream), &mut Vec::new()).await?;
    todo!("answer {line:?}, for {MAX_JOBS} jobs at most")
}

/// The next line from `reader`, without its end; `None` when nothing more will come. As long as it is not whole,
/// it stands in `line`: whoever drops this future midway (`select!` does that) calls again with the same `line`,
/// and no byte is lost.
async fn next_line(reader: &mut (impl AsyncBufRead + Unpin), line: &mut Vec<u8>) -> io::Result<Option<String>> {
    const TOO_MUCH: usize = MAX_LINE + b"\r\n".len();
    let room = TOO_MUCH.saturating_sub(line.len());
    reader.take(room as u64).read_until(b'\n', line).await?;
    let Some(whole) = line.strip_suffix(b"\n") else {
        // The stream has ended, and a line that was cut off is none; or it is longer than any line may be.
        return if line.len() < TOO_MUCH { Ok(None) } else { Err(io::ErrorKind::InvalidData.into()) };
    };
    let whole = whole.strip_suffix(b"\r").unwrap_or(whole);
    if whole.len() > MAX_LINE {
        return Err(io::ErrorKind::InvalidData.into()); // one byte too many, with LF alone behind it
    }
    let text = String::from_utf8(whole.to_vec()).map_err(|_| io::ErrorKind::InvalidData)?;
    line.clear();
    Ok(Some(text))
}

/// The deadline on the command line. `None` when the command line is not as the usage says.
fn deadline() -> Option<Duration> {
    let mut arguments = env::args_os().skip(1);
    let milliseconds = arguments.next()?.to_str()?.parse().ok()?;
    arguments.next().is_none().then(|| Duration::from_millis(milliseconds))
}
