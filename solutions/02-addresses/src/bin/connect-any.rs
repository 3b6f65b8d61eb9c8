//! Bài 02 · `connect-any HOST:PORT…`: client thử mọi địa chỉ, chỗ nào kết nối được trước thì dùng.
//! Exercise 02 · `connect-any HOST:PORT…`: a client that tries every address and uses the first that answers.
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

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::sync::mpsc;
use std::thread;
use std::time::Instant;
//~ end

/// How long one attempt may stay without an answer before the next address is tried beside it (RFC 8305,
/// section 8).
const CONNECTION_ATTEMPT_DELAY: Duration = Duration::from_millis(250);

/// How long all attempts together may take. Without it, the kernel would wait two minutes for a dead address.
const DEADLINE: Duration = Duration::from_secs(3);

/// How long the server may send nothing before we close the connection.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Returns the order in which to try the addresses.
fn interleave(found: &[SocketAddr]) -> Vec<SocketAddr> {
    //~ task
    //~ vi: Xếp xen kẽ hai họ địa chỉ (interleave): bắt đầu bằng họ của địa chỉ đầu tiên, rồi họ kia, rồi lại họ
    //~ vi: đầu… Ví dụ: 4a 4b 4c 6d → 4a 6d 4b 4c.
    //~ vi: - Trong cùng một họ giữ nguyên thứ tự.
    //~ vi: - Họ nào hết trước thì phần còn lại nối vào sau.
    //~ vi: - Không thêm, không bớt địa chỉ nào.
    //~ vi: Để làm gì: nếu cả mạng IPv6 (hay IPv4) hỏng thì lần thử thứ hai đã sang mạng kia.
    //~ en: Interleave the two families: begin with the family of the first address, then the other, then the first
    //~ en: again, … Example: 4a 4b 4c 6d → 4a 6d 4b 4c.
    //~ en: - Keep the order within a family.
    //~ en: - When one family has run out, the rest of the other follows.
    //~ en: - Add none, drop none.
    //~ en: Why: if all of IPv6 (or IPv4) is broken, the second attempt already uses the other network.
    //~ stub: todo!("let the two families take turns")
    let Some(first) = found.first() else { return Vec::new() };
    let (ours, others): (Vec<SocketAddr>, Vec<SocketAddr>) =
        found.iter().partition(|address| address.is_ipv4() == first.is_ipv4());
    let (mut ours, mut others) = (ours.into_iter(), others.into_iter());
    let mut order = Vec::with_capacity(found.len());
    while order.len() < found.len() {
        order.extend(ours.next());
        order.extend(others.next());
    }
    order
    //~ end
}

/// Connects to the first of `addresses` that answers.
fn connect_any(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    //~ task
    //~ vi: Thử các địa chỉ theo thứ tự, và trả về kết nối đầu tiên thành công, ngay khi có nó (Happy Eyeballs,
    //~ vi: RFC 8305):
    //~ vi: - thử địa chỉ đầu tiên; nó thành công thì không thử địa chỉ nào khác;
    //~ vi: - một địa chỉ thất bại thì thử ngay địa chỉ kế tiếp, không đợi thêm, kể cả khi còn địa chỉ khác đang
    //~ vi:   im lặng;
    //~ vi: - địa chỉ vừa thử im lặng quá CONNECTION_ATTEMPT_DELAY thì thử thêm địa chỉ kế tiếp, nhưng không bỏ nó:
    //~ vi:   chậm mà vẫn thắng thì vẫn dùng; cứ thế với từng địa chỉ;
    //~ vi: - đã có kết nối thắng rồi thì kết nối nào thành công sau đó phải đóng ngay;
    //~ vi: - tất cả thất bại thì trả về lỗi cuối cùng;
    //~ vi: - quá DEADLINE, tính từ lúc bắt đầu và cho cả danh sách, mà chưa địa chỉ nào thắng thì trả về lỗi
    //~ vi:   `TimedOut`;
    //~ vi: - không panic, kể cả khi danh sách rỗng.
    //~ vi: `TcpStream::connect_timeout` chặn thread gọi nó: muốn nhiều lần thử cùng chờ thì mỗi lần một thread, báo
    //~ vi: kết quả về qua một kênh (`std::sync::mpsc`).
    //~ en: Try the addresses in order and return the first connection that succeeds, as soon as there is one (Happy
    //~ en: Eyeballs, RFC 8305):
    //~ en: - try the first address; if it succeeds, try no other;
    //~ en: - when an address fails, try the next at once, without waiting, even while others are silent;
    //~ en: - when the address tried last has been silent for CONNECTION_ATTEMPT_DELAY, try the next as well, but do
    //~ en:   not give up the earlier one: it may still win; and so on with each address;
    //~ en: - a connection that succeeds after another has won is closed at once;
    //~ en: - when all have failed, return the last error;
    //~ en: - when no address has won by DEADLINE, which counts from the beginning and for the whole list, return an
    //~ en:   error of kind `TimedOut`;
    //~ en: - never panic, not even on an empty list.
    //~ en: `TcpStream::connect_timeout` blocks the thread that calls it: if several attempts are to wait at the same
    //~ en: time, give each a thread that reports through a channel (`std::sync::mpsc`).
    //~ stub: todo!("return the first connection that succeeds")
    let deadline = Instant::now() + DEADLINE;
    let (sender, results) = mpsc::channel();
    let mut untried = addresses.iter().copied();
    let mut pending = 0;
    let mut last_error = io::Error::new(io::ErrorKind::NotFound, "không có địa chỉ nào · no address");
    loop {
        let time_left = deadline.saturating_duration_since(Instant::now());
        if time_left.is_zero() {
            return Err(io::Error::new(io::ErrorKind::TimedOut, "hết hạn chót · the deadline has passed"));
        }
        if let Some(address) = untried.next() {
            let sender = sender.clone();
            // After we have returned the winner, the channel has no receiver: send() fails and returns the
            // stream, which is dropped there. That closes it.
            thread::Builder::new().spawn(move || sender.send(TcpStream::connect_timeout(&address, time_left)))?;
            pending += 1;
        } else if pending == 0 {
            return Err(last_error);
        }
        // No address comes after the last one: it may take all the time that is left.
        let wait = if untried.len() > 0 { CONNECTION_ATTEMPT_DELAY.min(time_left) } else { time_left };
        match results.recv_timeout(wait) {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => {
                pending -= 1;
                last_error = error;
            }
            Err(_) => {} // silence: the beginning of the loop looks whether there is time left
        }
    }
    //~ end
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
