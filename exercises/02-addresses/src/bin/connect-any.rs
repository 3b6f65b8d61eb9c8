//! Bài 02 · `connect-any HOST:PORT…`: client thử mọi địa chỉ, chỗ nào kết nối được trước thì dùng.
//! Exercise 02 · `connect-any HOST:PORT…`: a client that tries every address and uses the first that answers.
//!
//! Bạn viết 2 hàm, khoảng 40 dòng; bắt đầu từ `fn interleave`.
//! You write 2 functions, about 40 lines; start at `fn interleave`.
//!
//!     cargo run -p ex02 --bin ex02-connect-any -- localhost:PORT      chạy · run it
//!     cargo course check 02 connect-any                               chấm · check it
//!     cargo course book 02                                            đọc · the chapter that helps
//!
//! Tự thử: `nc -lv 127.0.0.1 0` ở terminal khác, rồi chạy chương trình với localhost và cổng đó.
//! By hand: `nc -lv 127.0.0.1 0` in another terminal, then run this with localhost and that port.

use std::env;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// How long one attempt may stay without an answer before the next address is tried beside it (RFC 8305,
/// section 8).
const CONNECTION_ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// How long all attempts together may take. Without it, the kernel would wait two minutes for a dead address.
const DEADLINE: Duration = Duration::from_secs(3);

/// How long the server may send nothing before we close the connection.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Returns the order in which to try the addresses.
fn interleave(found: &[SocketAddr]) -> Vec<SocketAddr> {
    // Xếp xen kẽ hai họ địa chỉ (interleave): bắt đầu bằng họ của địa chỉ đầu tiên, rồi họ kia, rồi lại họ
    // đầu… Ví dụ: 4a 4b 4c 6d → 4a 6d 4b 4c.
    // - Trong cùng một họ giữ nguyên thứ tự.
    // - Họ nào hết trước thì phần còn lại nối vào sau.
    // - Không thêm, không bớt địa chỉ nào.
    // Để làm gì: nếu cả mạng IPv6 (hay IPv4) hỏng thì lần thử thứ hai đã sang mạng kia.
    //
    // Interleave the two families: begin with the family of the first address, then the other, then the first
    // again, … Example: 4a 4b 4c 6d → 4a 6d 4b 4c.
    // - Keep the order within a family.
    // - When one family has run out, the rest of the other follows.
    // - Add none, drop none.
    // Why: if all of IPv6 (or IPv4) is broken, the second attempt already uses the other network.
    todo!("let the two families take turns")
}

/// Connects to the first of `addresses` that answers.
fn connect_any(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    // Thử các địa chỉ theo thứ tự, và trả về kết nối đầu tiên thành công, ngay khi có nó (Happy Eyeballs,
    // RFC 8305):
    // - thử địa chỉ đầu tiên; nó thành công thì không thử địa chỉ nào khác;
    // - một địa chỉ thất bại thì thử ngay địa chỉ kế tiếp, không đợi thêm, kể cả khi còn địa chỉ khác đang
    //   im lặng;
    // - địa chỉ vừa thử im lặng quá CONNECTION_ATTEMPT_DELAY thì thử thêm địa chỉ kế tiếp, nhưng không bỏ nó:
    //   chậm mà vẫn thắng thì vẫn dùng; cứ thế với từng địa chỉ;
    // - đã có kết nối thắng rồi thì kết nối nào thành công sau đó phải đóng ngay;
    // - tất cả thất bại thì trả về lỗi cuối cùng;
    // - quá DEADLINE, tính từ lúc bắt đầu và cho cả danh sách, mà chưa địa chỉ nào thắng thì trả về lỗi
    //   `TimedOut`;
    // - không panic, kể cả khi danh sách rỗng.
    // `TcpStream::connect_timeout` chặn thread gọi nó: muốn nhiều lần thử cùng chờ thì mỗi lần một thread, báo
    // kết quả về qua một kênh (`std::sync::mpsc`).
    //
    // Try the addresses in order and return the first connection that succeeds, as soon as there is one (Happy
    // Eyeballs, RFC 8305):
    // - try the first address; if it succeeds, try no other;
    // - when an address fails, try the next at once, without waiting, even while others are silent;
    // - when the address tried last has been silent for CONNECTION_ATTEMPT_DELAY, try the next as well, but do
    //   not give up the earlier one: it may still win; and so on with each address;
    // - a connection that succeeds after another has won is closed at once;
    // - when all have failed, return the last error;
    // - when no address has won by DEADLINE, which counts from the beginning and for the whole list, return an
    //   error of kind `TimedOut`;
    // - never panic, not even on an empty list.
    // `TcpStream::connect_timeout` blocks the thread that calls it: if several attempts are to wait at the same
    // time, give each a thread that reports through a channel (`std::sync::mpsc`).
    todo!("return the first connection that succeeds")
}

fn main() -> ExitCode {
    let Some(names) = parse_arguments() else {
        eprintln!("Cách dùng: connect-any HOST:PORT…     ví dụ: connect-any localhost:4000");
        eprintln!("Usage: connect-any HOST:PORT…     for example: connect-any localhost:4000");
        return ExitCode::from(2);
    };
    match resolve(&names).and_then(|found| connect_any(&interleave(&found))).and_then(print_stream) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("connect-any: {error} ({})", names.join(" "));
            ExitCode::FAILURE
        }
    }
}

/// Returns all addresses of all names, as the system's resolver gives them.
fn resolve(names: &[String]) -> io::Result<Vec<SocketAddr>> {
    let mut found = Vec::new();
    for name in names {
        found.extend(name.to_socket_addrs()?);
    }
    Ok(found)
}

/// Prints the address of the server, then what it sends until the end of the stream.
fn print_stream(mut server: TcpStream) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "CONNECTED {}", server.peer_addr()?)?;
    server.set_read_timeout(Some(READ_TIMEOUT))?;
    match io::copy(&mut server, &mut stdout) {
        // A read that timed out: the former on Unix, the latter on Windows.
        Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
            Err(io::Error::new(error.kind(), "server im lặng quá lâu · the server has been silent for too long"))
        }
        copied => copied.map(drop),
    }
}

/// Returns the names from the command line, each with a port; `None` when it is not as the usage says.
fn parse_arguments() -> Option<Vec<String>> {
    let names: Option<Vec<String>> = env::args_os().skip(1).map(|argument| argument.into_string().ok()).collect();
    let with_port = |name: &String| name.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    names.filter(|names| !names.is_empty() && names.iter().all(with_port))
}
