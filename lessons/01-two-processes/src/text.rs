//! Every sentence of lesson 01, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "Hai tiến trình", en: "Two processes" };

texts! {
    a_process_listens() {
        vi: "Một chương trình đang chạy là một tiến trình (process); kernel gọi nó bằng một con số, pid. Tiến trình này xin kernel một socket rồi lắng nghe: chương trình nào biết địa chỉ thì kết nối được tới nó.",
        en: "A program that is running is a process; the kernel knows it by a number, its pid. This one asks the kernel for a socket and listens: any program that knows the address can connect.",
    }
    a_second_process() {
        vi: "Nó chạy chính chương trình này thêm một lần. Vậy là có tiến trình thứ hai, pid riêng, bộ nhớ riêng, và chỉ biết đúng một điều: địa chỉ cần kết nối tới.",
        en: "It starts the same program a second time. Now there is another process, with a pid and a memory of its own, and it knows one thing: the address to connect to.",
    }
    runs(command) { vi: "chạy: {command}", en: "runs: {command}" }
    client_connects() {
        vi: "Client kết nối, server chấp nhận (accept) kết nối. Bên này ghi gì vào socket của mình, bên kia đọc ra từ socket của mình đúng thứ ấy.",
        en: "The client connects, the server accepts the connection. What one side writes into its socket, the other side reads out of its own.",
    }
    both_ends() {
        vi: "Mỗi bên nhìn đầu kết nối của mình: cầm socket bằng con số nào (fd), với hai địa chỉ nào. Cột client do client tự kể, gửi qua chính socket này. Vẫn hai địa chỉ ấy mà đổi chỗ: một kết nối, hai đầu.",
        en: "Each side looks at its own end: the number under which it holds the socket (fd), and two addresses. The client's column is its own account, sent over the socket. The same addresses, swapped: one connection, two ends.",
    }
    own_address() { vi: "địa chỉ mình", en: "own address" }
    peer_address() { vi: "phía bên kia", en: "other end" }
    kernel_table() {
        vi: "Hỏi kernel: danh sách kết nối của nó, /proc/net/tcp, có hai dòng cho kết nối này, mỗi đầu một dòng. Số inode chỉ ra tiến trình nào giữ đầu nào.",
        en: "Now ask the kernel: its own list, /proc/net/tcp, has two lines for this connection, one for each end. The inode tells which process holds which.",
    }
    state() { vi: "trạng thái", en: "state" }
    memory_is_not_shared() {
        vi: "Hai tiến trình chạy cùng một chương trình nên bên nào cũng có biến NOTE. Một thread của server ghi 7 vào đó, cả server thấy 7. Hỏi client thì client vẫn thấy 0: bên nào giữ bộ nhớ bên ấy, chỉ có byte đi qua.",
        en: "Both run the same program, so both have the variable NOTE. A thread of the server writes 7 into it, and all of the server sees 7. The client, when asked, still sees 0: each keeps its own memory; only bytes cross.",
    }
    a_process_ends() {
        vi: "Server giết client từ bên ngoài (kill), client không kịp gửi câu nào. Kernel đóng socket thay nó; server đọc được 0 byte, vậy là biết: đầu bên kia đã đóng.",
        en: "The server stops the client from outside (kill), so that it cannot send a word. The kernel closes its socket for it; the server reads 0 bytes, and so learns that the other end is closed.",
    }
    end_of_stream() { vi: "hết luồng dữ liệu (EOF)", en: "the end of the stream (EOF)" }
    not_a_view(line) {
        vi: "client phải kể về đầu kết nối của nó, mà lại gửi {line}. Có chương trình nào khác vừa kết nối vào cổng này không? Chạy lại bài.",
        en: "the client should have described its end of the connection, but sent {line}. Has some other program connected to this port? Run the lesson again.",
    }
    try_both() {
        vi: "ở cửa sổ khác: cargo run -p lesson01 -- connect 127.0.0.1:PORT. Bấm Ctrl-C ở một bên: bên kia biết bằng cách nào?",
        en: "in another window: cargo run -p lesson01 -- connect 127.0.0.1:PORT. Press Ctrl-C in one of them: how does the other one know?",
    }
    try_ss() {
        vi: "trong lúc hai bên còn mở: danh sách của kernel, có cả pid và fd. Xem thêm: ls -l /proc/PID/fd",
        en: "while both are open: the kernel's list, with pid and fd. Then look at ls -l /proc/PID/fd",
    }
    try_nc() {
        vi: "ở cửa sổ khác: cargo run -p lesson01 -- connect 127.0.0.1:PORT. Giờ bạn là server: gõ socket? rồi Enter.",
        en: "in another window: cargo run -p lesson01 -- connect 127.0.0.1:PORT. Now you are the server: type socket? and Enter.",
    }
}

/// What to try by hand.
pub(crate) fn try_next() -> [(&'static str, String); 3] {
    [
        ("cargo run -p lesson01 -- serve", try_both()),
        ("ss -tnp 'sport = :PORT or dport = :PORT'", try_ss()),
        ("nc -lv 127.0.0.1 0", try_nc()),
    ]
}
