//! Bài 04 · `line-store [ĐỊA_CHỈ]`: server giữ giá trị theo khóa cho mọi client, mỗi dòng một lệnh.
//! Exercise 04 · `line-store [ADDRESS]`: a server that keeps values under keys for all clients, line by line.
//!
//! Bạn viết 1 hàm, khoảng 45 dòng; bắt đầu từ `fn handle_client`.
//! You write 1 function, about 45 lines; start at `fn handle_client`.
//!
//!     cargo run -p ex04 --bin ex04-line-store      chạy · run it
//!     cargo course check 04 line-store             chấm · check it
//!     cargo course book 04                         đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc 127.0.0.1 PORT` với cổng mà nó in ra. Gõ từng dòng:
//! SET city Huế, GET city, DEL city.
//! By hand: run it, then in another terminal `nc 127.0.0.1 PORT`, with the port it prints. Type line by line:
//! SET city Huế, GET city, DEL city.

use std::collections::HashMap;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, io, thread};

// Đọc và ghi trên `TcpStream` cần các trait của `std::io`. Cần gì thì `use` thêm ở đây.
//
// Reading and writing a `TcpStream` needs traits of `std::io`. Add here what you need.

/// The longest line that is accepted, in bytes, its CRLF or LF not counted.
const MAX_LINE: usize = 1024;

/// The keys and values that all clients share. Both are bytes, and need not be UTF-8.
type Store = Mutex<HashMap<Vec<u8>, Vec<u8>>>;

/// Serves one client until its stream ends. An error ends this connection and no other.
fn handle_client(peer: &TcpStream, store: &Store) -> io::Result<()> {
    // Mỗi yêu cầu là một dòng, kết thúc bằng LF hoặc CRLF. Trả lời mỗi dòng bằng đúng một dòng, kết thúc
    // bằng LF. Đúng thứ tự, và ngay khi dòng đã đủ: client có thể chờ trả lời rồi mới gửi tiếp, cũng có thể
    // gửi nhiều dòng trong một lần ghi.
    //
    //   SET <khóa> <giá trị>   OK
    //   GET <khóa>             VALUE <giá trị>, hoặc NOT FOUND
    //   DEL <khóa>             OK, hoặc NOT FOUND khi không có gì để xóa
    //
    // - Lệnh viết hoa, các phần cách nhau đúng một dấu cách. Khóa có ít nhất một byte, không chứa dấu cách.
    // - Giá trị là phần còn lại của dòng, byte nào cũng được: dấu cách ở bất cứ đâu, có thể rỗng, không cần
    //   là UTF-8. GET trả lại y nguyên. Chỉ CR đứng ngay trước LF mới thuộc về dấu hết dòng.
    // - Lệnh lạ, dòng rỗng:  ERROR unknown command
    // - Lệnh quen mà thiếu phần, thừa phần hay khóa rỗng:  ERROR usage: SET key value
    //   (hoặc ERROR usage: GET key, ERROR usage: DEL key)
    // - Dòng dài hơn MAX_LINE byte, không kể LF hay CRLF:  ERROR line too long
    //   Trả lời một lần, ngay khi biết là quá dài, đừng chờ hết dòng. Bỏ phần còn lại của dòng đó.
    // - Trả lời lỗi rồi thì kết nối vẫn mở, dòng tiếp theo vẫn được trả lời như thường.
    // - Hết luồng dữ liệu (EOF): trả lời nốt các dòng trọn vẹn rồi đóng. Dòng cuối thiếu LF là dòng bị cắt:
    //   không thực hiện, không trả lời (`DEL an` có thể là phần đầu của `DEL anh`).
    // - Mọi client dùng chung `store`. Một client im lặng không được bắt client khác chờ.
    // - Không panic, dù client gửi gì.
    //
    // Each request is a line, ended by LF or CRLF. Answer each line with exactly one line, ended by LF. In
    // order, and as soon as the line is whole: the client may wait for the answer before it sends more; it
    // may also send many lines in one write.
    //
    //   SET <key> <value>   OK
    //   GET <key>           VALUE <value>, or NOT FOUND
    //   DEL <key>           OK, or NOT FOUND when there was nothing to delete
    //
    // - Commands are in capitals, the parts exactly one space apart. A key has at least one byte and no space.
    // - The value is the rest of the line, whatever its bytes: it may have spaces anywhere, it may be empty,
    //   it need not be UTF-8. GET gives it back as it came. Only a CR right before the LF belongs to the
    //   newline.
    // - An unknown command, an empty line:  ERROR unknown command
    // - A known command with a part missing, a part too many or an empty key:  ERROR usage: SET key value
    //   (or ERROR usage: GET key, ERROR usage: DEL key)
    // - A line of more than MAX_LINE bytes, not counting LF or CRLF:  ERROR line too long
    //   Answer once, as soon as you know it is too long; do not wait for its end. Drop the rest of it.
    // - After any error the connection stays open, and the next line is answered as usual.
    // - End of the stream (EOF): answer the lines that came whole, then close. A last line without LF was
    //   cut off: do not execute it, do not answer (`DEL an` may be the beginning of `DEL ann`).
    // - All clients share `store`. A silent client must not make another one wait.
    // - Never panic, whatever a client sends.
    todo!("answer each line with one line")
}

/// How long to wait after a failed `accept`: the kernel has no descriptor or thread to give.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    let Some(address) = parse_arguments() else {
        eprintln!("Cách dùng: line-store [ĐỊA_CHỈ]     ví dụ: 127.0.0.1:0 hay [::1]:0 (0: kernel chọn cổng)");
        eprintln!("Usage: line-store [ADDRESS]     for example 127.0.0.1:0 or [::1]:0 (0: the kernel picks one)");
        return ExitCode::from(2);
    };
    match listen(address) {
        Ok(listener) => accept_loop(&listener, &Arc::default()),
        Err(error) => {
            eprintln!("line-store: không lắng nghe được tại · cannot listen at {address}: {error}");
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
fn accept_loop(listener: &TcpListener, store: &Arc<Store>) -> ! {
    loop {
        let spawned = listener.accept().and_then(|(peer, address)| {
            let store = Arc::clone(store);
            thread::Builder::new().spawn(move || {
                if let Err(error) = handle_client(&peer, &store) {
                    eprintln!("line-store: {address}: {error}");
                }
            })
        });
        if let Err(error) = spawned {
            eprintln!("line-store: {error}");
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
