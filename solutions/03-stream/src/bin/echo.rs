//! Bài 03 · `echo`: server trả lại đúng những byte nó nhận được.
//! Exercise 03 · `echo`: a server that sends back the bytes it receives.
//!
//!     cargo run -p ex03 --bin ex03-echo      chạy · run it
//!     cargo course check 03 echo             chấm · check it
//!     cargo course book 03                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc -N 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in another terminal `nc -N 127.0.0.1 PORT`, with the port it prints.

use std::io;
use std::net::{TcpListener, TcpStream};

//~ task
//~ vi: Đọc và ghi trên `TcpStream` cần hai trait `std::io::Read` và `std::io::Write`.
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Reading and writing a `TcpStream` needs the traits `std::io::Read` and `std::io::Write`.
//~ en: Add here what you need.
use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

/// How long to wait after a failed `accept`, so that clients may leave and free something.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);
//~ end

/// Accepts clients from `listener`, forever.
fn serve(listener: &TcpListener) {
    //~ task
    //~ vi: Nhận (accept) từng client từ `listener` và gọi `echo` cho nó.
    //~ vi: - Phục vụ nhiều client cùng lúc: một client ngồi im không được bắt client khác chờ, vậy mỗi
    //~ vi:   kết nối cần một thread riêng.
    //~ vi: - Client có làm gì thì server vẫn chạy: `echo` lỗi thì chỉ kết nối đó kết thúc.
    //~ vi: - `accept` lỗi (hết file descriptor chẳng hạn) thì đợi một chút rồi nhận tiếp: đừng thoát,
    //~ vi:   cũng đừng quay vòng chiếm hết CPU.
    //~ en: Accept one client after another from `listener`, and call `echo` for it.
    //~ en: - Serve many clients at the same time: a client that sits idle must not make another wait, so
    //~ en:   every connection needs its own thread.
    //~ en: - Nothing a client does may stop the server: an error in `echo` ends that connection only.
    //~ en: - When `accept` fails (no file descriptor left, for example), wait a little and go on: do not
    //~ en:   stop, and do not spin and burn the CPU either.
    //~ stub: todo!("accept clients and serve all of them at the same time")
    for accepted in listener.incoming() {
        let peer = match accepted {
            Ok(peer) => peer,
            // Most likely EMFILE. The client stays in the backlog until a descriptor is free.
            Err(error) => {
                eprintln!("chưa nhận được client · cannot accept: {error}");
                thread::sleep(ACCEPT_RETRY_DELAY);
                continue;
            }
        };
        // `thread::spawn` panics when the system has no thread left; the builder returns an error.
        let spawned = thread::Builder::new().spawn(move || {
            if let Err(error) = echo(peer) {
                eprintln!("mất một client · a client is lost: {error}");
            }
        });
        if let Err(error) = spawned {
            eprintln!("không tạo được thread · no thread for a client: {error}");
        }
    }
    //~ end
}

/// Serves one client until the end of its stream.
fn echo(mut peer: TcpStream) -> io::Result<()> {
    //~ task
    //~ vi: Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến hết luồng dữ liệu
    //~ vi: (EOF, khi `read` trả về 0).
    //~ vi: - Byte là byte: đừng chờ xuống dòng, đừng đổi ra chữ.
    //~ vi: - `write` có thể chỉ nhận một phần.
    //~ vi: - Kết nối bị cắt (RST) thì trả về lỗi, đừng panic.
    //~ vi: - Hàm kết thúc thì `peer` bị drop, và kết nối đóng lại.
    //~ en: Read from `peer` and write the same bytes back, as soon as they come, until the end of the
    //~ en: stream (EOF, when `read` returns 0).
    //~ en: - Bytes are bytes: do not wait for a line, do not turn them into text.
    //~ en: - `write` may take only a part.
    //~ en: - When the connection is reset (RST), return the error, do not panic.
    //~ en: - When the function ends, `peer` is dropped, and the connection closes.
    //~ stub: todo!("send back what the client sends, until the end of its stream")
    let mut buffer = [0; 4096];
    loop {
        let count = match peer.read(&mut buffer) {
            Ok(0) => return Ok(()), // end of stream; dropping `peer` sends our FIN
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        peer.write_all(&buffer[..count])?; // write_all: one write may take fewer bytes than we offer
    }
    //~ end
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    serve(&listener);
    Ok(())
}
