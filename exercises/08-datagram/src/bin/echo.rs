//! Bài 08 · `echo`: server UDP trả lại từng datagram cho người gửi nó.
//! Exercise 08 · `echo`: a UDP server that sends every datagram back to its sender.
//!
//! Bạn viết 1 hàm, khoảng 15 dòng; bắt đầu từ `fn serve`.
//! You write 1 function, about 15 lines; start at `fn serve`.
//!
//!     cargo run -p ex08 --bin ex08-echo      chạy · run it
//!     cargo course check 08 echo             chấm · check it
//!     cargo course book 08                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc -u 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in another terminal `nc -u 127.0.0.1 PORT`, with the port it prints.

use std::io;
use std::net::UdpSocket;

// Những gì bạn cần thì `use` thêm ở đây.
//
// Add here what you need.

/// Answers every datagram that comes to `socket`, forever.
fn serve(socket: &UdpSocket) -> io::Result<()> {
    // Nhận từng datagram trên `socket` và gửi trả đúng những byte đó, thành đúng một datagram, cho người đã
    // gửi nó, bằng chính socket này. Mãi mãi: UDP không có kết nối và không có EOF.
    // - Dài bao nhiêu cũng được, tới 65.507 byte. Datagram 0 byte cũng được trả lại.
    // - Không gộp hai datagram làm một, không cắt một làm hai.
    // - Nhiều người gửi xen kẽ: ai gửi thì người đó nhận lại. Đừng giữ lại gì cho từng người.
    // - Người gửi có thể đã đi mất, cổng của họ đã đóng. Lỗi khi nhận hay gửi (ECONNREFUSED chẳng hạn) chỉ
    //   nói về một datagram: báo ra stderr rồi đi tiếp, đừng thoát, đừng panic.
    // - Không có gì để nhận thì ngủ, đừng quay vòng chiếm CPU.
    //
    // Receive each datagram on `socket` and send the same bytes back, as one datagram, to its sender, with this
    // same socket. Forever: UDP has no connection and no EOF.
    // - Any length up to 65,507 bytes. A datagram of 0 bytes is sent back, too.
    // - Never join two datagrams in one, never split one in two.
    // - Many senders take turns: each gets its own back. Keep nothing for any of them.
    // - A sender may have left, and its port may be closed. An error of a receive or a send (ECONNREFUSED, for
    //   example) is about one datagram: report it on stderr and go on; no exit, no panic.
    // - While there is nothing to receive, sleep; do not spin and burn the CPU.
    todo!("send each datagram back to its sender")
}

fn main() -> io::Result<()> {
    let socket = UdpSocket::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", socket.local_addr()?);
    serve(&socket)
}
