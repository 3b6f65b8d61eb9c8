//! Bài 03 · `echo`: server trả lại đúng những byte nó nhận được.
//! Exercise 03 · `echo`: a server that sends back the bytes it receives.
//!
//! Bạn viết 2 hàm, khoảng 30 dòng; bắt đầu từ `fn serve`.
//! You write 2 functions, about 30 lines; start at `fn serve`.
//!
//!     cargo run -p ex03 --bin ex03-echo      chạy · run it
//!     cargo course check 03 echo             chấm · check it
//!     cargo course book 03                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc -N 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in another terminal `nc -N 127.0.0.1 PORT`, with the port it prints.

use std::io;
use std::net::{TcpListener, TcpStream};

// Đọc và ghi trên `TcpStream` cần hai trait `std::io::Read` và `std::io::Write`.
// Những gì bạn cần thì `use` thêm ở đây.
//
// Reading and writing a `TcpStream` needs the traits `std::io::Read` and `std::io::Write`.
// Add here what you need.

/// Accepts clients from `listener`, forever.
fn serve(listener: &TcpListener) {
    // Nhận (accept) từng client từ `listener` và gọi `echo` cho nó.
    // - Phục vụ nhiều client cùng lúc: một client ngồi im không được bắt client khác chờ, vậy mỗi
    //   kết nối cần một thread riêng.
    // - Client có làm gì thì server vẫn chạy: `echo` lỗi thì chỉ kết nối đó kết thúc.
    // - `accept` lỗi (hết file descriptor chẳng hạn) thì đợi một chút rồi nhận tiếp: đừng thoát,
    //   cũng đừng quay vòng chiếm hết CPU.
    //
    // Accept one client after another from `listener`, and call `echo` for it.
    // - Serve many clients at the same time: a client that sits idle must not make another wait, so
    //   every connection needs its own thread.
    // - Nothing a client does may stop the server: an error in `echo` ends that connection only.
    // - When `accept` fails (no file descriptor left, for example), wait a little and go on: do not
    //   stop, and do not spin and burn the CPU either.
    todo!("accept clients and serve all of them at the same time")
}

/// Serves one client until the end of its stream.
fn echo(mut peer: TcpStream) -> io::Result<()> {
    // Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến hết luồng dữ liệu
    // (EOF, khi `read` trả về 0).
    // - Byte là byte: đừng chờ xuống dòng, đừng đổi ra chữ.
    // - `write` có thể chỉ nhận một phần.
    // - Kết nối bị cắt (RST) thì trả về lỗi, đừng panic.
    // - Hàm kết thúc thì `peer` bị drop, và kết nối đóng lại.
    //
    // Read from `peer` and write the same bytes back, as soon as they come, until the end of the
    // stream (EOF, when `read` returns 0).
    // - Bytes are bytes: do not wait for a line, do not turn them into text.
    // - `write` may take only a part.
    // - When the connection is reset (RST), return the error, do not panic.
    // - When the function ends, `peer` is dropped, and the connection closes.
    todo!("send back what the client sends, until the end of its stream")
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    serve(&listener);
    Ok(())
}
