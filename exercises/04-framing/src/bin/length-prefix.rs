//! Bài 04 · `length-prefix [ĐỊA_CHỈ]`: server nhận từng khung (frame), trả lại nội dung đảo ngược.
//! Exercise 04 · `length-prefix [ADDRESS]`: a server that answers each frame with its payload reversed.
//!
//! Bạn viết 1 hàm, khoảng 30 dòng; bắt đầu từ `fn handle_client`.
//! You write 1 function, about 30 lines; start at `fn handle_client`.
//!
//!     cargo run -p ex04 --bin ex04-length-prefix      chạy · run it
//!     cargo course check 04 length-prefix             chấm · check it
//!     cargo course book 04                            đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ lệnh dưới đây, với cổng mà nó in ra.
//! By hand: run it, then type this in another terminal, with the port it prints.
//!
//!     printf '\0\0\0\3abc' | nc -N 127.0.0.1 PORT | xxd

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, io, thread};

// Đọc và ghi trên `TcpStream` cần các trait của `std::io`. Cần gì thì `use` thêm ở đây.
//
// Reading and writing a `TcpStream` needs traits of `std::io`. Add here what you need.

/// The largest payload that is accepted, in bytes: 1 MiB.
const MAX_PAYLOAD: u32 = 1024 * 1024;

/// Serves one client until its stream ends. An error ends this connection and no other.
fn handle_client(peer: &TcpStream) -> io::Result<()> {
    // Một khung (frame) là độ dài N (4 byte, big-endian), rồi đúng N byte nội dung. N không tính 4 byte của
    // chính nó. Nội dung là byte bất kỳ; N = 0 là khung hợp lệ, nội dung rỗng.
    //
    // - Trả lời mỗi khung trọn vẹn bằng một khung cùng độ dài, nội dung đảo ngược: byte cuối đi trước. Đúng
    //   thứ tự, và ngay khi khung đã đủ: client có thể chờ trả lời rồi mới gửi tiếp.
    // - Mạng cắt luồng byte ở đâu cũng được: một lần đọc có thể mang về nửa khung, hay mười khung.
    // - N lớn hơn MAX_PAYLOAD: trả lời các khung đứng trước, không trả lời khung này, không chờ nội dung,
    //   đóng kết nối này và chỉ kết nối này. N đúng bằng MAX_PAYLOAD thì vẫn nhận.
    // - Hết luồng dữ liệu (EOF): client chỉ mới đóng chiều gửi. Trả lời nốt các khung trọn vẹn rồi đóng.
    //   Khung bị EOF cắt dở thì không trả lời.
    // - Không panic, dù client gửi gì.
    //
    // A frame is a length N (4 bytes, big-endian), then exactly N bytes of payload. N does not count its own
    // 4 bytes. The payload may be any bytes; N = 0 is a frame too, with an empty payload.
    //
    // - Answer each whole frame with a frame of the same length, its payload reversed: the last byte goes
    //   first. In order, and as soon as the frame is whole: the client may wait for the answer before it
    //   sends more.
    // - The network may split the stream anywhere: one read may bring half a frame, or ten.
    // - N above MAX_PAYLOAD: answer the frames before it, not this one, do not wait for its payload, close
    //   this connection and no other. N equal to MAX_PAYLOAD is still accepted.
    // - End of the stream (EOF): the client has only closed its sending half. Answer what came whole, then
    //   close. A frame that EOF cuts short gets no answer.
    // - Never panic, whatever a client sends.
    todo!("answer each frame with its payload reversed")
}

/// How long to wait after a failed `accept`: the kernel has no descriptor or thread to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: length-prefix [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: length-prefix [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => accept_loop(&listener),
        Err(error) => {
            eprintln!("length-prefix: không lắng nghe được tại · cannot listen at {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Asks the kernel for a socket that accepts connections, and prints its address.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    println!("LISTENING {}", listener.local_addr()?);
    Ok(listener)
}

/// Accepts clients forever; each gets a thread of its own.
fn accept_loop(listener: &TcpListener) -> ! {
    loop {
        let spawned = listener.accept().and_then(|(peer, address)| {
            thread::Builder::new().spawn(move || {
                if let Err(error) = handle_client(&peer) {
                    eprintln!("length-prefix: {address}: {error}"); // and here the connection is closed
                }
            })
        });
        if let Err(error) = spawned {
            eprintln!("length-prefix: {error}");
            thread::sleep(ACCEPT_RETRY_DELAY);
        }
    }
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
