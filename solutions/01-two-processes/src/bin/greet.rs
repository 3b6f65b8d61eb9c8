//! Bài 01 · `greet ĐỊA_CHỈ TÊN`: client gọi tới một server, xưng tên, in ra câu server trả lời.
//! Exercise 01 · `greet ADDRESS NAME`: a client that connects, sends its name, prints the answer.
//!
//!     cargo run -p ex01 --bin ex01-greet -- 127.0.0.1:PORT Lan      chạy · run it
//!     cargo course check 01 greet                                   chấm · check it
//!     cargo course book 01                                          đọc · the chapter that helps
//!
//! Tự thử: bạn đóng vai server. Ở terminal khác gõ `nc -lv 127.0.0.1 0`, chạy greet với cổng mà nc
//! in ra, rồi gõ câu trả lời vào cửa sổ của nc và Enter.
//! By hand: you are the server. In another terminal type `nc -lv 127.0.0.1 0`, run greet with the
//! port that nc prints, then type the answer into nc's window, and Enter.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use std::{env, io};

//~ task
//~ vi: Kết nối là một `std::net::TcpStream`; đọc và ghi nó cần hai trait `std::io::Read` và
//~ vi: `std::io::Write`. Những gì bạn cần thì `use` thêm ở đây.
//~ en: A connection is a `std::net::TcpStream`; reading and writing it needs the traits
//~ en: `std::io::Read` and `std::io::Write`. Add here what you need.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
//~ end

/// The longest answer that is read, in bytes, its newline included. The server decides how much it
/// sends; we decide how much we keep.
const MAX_ANSWER: u64 = 1024;

/// How long to wait for the next bytes of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(10);

/// Connects to `address`, sends the name, and returns the line that comes back, without its newline.
fn greet(address: SocketAddr, name: &str) -> io::Result<String> {
    //~ task
    //~ vi: 1. Kết nối: mở một kết nối TCP tới `address`.
    //~ vi: 2. Xưng tên: gửi đúng một dòng `HELLO <tên>\n`, chữ mã hóa UTF-8, ngoài ra không gửi gì.
    //~ vi: 3. Nhận câu trả lời: server gửi một dòng UTF-8. Đọc đến `\n` rồi trả về dòng đó, không kèm `\n`
    //~ vi:    (`main` sẽ in ra).
    //~ vi:    - Câu trả lời có thể đến thành nhiều mảnh, cắt ở byte nào cũng được, kể cả giữa một chữ.
    //~ vi:    - Sau `\n` có thể còn byte khác: mặc kệ. Server có thể không đóng kết nối: có `\n` là đủ, đừng
    //~ vi:      chờ thêm.
    //~ vi: Những trường hợp sau thì trả về lỗi (`Err`), không panic:
    //~ vi: - không kết nối được, hay kết nối bị cắt (RST);
    //~ vi: - server đóng khi chưa gửi `\n`: chưa nói gì hay mới nói nửa câu đều không phải câu trả lời;
    //~ vi: - đủ MAX_ANSWER byte (tính cả `\n`) mà chưa có `\n`: thôi đọc;
    //~ vi: - im lặng suốt READ_TIMEOUT (xem `set_read_timeout`; phép kiểm tra không chờ lâu đến thế).
    //~ en: 1. Connect: open a TCP connection to `address`.
    //~ en: 2. Say who you are: send exactly one line `HELLO <name>\n`, in UTF-8, and nothing else.
    //~ en: 3. Receive the answer: the server sends one line of UTF-8. Read up to the `\n` and return that line
    //~ en:    without it (`main` prints it).
    //~ en:    - The answer may come in many pieces, split at any byte, even inside a letter.
    //~ en:    - More bytes may follow the `\n`: leave them. The server may keep the connection open: the `\n`
    //~ en:      is enough, do not wait for more.
    //~ en: In these cases return an error (`Err`), do not panic:
    //~ en: - the connection is refused or reset (RST);
    //~ en: - the server closes before its `\n`: neither silence nor half a line is an answer;
    //~ en: - there is no `\n` in the first MAX_ANSWER bytes (the `\n` counts, too): stop reading;
    //~ en: - silence for READ_TIMEOUT (see `set_read_timeout`; the checks do not wait that long).
    //~ stub: todo!("connect, send the name, return the server's line")
    let mut server = TcpStream::connect(address)?;
    server.set_read_timeout(Some(READ_TIMEOUT))?;
    server.write_all(format!("HELLO {name}\n").as_bytes())?;

    // One read brings some bytes, seldom exactly a line; read_until() reads on until the newline, the
    // end of the stream, or the limit of take().
    let mut line = Vec::new();
    BufReader::new(server).take(MAX_ANSWER).read_until(b'\n', &mut line)?;
    if let Some(answer) = line.strip_suffix(b"\n") {
        // All bytes are here: only now can they become text.
        return str::from_utf8(answer).map(str::to_owned).map_err(io::Error::other);
    }
    if line.len() as u64 == MAX_ANSWER {
        return Err(io::Error::other(format!("the answer has no end within {MAX_ANSWER} bytes")));
    }
    Err(io::Error::other(format!("the server closed after {} bytes, before the end of its answer", line.len())))
    //~ end
}

fn main() -> ExitCode {
    let Some((address, name)) = parse_arguments() else {
        eprintln!("Cách dùng: greet ĐỊA_CHỈ TÊN     ví dụ: greet 127.0.0.1:4000 \"Nguyễn Thị Ánh\"");
        eprintln!("Usage: greet ADDRESS NAME     for example: greet 127.0.0.1:4000 \"Nguyễn Thị Ánh\"");
        return ExitCode::from(2);
    };
    match greet(address, &name) {
        Ok(answer) => {
            println!("{answer}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("greet: {address}: {}", describe(&error));
            ExitCode::FAILURE
        }
    }
}

/// Returns a sentence about `error` for the person at the terminal.
fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            "không ai lắng nghe ở đó. Server đã chạy chưa? · no program listens there. Is the server running?"
                .to_owned()
        }
        // A read that timed out: the former on Unix, the latter on Windows.
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            format!("server im lặng quá {READ_TIMEOUT:?} · the server was silent for {READ_TIMEOUT:?}")
        }
        _ => error.to_string(),
    }
}

/// Returns the address and the name from the command line; `None` when it is not as the usage says.
/// A name is one line, since a newline ends it for the server.
fn parse_arguments() -> Option<(SocketAddr, String)> {
    let mut arguments = env::args_os().skip(1);
    let address = arguments.next()?.to_str()?.parse().ok()?;
    let name = arguments.next()?.into_string().ok()?;
    let complete = arguments.next().is_none() && !name.is_empty() && !name.contains('\n');
    complete.then_some((address, name))
}
