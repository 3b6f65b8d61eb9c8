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

/// How long to wait after a failed `accept`, so that callers may leave and free something.
const PAUSE: Duration = Duration::from_millis(50);
//~ end

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", listener.local_addr()?);
    serve(&listener);
    Ok(())
}

/// Takes callers from `listener`, for ever.
fn serve(listener: &TcpListener) {
    for arrival in listener.incoming() {
        //~ task
        //~ vi: `arrival` là một kết nối mới, hoặc một lỗi của `accept`. Dòng `let` bên dưới phục vụ
        //~ vi: từng client một; hãy viết lại để phục vụ được nhiều client cùng lúc: một client ngồi im
        //~ vi: không được bắt client khác chờ, vậy mỗi kết nối cần một thread riêng.
        //~ vi: Client có làm gì thì server vẫn chạy: `echo` lỗi thì chỉ kết nối đó kết thúc.
        //~ vi: `accept` lỗi (hết file descriptor chẳng hạn) thì đợi một chút rồi nhận tiếp: đừng
        //~ vi: thoát, cũng đừng quay vòng chiếm hết CPU.
        //~ en: `arrival` is a new connection, or an error of `accept`. The `let` below serves one
        //~ en: client after another; rewrite it so that many are served at once: a client that
        //~ en: sits idle must not make another wait, so every connection needs its own thread.
        //~ en: Nothing a client does may stop the server: an error in `echo` ends that connection
        //~ en: only. When `accept` fails (no file descriptor left, say), wait a little and go on:
        //~ en: do not stop, and do not spin and burn the CPU either.
        //~ stub: let served = arrival.and_then(echo);
        //~ stub: todo!("serve all callers at once, not one after another: {served:?}")
        let peer = match arrival {
            Ok(peer) => peer,
            // Most likely EMFILE. The caller stays in the queue and is taken when there is room.
            Err(error) => {
                eprintln!("chưa nhận được client · cannot accept: {error}");
                thread::sleep(PAUSE);
                continue;
            }
        };
        // `thread::spawn` panics when the system has no thread left; the builder returns an error.
        let started = thread::Builder::new().spawn(move || {
            if let Err(error) = echo(peer) {
                eprintln!("mất một client · a caller is lost: {error}");
            }
        });
        if let Err(error) = started {
            eprintln!("không tạo được thread · no thread for a caller: {error}");
        }
        //~ end
    }
}

/// Serves one caller until it has said everything.
fn echo(peer: TcpStream) -> io::Result<()> {
    //~ task
    //~ vi: Đọc từ `peer` và ghi lại đúng những byte đó, ngay khi chúng tới, cho đến hết luồng dữ
    //~ vi: liệu (EOF, khi `read` trả về 0). Byte là byte: đừng chờ xuống dòng, đừng đổi ra chữ.
    //~ vi: `write` có thể chỉ nhận một phần. Kết nối bị cắt (RST) thì trả về lỗi, đừng panic.
    //~ vi: Hàm kết thúc thì `peer` bị drop, và kết nối đóng lại.
    //~ en: Read from `peer` and write the same bytes back, as soon as they come, until the end of
    //~ en: the stream (EOF, when `read` returns 0). Bytes are bytes: do not wait for a line, do not
    //~ en: turn them into text. `write` may take only a part. When the connection is cut (RST), return
    //~ en: the error, do not panic. When the function ends, `peer` is dropped: the connection closes.
    //~ stub: todo!("echo what {peer:?} sends")
    let mut peer = peer;
    let mut buffer = [0; 4096];
    loop {
        let count = match peer.read(&mut buffer) {
            Ok(0) => return Ok(()), // everything has been said; dropping `peer` sends our FIN
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        peer.write_all(&buffer[..count])?; // write_all: one write may take fewer than we offer
    }
    //~ end
}
