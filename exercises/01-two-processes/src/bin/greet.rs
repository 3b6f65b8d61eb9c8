//! Bài 01 · `greet ĐỊA_CHỈ TÊN`: client gọi tới một server, xưng tên, in ra câu server trả lời.
//! Exercise 01 · `greet ADDRESS NAME`: a client that calls a server, says its name, prints the answer.
//!
//! Bạn viết 1 hàm, khoảng 15 dòng; bắt đầu từ `fn greet`.
//! You write 1 function, about 15 lines; start at `fn greet`.
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

// Kết nối là một `std::net::TcpStream`; đọc và ghi nó cần hai trait `std::io::Read` và
// `std::io::Write`. Những gì bạn cần thì `use` thêm ở đây.
//
// A connection is a `std::net::TcpStream`; reading and writing it needs the traits
// `std::io::Read` and `std::io::Write`. Add here what you need.

/// The longest answer that we take, in bytes, its newline included. A stranger decides how much
/// comes; we decide how much we keep.
const MAX_ANSWER: u64 = 1024;

/// How long we wait for the next bytes of an answer.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let Some((address, name)) = whom_to_greet() else {
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
            eprintln!("greet: {address}: {}", meaning(&error));
            ExitCode::FAILURE
        }
    }
}

/// Calls `address`, says the name, and returns the line that comes back, without its newline.
fn greet(address: SocketAddr, name: &str) -> io::Result<String> {
    // 1. Gọi: mở một kết nối TCP tới `address`.
    // 2. Xưng tên: gửi đúng một dòng `HELLO <tên>\n`, chữ mã hóa UTF-8, ngoài ra không gửi gì.
    // 3. Nghe: server trả lời bằng một dòng UTF-8. Đọc đến `\n` rồi trả về dòng đó, không kèm `\n`
    //    (`main` sẽ in ra). Câu trả lời có thể đến thành nhiều mảnh, cắt ở byte nào cũng được, kể
    //    cả giữa một chữ. Sau `\n` có thể còn byte khác: mặc kệ. Server có thể không đóng kết
    //    nối: có `\n` là đủ, đừng chờ thêm.
    // Những trường hợp sau thì trả về lỗi (`Err`), không panic:
    // - không gọi được, hay kết nối bị cắt (RST);
    // - server đóng khi chưa gửi `\n`: chưa nói gì hay mới nói nửa câu đều không phải câu trả lời;
    // - đủ MAX_ANSWER byte (tính cả `\n`) mà chưa có `\n`: thôi đọc;
    // - im lặng suốt PATIENCE (xem `set_read_timeout`; phép kiểm tra không chờ lâu đến thế).
    //
    // 1. Call: open a TCP connection to `address`.
    // 2. Say who you are: send exactly one line `HELLO <name>\n`, in UTF-8, and nothing else.
    // 3. Listen: the server answers with one line of UTF-8. Read up to the `\n` and return that
    //    line without it (`main` prints it). The answer may come in many pieces, cut at any byte,
    //    even inside a letter. More bytes may follow the `\n`: leave them. The server may keep the
    //    connection open: the `\n` is enough, do not wait for more.
    // In these cases return an error (`Err`), do not panic:
    // - nobody takes the call, or the connection is cut (RST);
    // - the server closes before its `\n`: neither silence nor half a line is an answer;
    // - there is no `\n` in the first MAX_ANSWER bytes (the `\n` counts, too): stop reading;
    // - silence for PATIENCE (see `set_read_timeout`; the checks do not wait that long).
    todo!("call {address} as {name:?}; at most {MAX_ANSWER} bytes, {PATIENCE:?} a read")
}

/// What an error means to the person at the terminal.
fn meaning(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            "không ai lắng nghe ở đó. Server đã chạy chưa? · nobody listens there. Is the server running?".to_owned()
        }
        // Which of the two it is depends on the system.
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            format!("server im lặng quá {PATIENCE:?} · the server was silent for {PATIENCE:?}")
        }
        _ => error.to_string(),
    }
}

/// The address and the name on the command line; `None` when it is not as the usage says. A name
/// is one line, since a newline is what ends it for the server.
fn whom_to_greet() -> Option<(SocketAddr, String)> {
    let mut arguments = env::args_os().skip(1);
    let address = arguments.next()?.to_str()?.parse().ok()?;
    let name = arguments.next()?.into_string().ok()?;
    let complete = arguments.next().is_none() && !name.is_empty() && !name.contains('\n');
    complete.then_some((address, name))
}
