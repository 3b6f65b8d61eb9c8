//! Every sentence of lesson 03, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Socket luồng", en: "Stream socket" };

texts! {
    server_listens() {
        vi: "Server xin kernel một socket rồi lắng nghe. Cổng do kernel chọn.",
        en: "The server asks the kernel for a socket and listens. The kernel picks the port.",
    }
    client_connects() {
        vi: "Client kết nối. Kernel tự bắt tay ba bước; chương trình chỉ thấy connect() trả về. Server chưa gọi accept(), vậy mà kết nối đã có.",
        en: "The client connects. The kernel does the three-way handshake by itself; the program only sees connect() return. The server has not called accept(), and yet the connection is established.",
    }
    server_accepts() {
        vi: "Server gọi accept() và nhận một socket mới, dành riêng cho client này. Socket cũ vẫn lắng nghe.",
        en: "The server calls accept() and gets a new socket, for this client alone. The old one listens on.",
    }
    echo(count) {
        vi: "Client gửi {count} byte. Server trả lại y nguyên.",
        en: "The client sends {count} bytes. The server sends them back.",
    }
    both_directions() {
        vi: "Cả hai cùng gửi một lúc: mỗi bên ghi xong rồi mới đọc. Một kết nối là hai luồng byte ngược chiều, không bên nào phải chờ tới lượt.",
        en: "Both send at once: each side writes before it reads. One connection is two streams of bytes, one each way; neither side waits for its turn.",
    }
    half_close() {
        vi: "Client đã gửi hết và đóng chiều gửi của mình (half-close). Server đọc được 0 byte: hết luồng dữ liệu (EOF), không phải một tin rỗng.",
        en: "The client has sent everything and closes its sending half. The server reads 0 bytes: the end of the stream (EOF), not an empty message.",
    }
    answer_after_half_close() {
        vi: "Chiều kia vẫn mở: server gửi lời cuối rồi mới đóng. Client nhận đủ, rồi cũng đọc được 0. Bên đóng trước ở lại TIME-WAIT một lúc, phòng gói tin đến muộn.",
        en: "The other half is still open: the server sends its last words, then closes. The client gets them all, then reads 0 too. The side that closed first stays in TIME-WAIT for a while, in case a packet comes late.",
    }
    reset(count) {
        vi: "Kết nối thứ hai. Client gửi {count} byte, server đóng mà không đọc. Kernel không gửi FIN mà gửi RST: dữ liệu đã bị vứt đi. Với chương trình đó là lỗi, không phải hết luồng.",
        en: "A second connection. The client sends {count} bytes, the server closes without reading them. The kernel sends an RST instead of a FIN: data was thrown away. To the program that is an error, not an end.",
    }
    try_serve() {
        vi: "rồi ở cửa sổ khác: nc -N 127.0.0.1 PORT, gõ vài dòng, Ctrl-D. Bỏ -N đi thì sao?",
        en: "then in another window: nc -N 127.0.0.1 PORT, type some lines, Ctrl-D. And without -N?",
    }
    try_ss() {
        vi: "trong lúc nc còn mở: thấy cả hai đầu kết nối và socket đang lắng nghe.",
        en: "while nc is open: both ends of the connection, and the socket that listens.",
    }
    try_pcap() {
        vi: "rồi: tshark -r lesson03.pcap. Tìm FIN và RST.",
        en: "then: tshark -r lesson03.pcap. Find the FINs and the RST.",
    }
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson03 -- serve", try_serve()),
        ("ss -tan 'sport = :PORT or dport = :PORT'", try_ss()),
        ("cargo run -p lesson03 -- --pcap lesson03.pcap", try_pcap()),
    ]
}
