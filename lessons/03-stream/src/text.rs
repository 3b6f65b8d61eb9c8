//! Every sentence of lesson 03, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Socket luồng", en: "Stream socket" };

texts! {
    a_listener_waits() {
        vi: "Server xin kernel một socket rồi lắng nghe. Cổng do kernel chọn.",
        en: "The server asks the kernel for a socket and listens. The kernel picks the port.",
    }
    a_client_calls() {
        vi: "Client gọi tới. Kernel tự bắt tay ba bước; chương trình chỉ thấy connect() trả về. Server chưa gọi accept(), vậy mà kết nối đã có.",
        en: "The client calls. The kernel shakes hands by itself; the program only sees connect() return. The server has not called accept(), and yet the connection is there.",
    }
    waiting_in_the_backlog(count) {
        vi: "hàng đợi (backlog): {count} kết nối chờ accept()",
        en: "backlog: {count} connection waits for accept()",
    }
    the_server_accepts() {
        vi: "Server gọi accept() và nhận một socket mới, dành riêng cho client này. Socket cũ vẫn lắng nghe.",
        en: "The server calls accept() and gets a new socket, for this client alone. The old one listens on.",
    }
    an_echo(count) {
        vi: "Client gửi {count} byte. Server trả lại y nguyên.",
        en: "The client sends {count} bytes. The server sends them back.",
    }
    both_at_once() {
        vi: "Cả hai cùng nói một lúc: mỗi bên ghi xong rồi mới đọc. Một kết nối là hai luồng byte ngược chiều, không ai phải chờ tới lượt.",
        en: "Both talk at once: each side writes before it reads. One connection is two streams of bytes, one each way; nobody waits for a turn.",
    }
    a_half_close() {
        vi: "Client nói xong và đóng chiều gửi của mình (half-close). Server đọc được 0 byte: hết luồng dữ liệu, không phải một tin rỗng.",
        en: "The client has said everything and closes its sending half. The server reads 0 bytes: the end of the stream, not an empty message.",
    }
    the_answer_still_comes() {
        vi: "Chiều kia vẫn mở: server gửi lời cuối rồi mới đóng. Client nhận đủ. Bên đóng trước ở lại TIME-WAIT một lúc, phòng gói tin đến muộn.",
        en: "The other half is still open: the server sends its last words, then closes. The client gets them all. The side that closed first stays in TIME-WAIT for a while, in case a packet comes late.",
    }
    a_reset() {
        vi: "Kết nối thứ hai. Client gửi 8 byte, server đóng mà không đọc. Kernel không gửi FIN mà gửi RST: dữ liệu đã bị vứt đi. Với chương trình đó là lỗi, không phải hết luồng.",
        en: "A second connection. The client sends 8 bytes, the server closes without reading them. The kernel sends no FIN but a RST: data was thrown away. To the program that is an error, not an end.",
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
