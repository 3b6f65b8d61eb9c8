//! Bài 08 · `echo`: server UDP trả lại từng datagram cho người gửi nó.
//! Exercise 08 · `echo`: a UDP server that sends every datagram back to its sender.
//!
//!     cargo run -p ex08 --bin ex08-echo      chạy · run it
//!     cargo course check 08 echo             chấm · check it
//!     cargo course book 08                   đọc · the chapter that helps
//!
//! Tự thử: chạy server, rồi ở terminal khác gõ `nc -u 127.0.0.1 PORT` với cổng mà nó in ra.
//! By hand: run it, then in another terminal `nc -u 127.0.0.1 PORT`, with the port it prints.

use std::io;
use std::net::UdpSocket;

//~ task
//~ vi: Những gì bạn cần thì `use` thêm ở đây.
//~ en: Add here what you need.
use std::thread;
use std::time::Duration;

/// The longest datagram over IPv4, in bytes: 65,535 minus the IP header (20) and the UDP header (8).
const MAX_DATAGRAM: usize = 65_507;

/// How long to wait after an error, so that an error that stays does not burn the CPU.
const RETRY_DELAY: Duration = Duration::from_millis(1);
//~ end

/// Answers every datagram that comes to `socket`, forever.
fn serve(socket: &UdpSocket) -> io::Result<()> {
    //~ task
    //~ vi: Nhận từng datagram trên `socket` và gửi trả đúng những byte đó, thành đúng một datagram, cho người đã
    //~ vi: gửi nó, bằng chính socket này. Mãi mãi: UDP không có kết nối và không có EOF.
    //~ vi: - Dài bao nhiêu cũng được, tới 65.507 byte. Datagram 0 byte cũng được trả lại.
    //~ vi: - Không gộp hai datagram làm một, không cắt một làm hai.
    //~ vi: - Nhiều người gửi xen kẽ: ai gửi thì người đó nhận lại. Đừng giữ lại gì cho từng người.
    //~ vi: - Người gửi có thể đã đi mất, cổng của họ đã đóng. Lỗi khi nhận hay gửi (ECONNREFUSED chẳng hạn) chỉ
    //~ vi:   nói về một datagram: báo ra stderr rồi đi tiếp, đừng thoát, đừng panic.
    //~ vi: - Không có gì để nhận thì ngủ, đừng quay vòng chiếm CPU.
    //~ en: Receive each datagram on `socket` and send the same bytes back, as one datagram, to its sender, with this
    //~ en: same socket. Forever: UDP has no connection and no EOF.
    //~ en: - Any length up to 65,507 bytes. A datagram of 0 bytes is sent back, too.
    //~ en: - Never join two datagrams in one, never split one in two.
    //~ en: - Many senders take turns: each gets its own back. Keep nothing for any of them.
    //~ en: - A sender may have left, and its port may be closed. An error of a receive or a send (ECONNREFUSED, for
    //~ en:   example) is about one datagram: report it on stderr and go on; no exit, no panic.
    //~ en: - While there is nothing to receive, sleep; do not spin and burn the CPU.
    //~ stub: todo!("send each datagram back to its sender")
    let mut buffer = vec![0; MAX_DATAGRAM]; // bytes that do not fit would be thrown away
    loop {
        let echoed = socket.recv_from(&mut buffer).and_then(|(count, sender)| {
            // One send_to is one datagram: it goes as a whole or not at all, also with 0 bytes.
            socket.send_to(&buffer[..count], sender)
        });
        if let Err(error) = echoed {
            // Perhaps ECONNREFUSED: an earlier answer met a closed port. Other senders are still waiting.
            eprintln!("mất một datagram · a datagram is lost: {error}");
            thread::sleep(RETRY_DELAY);
        }
    }
    //~ end
}

fn main() -> io::Result<()> {
    let socket = UdpSocket::bind("127.0.0.1:0")?; // port 0: the kernel picks a free one
    println!("LISTENING {}", socket.local_addr()?);
    serve(&socket)
}
