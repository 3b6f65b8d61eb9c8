//! Bài 14 · `drain HẠN_CHÓT_MS`: server biết dừng êm: nhận SIGTERM thì thôi nhận client, làm nốt việc dở, rồi thoát.
//! Exercise 14 · `drain DEADLINE_MS`: a server with a graceful shutdown. At SIGTERM it accepts no more clients,
//! finishes the jobs in flight, then exits.
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

//~ task
//~ vi: Cần gì thì `use` thêm ở đây. tokio-util có CancellationToken (báo cho mọi task cùng lúc) và TaskTracker
//~ vi: (đếm task, chờ chúng xong).
//~ en: Add here what you need. tokio-util has CancellationToken (tells all tasks at once) and TaskTracker (counts
//~ en: tasks, waits for them).
use std::collections::HashSet;

use tokio::io::AsyncWriteExt;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
//~ end

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 256;

/// The most jobs in flight for one connection.
const MAX_JOBS: usize = 16;

/// Serves until SIGTERM, then shuts down gracefully. Returns the exit code.
async fn run(listener: TcpListener, mut stop: Stop, deadline: Duration) -> ExitCode {
    //~ task
    //~ vi: Nhận (accept) client và phục vụ mỗi client bằng một task chạy `handle_client`, nhiều client cùng lúc, cho
    //~ vi: tới khi `stop.recv()` trả về (SIGTERM). `accept` lỗi thì nghỉ ACCEPT_RETRY_DELAY rồi nhận tiếp. Từ lúc có
    //~ vi: SIGTERM:
    //~ vi: - Đóng listener ngay: ai kết nối nữa thì bị kernel từ chối (ECONNREFUSED), kể cả khi việc cũ còn dở.
    //~ vi: - Mọi kết nối được báo là server đang dừng (xem `handle_client`).
    //~ vi: - Không còn kết nối nào thì trả về `ExitCode::SUCCESS` (0) ngay, không chờ tới hạn chót.
    //~ vi: - Quá `deadline` kể từ SIGTERM, hoặc nhận SIGTERM lần thứ hai, mà vẫn còn kết nối: in ra stderr một dòng
    //~ vi:   `CUT n`, n là số kết nối bị cắt ngang, rồi trả về `ExitCode::FAILURE` (1) ngay.
    //~ en: Accept clients and serve each with a task that runs `handle_client`, many at the same time, until
    //~ en: `stop.recv()` returns (SIGTERM). When `accept` fails, wait for ACCEPT_RETRY_DELAY and go on. From SIGTERM
    //~ en: on:
    //~ en: - Close the listener at once: the kernel refuses new connections (ECONNREFUSED), also while old jobs still
    //~ en:   run.
    //~ en: - Every connection is told that the server shuts down (see `handle_client`).
    //~ en: - As soon as no connection is left, return `ExitCode::SUCCESS` (0); do not wait for the deadline.
    //~ en: - When `deadline` has passed since SIGTERM, or at a second SIGTERM, and connections are left: print a line
    //~ en:   `CUT n` on stderr, n being the number of connections that are cut, and return `ExitCode::FAILURE` (1) at
    //~ en:   once.
    //~ stub: todo!("accept until SIGTERM, then shut down within the deadline")
    let draining = CancellationToken::new();
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.recv() => break,
        };
        match accepted {
            Ok((stream, address)) => {
                let draining = draining.clone();
                connections.spawn(async move {
                    if let Err(error) = handle_client(stream, draining).await {
                        eprintln!("drain: {address}: {error}");
                    }
                });
            }
            Err(error) => {
                eprintln!("drain: {error}");
                tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            }
        }
    }
    drop(listener); // not calling accept is not enough: the kernel would go on completing handshakes
    draining.cancel();
    connections.close();
    tokio::select! {
        () = connections.wait() => return ExitCode::SUCCESS,
        () = tokio::time::sleep(deadline) => {}
        _ = stop.recv() => {}
    }
    eprintln!("CUT {}", connections.len());
    // The runtime ends with main, and every task ends with the runtime.
    ExitCode::FAILURE
    //~ end
}

