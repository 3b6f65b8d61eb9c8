//! Bài 02 · `first-free HOST FIRST LAST`: server lấy cổng trống đầu tiên của một dải, và nói rõ là cổng nào.
//! Exercise 02 · `first-free HOST FIRST LAST`: a server that takes the first free port of a range, and says which.
//!
//!     cargo run -p ex02 --bin ex02-first-free -- 127.0.0.1 4000 4009      chạy · run it
//!     cargo course check 02 first-free                                    chấm · check it
//!     cargo course book 02                                                đọc · the chapter that helps
//!
//! Tự thử: chạy nó ở hai terminal với cùng một dải; mỗi bên phải in một cổng khác nhau.
//! By hand: run it in two terminals with the same range; each must print a different port.

use std::net::{IpAddr, TcpListener};
use std::process::ExitCode;
use std::{env, io};

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây. Gửi qua một kết nối thì cần `std::io::Write`.
//~ en: Add here what you need. Sending over a connection needs `std::io::Write`.
use std::io::Write;
use std::thread;
use std::time::Duration;

/// How long to wait after a failed `accept`.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);
//~ end

/// Listens on the first port from `first` to `last`, both included, that is free at `host`.
fn first_free(host: IpAddr, first: u16, last: u16) -> io::Result<TcpListener> {
    //~ task
    //~ vi: Thử lắng nghe ở `host` với từng cổng, từ `first` đến hết `last` (kể cả `last`, và `last` có thể là
    //~ vi: 65535), theo thứ tự, rồi trả về socket lắng nghe đầu tiên mở được.
    //~ vi: - Cổng có socket khác giữ (`AddrInUse`) thì sang cổng kế tiếp. Cổng bị giữ mà chưa ai lắng nghe cũng
    //~ vi:   là bị giữ: chỉ `bind` mới biết, kết nối thử thì không biết.
    //~ vi: - Lỗi khác (máy này không có địa chỉ đó, không có quyền…) thì cổng kế tiếp cũng vậy thôi: trả về ngay
    //~ vi:   lỗi đó.
    //~ vi: - Cả dải không còn cổng nào trống: trả về lỗi `AddrInUse`.
    //~ vi: - Không panic.
    //~ en: Try to listen at `host` on each port from `first` to `last` (`last` included, and it may be 65535), in
    //~ en: this order, and return the first listener that opens.
    //~ en: - A port that another socket holds (`AddrInUse`): go on to the next. A port that is held, but not yet
    //~ en:   listened on, is in use as well: only `bind` can tell you that, a test connection cannot.
    //~ en: - Any other error (this machine does not have that address, no permission, …) would come again with
    //~ en:   the next port: return it at once.
    //~ en: - No free port in the whole range: return an error of kind `AddrInUse`.
    //~ en: - Never panic.
    //~ stub: todo!("listen on the first free port of the range")
    for port in first..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => continue,
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::AddrInUse, "không còn cổng nào trống · no port is free"))
    //~ end
}

/// Prints where it listens, then tells every client the port that it has reached, forever.
fn serve(listener: TcpListener) -> io::Result<()> {
    //~ task
    //~ vi: 1. In đúng một dòng `LISTENING <địa chỉ>` ra stdout, với cổng mà kernel đã giao thật (hỏi `listener`,
    //~ vi:    đừng đoán).
    //~ vi: 2. Nhận (accept) hết client này đến client khác, mãi mãi: gửi cho mỗi client một dòng
    //~ vi:    `PORT <số cổng>\n` rồi đóng kết nối. Client bỏ đi sớm không được làm server dừng.
    //~ en: 1. Print exactly one line `LISTENING <address>` on stdout, with the port that the kernel really gave
    //~ en:    (ask `listener`, do not guess).
    //~ en: 2. Accept one client after another, forever: send each one line `PORT <number>\n` and close its
    //~ en:    connection. A client that leaves early must not stop the server.
    //~ stub: todo!("print where it listens, then answer every client")
    let address = listener.local_addr()?; // the address that the kernel really gave
    println!("LISTENING {address}");
    let line = format!("PORT {}\n", address.port());
    loop {
        match listener.accept() {
            Ok((mut client, from)) => {
                if let Err(error) = client.write_all(line.as_bytes()) {
                    eprintln!("first-free: {from} did not stay for the answer: {error}"); // only this client is lost
                }
            }
            Err(error) => {
                // The kernel had no descriptor. Trying again at once would only keep the CPU busy.
                eprintln!("first-free: {error}");
                thread::sleep(ACCEPT_RETRY_DELAY);
            }
        }
    }
    //~ end
}

fn main() -> ExitCode {
    let Some((host, first, last)) = parse_arguments() else {
        eprintln!("Cách dùng: first-free HOST FIRST LAST     ví dụ: first-free 127.0.0.1 4000 4009");
        eprintln!("Usage: first-free HOST FIRST LAST     for example: first-free 127.0.0.1 4000 4009");
        return ExitCode::from(2);
    };
    match first_free(host, first, last).and_then(serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("first-free: {host} {first}-{last}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns host, first and last port from the command line; `None` when it is not as the usage says.
fn parse_arguments() -> Option<(IpAddr, u16, u16)> {
    let mut arguments = env::args_os().skip(1).map(|argument| argument.into_string().ok());
    let host = arguments.next()??.parse().ok()?;
    let first: u16 = arguments.next()??.parse().ok()?;
    let last = arguments.next()??.parse().ok()?;
    let complete = arguments.next().is_none() && first != 0 && first <= last;
    complete.then_some((host, first, last))
}
