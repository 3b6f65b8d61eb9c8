//! Bài 02 · `first-free HOST FIRST LAST`: server lấy cổng trống đầu tiên của một dải, và nói rõ là cổng nào.
//! Exercise 02 · `first-free HOST FIRST LAST`: a server that takes the first free port of a range, and says which.
//!
//! Bạn viết 2 hàm, khoảng 30 dòng; bắt đầu từ `fn first_free`.
//! You write 2 functions, about 30 lines; start at `fn first_free`.
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

// Những gì bạn cần thì `use` thêm ở đây. Gửi qua một kết nối thì cần `std::io::Write`.
//
// Add here what you need. Sending over a connection needs `std::io::Write`.

/// Listens on the first port from `first` to `last`, both included, that is free at `host`.
fn first_free(host: IpAddr, first: u16, last: u16) -> io::Result<TcpListener> {
    // Thử lắng nghe ở `host` với từng cổng, từ `first` đến hết `last` (kể cả `last`, và `last` có thể là
    // 65535), theo thứ tự, rồi trả về socket lắng nghe đầu tiên mở được.
    // - Cổng có socket khác giữ (`AddrInUse`) thì sang cổng kế tiếp. Cổng bị giữ mà chưa ai lắng nghe cũng
    //   là bị giữ: chỉ `bind` mới biết, kết nối thử thì không biết.
    // - Lỗi khác (máy này không có địa chỉ đó, không có quyền…) thì cổng kế tiếp cũng vậy thôi: trả về ngay
    //   lỗi đó.
    // - Cả dải không còn cổng nào trống: trả về lỗi `AddrInUse`.
    // - Không panic.
    //
    // Try to listen at `host` on each port from `first` to `last` (`last` included, and it may be 65535), in
    // this order, and return the first listener that opens.
    // - A port that another socket holds (`AddrInUse`): go on to the next. A port that is held, but not yet
    //   listened on, is in use as well: only `bind` can tell you that, a test connection cannot.
    // - Any other error (this machine does not have that address, no permission, …) would come again with
    //   the next port: return it at once.
    // - No free port in the whole range: return an error of kind `AddrInUse`.
    // - Never panic.
    todo!("listen on the first free port of the range")
}

/// Prints where it listens, then tells every client the port that it has reached, forever.
fn serve(listener: TcpListener) -> io::Result<()> {
    // 1. In đúng một dòng `LISTENING <địa chỉ>` ra stdout, với cổng mà kernel đã giao thật (hỏi `listener`,
    //    đừng đoán).
    // 2. Nhận (accept) hết client này đến client khác, mãi mãi: gửi cho mỗi client một dòng
    //    `PORT <số cổng>\n` rồi đóng kết nối. Client bỏ đi sớm không được làm server dừng.
    //
    // 1. Print exactly one line `LISTENING <address>` on stdout, with the port that the kernel really gave
    //    (ask `listener`, do not guess).
    // 2. Accept one client after another, forever: send each one line `PORT <number>\n` and close its
    //    connection. A client that leaves early must not stop the server.
    todo!("print where it listens, then answer every client")
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