//~ task
//~ vi: Mỗi dòng của client được trả lời ngay bằng đúng một dòng, kết thúc bằng LF:
//~ vi:
//~ vi:   BEGIN id   BEGUN id   việc `id` bắt đầu, và đang dở cho tới dòng END id
//~ vi:   END id     DONE id    việc `id` xong
//~ vi:   dòng khác  NO         cũng vậy: BEGIN khi `id` đang dở hay đã có MAX_JOBS việc dở, END mà không có việc đó
//~ vi:
//~ vi: - `id` là tất cả những gì sau dấu cách đầu tiên.
//~ vi: - Việc thuộc về kết nối đã bắt đầu nó. Client đi thì việc của nó cũng hết.
//~ vi: Sau SIGTERM:
//~ vi: - Kết nối không có việc dở: gửi `BYE` rồi đóng, ngay, kể cả khi nó đang im lặng.
//~ vi: - Kết nối có việc dở: phục vụ tiếp cho tới khi việc cuối cùng của nó xong, rồi gửi `BYE` và đóng. Không việc mới
//~ vi:   nào bắt đầu nữa: BEGIN được trả lời `NO`.
//~ vi: - Không mất byte nào: nửa dòng đã tới trước SIGTERM vẫn là phần đầu của dòng đó.
//~ vi: Bạn muốn đưa thêm tham số vào `handle_client` thì cứ thêm.
//~ en: Answer each line of a client at once with exactly one line, ended by LF:
//~ en:
//~ en:   BEGIN id        BEGUN id   the job `id` has begun, and is in flight until the line END id
//~ en:   END id          DONE id    the job `id` is done
//~ en:   anything else   NO         also: BEGIN when `id` is in flight or MAX_JOBS are, END without such a job
//~ en:
//~ en: - `id` is the rest of the line after the first space.
//~ en: - A job belongs to the connection that began it. When a client leaves, its jobs are over.
//~ en: After SIGTERM:
//~ en: - A connection without a job in flight: send `BYE` and close, at once, also when it is silent.
//~ en: - A connection with jobs in flight: serve it until its last job is done, then send `BYE` and close. No new job
//~ en:   begins: BEGIN is answered `NO`.
//~ en: - No byte is lost: half a line that came before SIGTERM is still the beginning of that line.
//~ en: Give `handle_client` more parameters if you like.
//~ stub: /// Serves one connection until it has ended.
//~ stub: async fn handle_client(stream: TcpStream) -> io::Result<()> {
//~ stub:     todo!("answer each line, and leave when the server shuts down")
//~ stub: }
/// Serves one connection until its stream ends, or until we shut down and it has no job in flight.
async fn handle_client(mut stream: TcpStream, draining: CancellationToken) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new(); // outlives each iteration, so that half a line is kept
    let mut jobs = HashSet::new();
    while !(draining.is_cancelled() && jobs.is_empty()) {
        let request = tokio::select! {
            request = next_line(&mut reader, &mut line) => request?,
            () = draining.cancelled(), if !draining.is_cancelled() => continue,
        };
        let Some(request) = request else {
            return Ok(());
        };
        let may_begin = !draining.is_cancelled() && jobs.len() < MAX_JOBS;
        let answer = match request.split_once(' ') {
            Some(("BEGIN", id)) if may_begin && jobs.insert(id.to_owned()) => format!("BEGUN {id}\n"),
            Some(("END", id)) if jobs.remove(id) => format!("DONE {id}\n"),
            _ => "NO\n".to_owned(),
        };
        writer.write_all(answer.as_bytes()).await?;
    }
    writer.write_all(b"BYE\n").await
}
//~ end

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

//~ tests
#[cfg(test)]
mod tests {
    use checks::Pieces;
    use proptest::prelude::*;

    use super::*;

    /// Returns the lines until the end, or until one that cannot be taken: then `true`.
    fn lines_of(pieces: &[Vec<u8>]) -> (Vec<String>, bool) {
        let (mut reader, mut line, mut lines) = (BufReader::new(Pieces::new(pieces)), Vec::new(), Vec::new());
        loop {
            // Whenever it has to wait it is dropped, and begun anew with the same line.
            let next = Pieces::poll_once(next_line(&mut reader, &mut line));
            assert!(line.capacity() <= 4 * MAX_LINE, "{} bytes are kept", line.capacity());
            match next {
                None => {}
                Some(Ok(Some(line))) => lines.push(line),
                Some(Ok(None)) => return (lines, false),
                Some(Err(_)) => return (lines, true),
            }
        }
    }

    fn expected(text: &[u8]) -> (Vec<String>, bool) {
        let mut lines = Vec::new();
        for (line, whole) in split(text) {
            match String::from_utf8(line.to_vec()) {
                // What the stream has cut is no line, and only then does it matter how long it is.
                _ if !whole => return (lines, line.len() >= MAX_LINE + 2),
                Ok(line) if line.len() <= MAX_LINE => lines.push(line),
                _ => return (lines, true),
            }
        }
        (lines, false)
    }

    /// Pieces of a stream, many of which end lines, some nearly as long as a line may be.
    fn pieces() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let piece = prop_oneof![
            prop::collection::vec(any::<u8>(), 0..10),
            "[a-zà-ỹ ]{0,8}\r?\n?".prop_map(String::into_bytes),
            (MAX_LINE - 2..MAX_LINE + 4, "\r?\n?")
                .prop_map(|(length, end)| ["x".repeat(length), end].concat().into_bytes()),
            Just(b"\n".to_vec()),
        ];
        prop::collection::vec(piece, 0..12)
    }

    /// Returns the lines of the text without their ends, the last one too; and whether the line had an end.
    fn split(text: &[u8]) -> Vec<(&[u8], bool)> {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        let cut = |line| <[u8]>::strip_suffix(line, b"\n");
        lines
            .map(|line| cut(line).map_or((line, false), |cut| (cut.strip_suffix(b"\r").unwrap_or(cut), true)))
            .collect()
    }

    proptest! {
        #[test]
        fn next_line_returns_the_same_lines_wherever_they_are_cut_and_the_future_dropped(pieces in pieces()) {
            prop_assert_eq!(lines_of(&pieces), expected(&pieces.concat()));
        }
    }
}
//~ end
