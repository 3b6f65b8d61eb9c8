//! Bài 01 · `who-are-you [ĐỊA_CHỈ]`: server cho mỗi người gọi biết địa chỉ của chính họ.
//! Exercise 01 · `who-are-you [ADDRESS]`: a server that tells each caller the caller's own address.
//!
//! Bạn viết 1 hàm, khoảng 20 dòng; bắt đầu từ `fn answer_callers`.
//! You write 1 function, about 20 lines; start at `fn answer_callers`.
//!
//!     cargo run -p ex01 --bin ex01-who-are-you      chạy · run it
//!     cargo course check 01 who-are-you             chấm · check it
//!     cargo course book 01                          đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc 127.0.0.1 PORT` vài lần, với cổng mà nó in ra.
//! Sau đó cho chương trình `greet` của bạn gọi tới nó.
//! By hand: run it, then in another terminal `nc 127.0.0.1 PORT` a few times, with the port it
//! prints. After that let your own `greet` call it.

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::{env, io};

// Gửi byte vào một kết nối cần trait `std::io::Write`. Những gì bạn cần thì `use` thêm ở đây.
//
// Sending bytes into a connection needs the trait `std::io::Write`. Add here what you need.

fn main() -> ExitCode {
    let Some(address) = address_to_listen_at() else {
        eprintln!("Cách dùng: who-are-you [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: who-are-you [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks the port)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => answer_callers(&listener),
        Err(error) => {
            eprintln!("who-are-you: không lắng nghe được tại · cannot listen at {address}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Asks the kernel for a socket that takes calls, and says where it listens.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Takes one call after another, for ever.
fn answer_callers(listener: &TcpListener) {
    // Nhận từng cuộc gọi tới `listener`, hết người này đến người khác, mãi mãi. Với mỗi người:
    // gửi đúng một dòng `YOU ARE <địa chỉ>\n` rồi đóng kết nối. <địa chỉ> là địa chỉ và cổng của
    // người gọi, như Rust in ra: `127.0.0.1:51324`, hay `[::1]:51324` với IPv6.
    // - Server nói trước: người gọi không phải gửi gì.
    // - Có người nghe xong mà chưa gác máy thì người sau cũng không phải chờ.
    // - Ai bỏ đi hay cắt kết nối (RST) trước khi nghe thì thôi; server không panic, không dừng.
    // - Nói xong với ai thì trả socket của người đó cho kernel, không giữ lại.
    //
    // Take the calls to `listener`, one caller after another, for ever. For each caller: send
    // exactly one line `YOU ARE <address>\n`, then close the connection. <address> is the caller's
    // address and port, as Rust prints it: `127.0.0.1:51324`, or `[::1]:51324` with IPv6.
    // - The server speaks first: a caller need not send anything.
    // - A caller who has the answer and does not hang up must not make the next one wait.
    // - If a caller leaves or cuts the connection (RST) before the answer, only that caller is lost;
    //   the server does not panic and does not stop.
    // - When you are done with a caller, give the socket back to the kernel; do not keep it.
    todo!("answer those who call {listener:?}")
}

/// The address on the command line; without one, this machine only, on a port that the kernel
/// picks. `None` when the command line is not as the usage says.
fn address_to_listen_at() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}
