//! Bài 01 · `who-are-you [ĐỊA_CHỈ]`: server cho mỗi client biết địa chỉ của chính nó.
//! Exercise 01 · `who-are-you [ADDRESS]`: a server that tells each client the client's own address.
//!
//! Bạn viết 1 hàm, khoảng 20 dòng; bắt đầu từ `fn accept_loop`.
//! You write 1 function, about 20 lines; start at `fn accept_loop`.
//!
//!     cargo run -p ex01 --bin ex01-who-are-you      chạy · run it
//!     cargo course check 01 who-are-you             chấm · check it
//!     cargo course book 01                          đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc 127.0.0.1 PORT` vài lần, với cổng mà nó in ra.
//! Sau đó cho chương trình `greet` của bạn kết nối tới nó.
//! By hand: run it, then in another terminal `nc 127.0.0.1 PORT` a few times, with the port it
//! prints. After that let your own `greet` connect to it.

use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::{env, io};

// Gửi byte vào một kết nối cần trait `std::io::Write`. Những gì bạn cần thì `use` thêm ở đây.
//
// Sending bytes into a connection needs the trait `std::io::Write`. Add here what you need.

/// Accepts one client after another, forever.
fn accept_loop(listener: &TcpListener) {
    // Nhận (accept) từng client từ `listener`, mãi mãi. Với mỗi client: gửi đúng một dòng
    // `YOU ARE <địa chỉ>\n` rồi đóng kết nối. <địa chỉ> là địa chỉ và cổng của client, như Rust in ra:
    // `127.0.0.1:51324`, hay `[::1]:51324` với IPv6.
    // - Server nói trước: client không phải gửi gì.
    // - Client đọc xong mà chưa đóng kết nối thì client sau cũng không phải chờ.
    // - Client bỏ đi hay cắt kết nối (RST) trước khi nhận thì chỉ mất client đó; server không panic,
    //   không dừng.
    // - Xong với client nào thì trả socket của nó cho kernel, không giữ lại.
    //
    // Accept the clients of `listener` one after another, forever. Send each client exactly one line
    // `YOU ARE <address>\n`, then close the connection. <address> is the client's address and port, as
    // Rust prints it: `127.0.0.1:51324`, or `[::1]:51324` with IPv6.
    // - The server speaks first: a client need not send anything.
    // - A client that has the answer and does not close must not make the next one wait.
    // - If a client leaves or resets the connection (RST) before the answer, only that client is lost;
    //   the server does not panic and does not stop.
    // - When you are done with a client, give its socket back to the kernel; do not keep it.
    todo!("accept clients and tell each its own address")
}

fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: who-are-you [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: who-are-you [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks the port)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => accept_loop(&listener),
        Err(error) => {
            eprintln!("who-are-you: không lắng nghe được tại · cannot listen at {address}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Returns the address from the command line; without one, the loopback address and port 0 (the
/// kernel picks a free port). `None` when the command line is not as the usage says.
fn parse_arguments() -> Option<SocketAddr> {
    let mut arguments = env::args_os().skip(1);
    let address = match arguments.next() {
        Some(argument) => argument.to_str()?.parse().ok()?,
        None => SocketAddr::from(([127, 0, 0, 1], 0)),
    };
    arguments.next().is_none().then_some(address)
}
